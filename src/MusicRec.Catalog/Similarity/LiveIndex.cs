using Microsoft.EntityFrameworkCore;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Indexing;

namespace MusicRec.Catalog.Similarity;

/// <summary>The index that answers now; replaced whole when a newer version is complete or another ranking is chosen.</summary>
public sealed class LiveIndex(IDbContextFactory<CatalogContext> contexts)
{
    private volatile SimilarityIndex? _current;

    /// <summary>The live version, or null while none was built.</summary>
    public SimilarityIndex? Current => _current;

    /// <summary>
    /// Loads the newest version of the database, scaled as it was when it was built and ranked as the administrator chose,
    /// unless it is live already.
    /// </summary>
    internal async Task LoadLatestAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var number = await context.IndexVersions.MaxAsync(row => (int?)row.Number, cancellationToken);
        var ranking = await RankingChoice.ReadAsync(context, cancellationToken);
        if (number is not null && number != _current?.Version)
        {
            _current = await LoadAsync(context, ranking, cancellationToken);
        }
        else if (_current is { } current && current.Ranking != ranking)
        {
            _current = current.RankedBy(ranking, cancellationToken);
        }
    }

    private static async Task<SimilarityIndex> LoadAsync(CatalogContext context, Ranking ranking, CancellationToken cancellationToken)
    {
        var (version, vectors) = await ReadAsync(context, cancellationToken);
        return new SimilarityIndex(version, vectors, ranking, cancellationToken);
    }

    /// <summary>Version and vectors of one moment: another process may just publish the next one.</summary>
    private static async Task<(IndexVersion Version, KeyValuePair<Guid, FeatureVector>[] Vectors)> ReadAsync(
        CatalogContext context, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var version = await context.IndexVersions.AsNoTracking().OrderByDescending(row => row.Number).FirstAsync(cancellationToken);
        var rows = await context.Vectors.AsNoTracking()
            .Where(row => row.FeatureVersion == version.FeatureVersion && row.SinceVersion <= version.Number)
            .OrderBy(row => row.SongId)
            .ToListAsync(cancellationToken);
        return (version, [.. rows.Select(row => KeyValuePair.Create(row.SongId, row.Features))]);
    }
}
