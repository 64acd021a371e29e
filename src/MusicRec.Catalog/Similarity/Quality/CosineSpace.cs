using MusicRec.Genres;
using MusicRec.Genres.Evaluation.Retrieval;

namespace MusicRec.Catalog.Similarity.Quality;

/// <summary>Vectors compared by the weighted sum of the cosines of their parts, scaled as the index scales.</summary>
internal sealed class CosineSpace : RetrievalSpace
{
    private readonly UnitVectors _vectors;
    private readonly double[][] _units;

    public CosineSpace(IReadOnlyList<VectorPart> parts, double[][] rows)
        : base(rows.Length)
    {
        _vectors = UnitVectors.Empty(FeatureScaler.Fit(rows.Length, row => rows[row]), parts);
        _units = Array.ConvertAll(rows, ToUnit);
    }

    protected override double[] LikenessTo(int row) => ToUnits(_units[row]);

    protected override double[] LikenessTo(double[] vector) => ToUnits(ToUnit(vector));

    private double[] ToUnits(double[] unit) => Array.ConvertAll(_units, other => UnitVectors.Cosine(unit, other));

    private double[] ToUnit(double[] vector)
    {
        var unit = new double[vector.Length];
        _vectors.ToUnit(vector, unit);
        return unit;
    }
}
