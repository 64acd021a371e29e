using Microsoft.EntityFrameworkCore;
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
        var latest = await context.IndexVersions.AsNoTracking().OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken);
        var ranking = await RankingChoice.ReadAsync(context, cancellationToken);
        if (latest is not null && latest.Number != _current?.Version)
        {
            _current = await LoadAsync(context, latest, ranking, cancellationToken);
        }
        else if (_current is { } current && current.Ranking != ranking)
        {
            _current = current.RankedBy(ranking, cancellationToken);
        }
    }

    private static async Task<SimilarityIndex> LoadAsync(
        CatalogContext context, IndexVersion version, Ranking ranking, CancellationToken cancellationToken)
    {
        var rows = await context.Vectors.AsNoTracking()
            .Where(row => row.FeatureVersion == version.FeatureVersion && row.SinceVersion <= version.Number)
            .OrderBy(row => row.SongId)
            .ToListAsync(cancellationToken);
        return new SimilarityIndex(version, [.. rows.Select(row => KeyValuePair.Create(row.SongId, row.Features))], ranking, cancellationToken);
    }
}
