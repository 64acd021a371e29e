using Microsoft.EntityFrameworkCore;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Database;
using MusicRec.Catalog.Models;

namespace MusicRec.Catalog.Indexing;

/// <summary>Which songs a reindex decodes again.</summary>
public enum ReindexScope
{
    /// <summary>Only songs that are not indexed, or by another feature version; others get a new prediction if the model changed, without decoding.</summary>
    Stale,

    /// <summary>Every song.</summary>
    All,
}

/// <summary>State of an index run.</summary>
public enum IndexRunState
{
    /// <summary>Under way; resumed by the next start if the process dies.</summary>
    Running,

    /// <summary>All songs done or failed and the new index live.</summary>
    Completed,

    /// <summary>Stopped by a person; what was done stays done.</summary>
    Cancelled,
}

/// <summary>What an administrator sees of a run.</summary>
/// <param name="Id">Identity of the run.</param>
/// <param name="State">Running, completed or cancelled.</param>
/// <param name="Scope">What was asked for.</param>
/// <param name="Total">Songs in the run.</param>
/// <param name="Done">Songs analysed with success.</param>
/// <param name="Failed">Songs that failed.</param>
/// <param name="SongsPerMinute">Measured speed since the run began or was resumed; null until known.</param>
/// <param name="TimeLeft">Estimate; null until known or when finished.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="FinishedAt">UTC; null while running.</param>
public sealed record IndexRunProgress(
    Guid Id, IndexRunState State, ReindexScope Scope, int Total, int Done, int Failed,
    double? SongsPerMinute, TimeSpan? TimeLeft, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt);

/// <summary>Starts, cancels and reports reindexing.</summary>
public sealed class IndexRuns(
    IDbContextFactory<CatalogContext> contexts, LiveModel model, IndexingSignal signal, TimeProvider time)
{
    /// <summary>Runs begin and end, and index versions are built, one at a time.</summary>
    internal const string Subject = "index";

    /// <summary>Queues the songs of the scope as one run; the worker does the rest. If one is running, returns that one.</summary>
    public async Task<IndexRunProgress> StartAsync(ReindexScope scope, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.BeginExclusiveAsync(Subject, cancellationToken);
        var run = await context.IndexRuns.FirstOrDefaultAsync(row => row.State == IndexRunState.Running, cancellationToken);
        if (run is null)
        {
            run = new IndexRun(scope, time.GetUtcNow());
            context.IndexRuns.Add(run);
            await context.SaveChangesAsync(cancellationToken);
            await QueueAsync(context, run, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            await signal.SetAsync(context, News.SongsQueued, cancellationToken);
        }

        return await DescribeAsync(context, run, cancellationToken);
    }

    /// <summary>Cancels the running run, if any: songs not begun go back to where they stood.</summary>
    public async Task<bool> CancelAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.BeginExclusiveAsync(Subject, cancellationToken);
        var run = await context.IndexRuns.FirstOrDefaultAsync(row => row.State == IndexRunState.Running, cancellationToken);
        if (run is null)
        {
            return false;
        }

        var counts = await CountAsync(context, run.Id, cancellationToken);
        await context.Songs
            .Where(song => song.RunId == run.Id && song.Status == SongStatus.Queued)
            .ExecuteUpdateAsync(
                song => song
                    .SetProperty(row => row.Status, row => row.StatusBefore ?? SongStatus.Queued)
                    .SetProperty(row => row.RunId, (Guid?)null)
                    .SetProperty(row => row.DecodeAgain, false),
                cancellationToken);
        run.Finish(IndexRunState.Cancelled, counts, time.GetUtcNow());
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>The running run, else the latest, else null.</summary>
    public async Task<IndexRunProgress?> LatestAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var run = await context.IndexRuns.AsNoTracking()
            .OrderByDescending(row => row.State == IndexRunState.Running)
            .ThenByDescending(row => row.StartedAt)
            .FirstOrDefaultAsync(cancellationToken);
        return run is null ? null : await DescribeAsync(context, run, cancellationToken);
    }

    /// <summary>
    /// To be called at the start of a worker. A run that was under way goes on, its speed measured anew: the time the program
    /// was down does not count. Songs analysed by an older feature version are queued as a run.
    /// </summary>
    internal async Task ResumeAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var run = await context.IndexRuns.FirstOrDefaultAsync(row => row.State == IndexRunState.Running, cancellationToken);
        if (run is not null)
        {
            run.Resume(await CountAsync(context, run.Id, cancellationToken), time.GetUtcNow());
            await context.SaveChangesAsync(cancellationToken);
        }
        else if (await context.Songs.AnyAsync(Song.IsOutdated, cancellationToken))
        {
            await StartAsync(ReindexScope.Stale, cancellationToken);
        }
    }

    internal static async Task<RunCounts> CountAsync(CatalogContext context, Guid run, CancellationToken cancellationToken)
    {
        var counts = await context.Songs
            .Where(song => song.RunId == run)
            .GroupBy(song => song.Status)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return new RunCounts(counts.Values.Sum(), counts.GetValueOrDefault(SongStatus.Indexed), counts.GetValueOrDefault(SongStatus.Failed));
    }

    private async Task QueueAsync(CatalogContext context, IndexRun run, CancellationToken cancellationToken)
    {
        var songs = context.Songs.Where(song => song.Status != SongStatus.Analyzing);
        if (run.Scope == ReindexScope.Stale)
        {
            var modelVersion = model.Classifier?.Model.Version;
            songs = songs.Where(song => song.Status != SongStatus.Indexed
                || song.FeatureVersion != FeatureVersion.Current
                || (modelVersion != null && song.ModelVersion != modelVersion));
        }

        var decodeAgain = run.Scope == ReindexScope.All;
        await songs.ExecuteUpdateAsync(
            song => song
                .SetProperty(row => row.StatusBefore, row => row.Status)
                .SetProperty(row => row.Status, SongStatus.Queued)
                .SetProperty(row => row.RunId, run.Id)
                .SetProperty(row => row.Attempts, 0)
                .SetProperty(row => row.DecodeAgain, decodeAgain),
            cancellationToken);
    }

    private async Task<IndexRunProgress> DescribeAsync(CatalogContext context, IndexRun run, CancellationToken cancellationToken)
    {
        var counts = run.State == IndexRunState.Running ? await CountAsync(context, run.Id, cancellationToken) : default;
        return run.Describe(counts, time.GetUtcNow());
    }
}
