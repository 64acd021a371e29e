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
public sealed class IndexRuns
{
    /// <summary>Queues the songs of the scope as one run; the worker does the rest. If one is running, returns that one.</summary>
    public Task<IndexRunProgress> StartAsync(ReindexScope scope, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Cancels the running run, if any: songs not begun go back to where they stood.</summary>
    public Task<bool> CancelAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The running run, else the latest, else null.</summary>
    public Task<IndexRunProgress?> LatestAsync(CancellationToken cancellationToken) => throw new NotImplementedException();
}
