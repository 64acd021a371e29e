using MusicRec.Catalog.Similarity;
using MusicRec.Genres;
using MusicRec.Genres.Evaluation.Retrieval;

namespace MusicRec.Catalog.Tests.Similarity.Search;

/// <summary>The slow, plain way: every row scored in double and sorted, ties by row.</summary>
internal static class PlainSearch
{
    public static List<Neighbour> Nearest(UnitVectors vectors, double[]? scales, double[] unit, int count, Predicate<int> except) =>
    [
        .. Enumerable.Range(0, vectors.Count)
            .Where(row => !except(row))
            .Select(row => (Row: row, Cosine: UnitVectors.Cosine(unit, vectors[row])))
            .Select(hit => new Neighbour(hit.Row, hit.Cosine, scales is null ? hit.Cosine : (hit.Cosine - 1) / scales[hit.Row]))
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Row)
            .Take(count),
    ];

    /// <summary>Of each row the distance to its tenth neighbour's.</summary>
    public static double[] Scales(UnitVectors vectors) =>
    [
        .. Enumerable.Range(0, vectors.Count).Select(row => Nearest(vectors, null, vectors[row], LocalScales.Neighbour, other => other == row))
            .Select(list => list.Count == 0 ? 1 : Math.Max(LocalScales.Least, Math.Sqrt(2 * (1 - list[^1].Cosine)))),
    ];

    /// <summary>A table as it is, not scaled.</summary>
    public static UnitVectors Table(double[][] rows, IReadOnlyList<VectorPart>? parts = null) =>
        new(new FeatureScaler(new double[rows[0].Length], [.. Enumerable.Repeat(1.0, rows[0].Length)]), rows.Length, (row, values) => rows[row].CopyTo(values), parts);
}
