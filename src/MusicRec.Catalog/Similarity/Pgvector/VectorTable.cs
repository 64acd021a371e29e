using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MusicRec.Catalog.Database;
using MusicRec.Catalog.Indexing;

namespace MusicRec.Catalog.Similarity.Pgvector;

/// <summary>
/// Keeps pgvector's table up to the newest index version. There only if <c>Similarity:Index</c> is <c>Pgvector</c>: who gets none has the index in memory.
/// </summary>
public sealed partial class VectorTable
{
    private readonly IDbContextFactory<CatalogContext> _contexts;
    private readonly ILogger<VectorTable> _logger;

    internal VectorTable(IDbContextFactory<CatalogContext> contexts, ILogger<VectorTable> logger) => (_contexts, _logger) = (contexts, logger);

    /// <summary>The index version the table was last brought up to; null while there is none, as in a database that was just restored.</summary>
    internal static async Task<SimilarityIndex?> LoadAsync(CatalogContext context, CancellationToken cancellationToken) =>
        await VectorSql.FindStateAsync(context, cancellationToken) is { } state
        && await context.IndexVersions.AsNoTracking().SingleOrDefaultAsync(row => row.Number == state.Version, cancellationToken) is { } version
        && state.IsUpTo(version)
            ? new PgvectorIndex(version, state)
            : null;

    /// <summary>Brings the table up to the newest version; of several processes one does it, and the others do not wait.</summary>
    internal async Task KeepUpAsync(CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        if (await FindWorkAsync(context, cancellationToken) is null)
        {
            return;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await VectorSql.TryLockAsync(context, cancellationToken) || await FindWorkAsync(context, cancellationToken) is not var (state, newest, ranking))
        {
            return;
        }

        if (state is not null && state.CanFollowTo(newest, ranking))
        {
            await VectorSql.FollowAsync(context, new VectorRange(state.FeatureVersion, state.Version, newest.Number), state.Vectors, cancellationToken);
            state = state with { Version = newest.Number, BuiltAt = newest.BuiltAt };
        }
        else
        {
            LogBuilding(newest.Songs, newest.Number);
            state = TableState.Of(newest, ranking);

            // Those of a later version are what the next index will be of. Before the table is replaced: from then on lists wait for the end.
            await context.Vectors.Where(row => row.FeatureVersion < newest.FeatureVersion).ExecuteDeleteAsync(cancellationToken);
            await VectorSql.BuildAsync(context, new VectorRange(newest.FeatureVersion, 0, newest.Number), state.Vectors, cancellationToken);
            LogBuilt(newest.Songs);
        }

        await VectorSql.SaveStateAsync(context, state, cancellationToken);
        await context.AnnounceAsync(News.IndexChanged, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Null if the table is up to date. A state that is not of this database's versions counts as none.</summary>
    private static async Task<(TableState? State, IndexVersion Newest, Ranking Chosen)?> FindWorkAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        var newest = await context.IndexVersions.AsNoTracking().OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken);
        var state = await VectorSql.FindStateAsync(context, cancellationToken);
        var chosen = await RankingChoice.ReadAsync(context, cancellationToken);
        if (newest is null || (state?.IsUpTo(newest) == true && state.IsRankedBy(newest, chosen)))
        {
            return null;
        }

        var isKnown = state is not null
            && await context.IndexVersions.AsNoTracking().SingleOrDefaultAsync(row => row.Number == state.Version, cancellationToken) is { } version
            && state.IsUpTo(version);
        return (isKnown ? state : null, newest, chosen);
    }

    [LoggerMessage(LogLevel.Information, "pgvector's table is made anew for {Songs} songs of index version {Version}")]
    private partial void LogBuilding(int songs, int version);

    [LoggerMessage(LogLevel.Information, "pgvector's table is made, of {Songs} songs")]
    private partial void LogBuilt(int songs);
}
