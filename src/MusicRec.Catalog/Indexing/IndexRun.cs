namespace MusicRec.Catalog.Indexing;

/// <summary>One reindexing of the catalog. While it runs its counts are those of the songs that carry its id.</summary>
internal sealed class IndexRun
{
    private IndexRun()
    {
    }

    public IndexRun(ReindexScope scope, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        Scope = scope;
        State = IndexRunState.Running;
        StartedAt = now;
        ResumedAt = now;
    }

    public Guid Id { get; private set; }

    public ReindexScope Scope { get; private set; }

    public IndexRunState State { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>When this or an earlier process took the run up last: speed is measured from here.</summary>
    public DateTimeOffset ResumedAt { get; private set; }

    /// <summary>Songs done or failed at <see cref="ResumedAt"/>.</summary>
    public int DoneAtResume { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>Final counts; 0 while the run is under way.</summary>
    public int Done { get; private set; }

    /// <inheritdoc cref="Done"/>
    public int Failed { get; private set; }

    /// <inheritdoc cref="Done"/>
    public int Total { get; private set; }

    public void Resume(RunCounts counts, DateTimeOffset now)
    {
        ResumedAt = now;
        DoneAtResume = counts.Finished;
    }

    public void Finish(IndexRunState state, RunCounts counts, DateTimeOffset now)
    {
        State = state;
        Done = counts.Done;
        Failed = counts.Failed;
        Total = counts.Total;

        // The clock may have been set back meanwhile.
        FinishedAt = now < StartedAt ? StartedAt : now;
    }

    /// <summary>What a person sees of the run.</summary>
    /// <param name="counts">Counts of the songs, if the run is under way.</param>
    /// <param name="isPaused">Whether the queue is paused.</param>
    /// <param name="now">The time, UTC.</param>
    public IndexRunProgress Describe(RunCounts counts, bool isPaused, DateTimeOffset now)
    {
        if (State != IndexRunState.Running)
        {
            return new IndexRunProgress(Id, State, Scope, Total, Done, Failed, null, null, StartedAt, FinishedAt, false);
        }

        var minutes = (now - ResumedAt).TotalMinutes;
        var speed = !isPaused && counts.Finished > DoneAtResume && minutes > 0 ? (counts.Finished - DoneAtResume) / minutes : (double?)null;
        var left = speed is null ? (TimeSpan?)null : TimeSpan.FromMinutes((counts.Total - counts.Finished) / speed.Value);
        return new IndexRunProgress(Id, State, Scope, counts.Total, counts.Done, counts.Failed, speed, left, StartedAt, null, isPaused);
    }
}

/// <summary>Songs of a run by what became of them.</summary>
/// <param name="Total">All songs of the run that still exist.</param>
/// <param name="Done">Indexed.</param>
/// <param name="Failed">Failed.</param>
internal readonly record struct RunCounts(int Total, int Done, int Failed)
{
    public int Finished => Done + Failed;
}
