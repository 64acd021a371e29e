using Microsoft.EntityFrameworkCore;

namespace MusicRec.Catalog.Similarity;

/// <summary>The index that answers now; replaced whole when a newer version is complete.</summary>
public sealed class LiveIndex(IDbContextFactory<CatalogContext> contexts)
{
    private volatile SimilarityIndex? _current;

    /// <summary>The live version, or null while none was built.</summary>
    public SimilarityIndex? Current => _current;

    /// <summary>Loads the newest version of the database, scaled as it was when it was built, unless it is live already.</summary>
    internal async Task LoadLatestAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.IndexVersions.MaxAsync(row => (int?)row.Number, cancellationToken) is not { } number || number == _current?.Version)
        {
            return;
        }

        // Version and vectors of one moment: another process may just publish the next one.
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var latest = await context.IndexVersions.AsNoTracking().OrderByDescending(row => row.Number).FirstAsync(cancellationToken);

        var rows = await context.Vectors.AsNoTracking()
            .Where(row => row.FeatureVersion == latest.FeatureVersion && row.SinceVersion <= latest.Number)
            .OrderBy(row => row.SongId)
            .ToListAsync(cancellationToken);
        _current = new SimilarityIndex(latest, [.. rows.Select(row => KeyValuePair.Create(row.SongId, row.Features))]);
    }
}
