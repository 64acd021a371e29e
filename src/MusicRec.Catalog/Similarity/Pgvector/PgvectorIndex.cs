using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Indexing;

namespace MusicRec.Catalog.Similarity.Pgvector;

/// <summary>
/// An index version whose songs stay in the database: pgvector finds candidates by vectors scaled once, and they are ranked in double
/// precision by the scaler of the version, so that what is shown is exact.
/// </summary>
/// <param name="version">The version.</param>
/// <param name="table">How the table's vectors are scaled and ranked.</param>
internal sealed class PgvectorIndex(IndexVersion version, TableState table)
    : SimilarityIndex(version.Number, version.FeatureVersion, version.Songs, version.BuiltAt)
{
    private readonly UnitVectors _exact = UnitVectors.RankedBy(table.Ranking, version.Scaler);
    private readonly UnitVectors _table = table.Vectors;

    public override Ranking Ranking => table.Ranking;

    internal override UnitVectors Vectors => _exact;

    internal override async Task<IReadOnlyList<Hit>?> NearestAsync(CatalogContext context, Guid song, int count, CancellationToken cancellationToken)
    {
        var vector = await context.Vectors.AsNoTracking().SingleOrDefaultAsync(
            row => row.SongId == song && row.FeatureVersion == FeatureVersion, cancellationToken);
        return vector is null
            ? null
            : [.. (await RankAsync(context, NumbersOf(vector.Features, FeatureVersion), count + 1, cancellationToken)).Where(hit => hit.Id != song).Take(count)];
    }

    internal override Task<IReadOnlyList<Hit>> NearestAsync(CatalogContext context, double[] numbers, int count, CancellationToken cancellationToken) =>
        RankAsync(context, numbers, count, cancellationToken);

    internal override async Task<IReadOnlyDictionary<Guid, double[]>> ReadNumbersAsync(
        CatalogContext context, IReadOnlyCollection<Guid> songs, CancellationToken cancellationToken)
    {
        var vectors = await context.Vectors.AsNoTracking()
            .Where(row => songs.Contains(row.SongId) && row.FeatureVersion == FeatureVersion)
            .ToListAsync(cancellationToken);
        return vectors.ToDictionary(row => row.SongId, row => NumbersOf(row.Features, FeatureVersion));
    }

    private async Task<IReadOnlyList<Hit>> RankAsync(CatalogContext context, double[] numbers, int count, CancellationToken cancellationToken)
    {
        if (count <= 0)
        {
            return [];
        }

        var hits = new List<Hit>();
        var asked = _exact.ToQuestion(numbers);
        var found = new double[_exact.Dimensions];
        await VectorSql.ReadCandidatesAsync(
            context,
            FeatureVersion,
            Array.ConvertAll(_table.ToQuestion(numbers), value => (float)value),
            count,
            (id, bytes) =>
            {
                // A damaged row is no hit; it is found and made again when the index is built.
                if (SongVector.TryGetCompared(bytes, out var compared) && compared.Length == SongVector.ComparedBytes(FeatureVersion))
                {
                    SongVector.Copy(compared, found);
                    _exact.ToUnit(found, found);
                    hits.Add(new Hit(id, UnitVectors.Cosine(asked, found)));
                }
            },
            cancellationToken);
        return [.. hits.OrderByDescending(hit => hit.Similarity).ThenBy(hit => hit.Id).Take(count)];
    }
}
