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

    /// <summary>Only songs that failed.</summary>
    Failed,
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
/// <param name="IsPaused">Whether it is running, but waits until a person lets the queue go on.</param>
public sealed record IndexRunProgress(
    Guid Id, IndexRunState State, ReindexScope Scope, int Total, int Done, int Failed,
    double? SongsPerMinute, TimeSpan? TimeLeft, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, bool IsPaused);

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
            await QueueAsync(SongsOf(context, scope), run.Id, decodeAgain: scope != ReindexScope.Stale, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            await signal.SetAsync(context, News.SongsQueued, cancellationToken);
        }

        return await DescribeAsync(context, run, cancellationToken);
    }

    /// <summary>Tries failed songs again, in the running run or as one of their own. Returns how many.</summary>
    /// <param name="song">Only this one, or null for all.</param>
    /// <param name="cancellationToken">Stops the attempt; then nothing is changed.</param>
    public async Task<int> RetryAsync(Guid? song, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.BeginExclusiveAsync(Subject, cancellationToken);
        var failed = SongsOf(context, ReindexScope.Failed).Where(row => song == null || row.Id == song);
        if (!await failed.AnyAsync(cancellationToken))
        {
            return 0;
        }

        var run = await context.IndexRuns.FirstOrDefaultAsync(row => row.State == IndexRunState.Running, cancellationToken);
        if (run is null)
        {
            run = new IndexRun(ReindexScope.Failed, time.GetUtcNow());
            context.IndexRuns.Add(run);
            await context.SaveChangesAsync(cancellationToken);
        }

        var count = await QueueAsync(failed, run.Id, decodeAgain: true, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await signal.SetAsync(context, News.SongsQueued, cancellationToken);
        return count;
    }

    /// <summary>Whether the queue is paused: songs in hand are finished, no other is begun, in a run or not.</summary>
    public async Task<bool> IsPausedAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await IsPausedAsync(context, cancellationToken);
    }

    /// <summary>Pauses the queue for all processes, until <see cref="GoOnAsync"/>; restarts change nothing about it.</summary>
    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await Setting.SetAsync(context, Setting.IndexingIsPaused, "yes", cancellationToken);
    }

    /// <summary>Lets a paused queue go on. The speed of a run is measured anew: the pause does not count. Returns false if it was not paused.</summary>
    public async Task<bool> GoOnAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.BeginExclusiveAsync(Subject, cancellationToken);
        var wasPaused = await context.Settings.Where(row => row.Key == Setting.IndexingIsPaused).ExecuteDeleteAsync(cancellationToken) > 0;
        if (wasPaused && await context.IndexRuns.FirstOrDefaultAsync(row => row.State == IndexRunState.Running, cancellationToken) is { } run)
        {
            run.Resume(await CountAsync(context, run.Id, cancellationToken), time.GetUtcNow());
            await context.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        await signal.SetAsync(context, News.SongsQueued, cancellationToken);
        return wasPaused;
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
    public async Task<IndexRunProgress?> LatestAsync(CancellationToken cancellationToken) =>
        await RecentAsync(1, cancellationToken) is [var latest] ? latest : null;

    /// <summary>The running run, if any, and the latest ones.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyList<IndexRunProgress>> RecentAsync(int count, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var runs = await context.IndexRuns.AsNoTracking()
            .OrderByDescending(row => row.State == IndexRunState.Running)
            .ThenByDescending(row => row.StartedAt)
            .Take(count)
            .ToListAsync(cancellationToken);
        var described = new List<IndexRunProgress>();
        foreach (var run in runs)
        {
            described.Add(await DescribeAsync(context, run, cancellationToken));
        }

        return described;
    }

    /// <summary>
    /// To be called at the start of a worker. A run that was under way goes on, its speed measured anew: the time the program
    /// was down does not count. Songs analysed by an older feature version are queued with it, or as a run of their own.
    /// </summary>
    internal async Task ResumeAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var run = await context.IndexRuns.FirstOrDefaultAsync(row => row.State == IndexRunState.Running, cancellationToken);
        if (run is not null)
        {
            // The run of an earlier program knows nothing of this one's features.
            await QueueAsync(context.Songs.Where(Song.IsOutdated), run.Id, decodeAgain: false, cancellationToken);
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

    private IQueryable<Song> SongsOf(CatalogContext context, ReindexScope scope)
    {
        var songs = context.Songs.Where(song => song.Status != SongStatus.Analyzing);
        var modelVersion = model.Classifier?.Model.Version;
        return scope switch
        {
            ReindexScope.Stale => songs.Where(song => song.Status != SongStatus.Indexed
                || song.FeatureVersion != FeatureVersion.Current
                || (modelVersion != null && song.ModelVersion != modelVersion)),
            ReindexScope.Failed => songs.Where(song => song.Status == SongStatus.Failed),
            _ => songs,
        };
    }

    private static Task<int> QueueAsync(IQueryable<Song> songs, Guid run, bool decodeAgain, CancellationToken cancellationToken) =>
        songs.ExecuteUpdateAsync(
            song => song
                .SetProperty(row => row.StatusBefore, row => row.Status)
                .SetProperty(row => row.Status, SongStatus.Queued)
                .SetProperty(row => row.RunId, run)
                .SetProperty(row => row.Attempts, 0)
                .SetProperty(row => row.DecodeAgain, decodeAgain),
            cancellationToken);

    private static async Task<bool> IsPausedAsync(CatalogContext context, CancellationToken cancellationToken) =>
        await Setting.FindAsync(context, Setting.IndexingIsPaused, cancellationToken) is not null;

    private async Task<IndexRunProgress> DescribeAsync(CatalogContext context, IndexRun run, CancellationToken cancellationToken) =>
        run.State == IndexRunState.Running
            ? run.Describe(await CountAsync(context, run.Id, cancellationToken), await IsPausedAsync(context, cancellationToken), time.GetUtcNow())
            : run.Describe(default, isPaused: false, time.GetUtcNow());
}
