using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using MusicRec.Genres.Training;

namespace MusicRec.Catalog.Models;

/// <summary>Starts, cancels and reports the training of models on the labelled songs of the catalog.</summary>
public sealed class TrainingRuns(IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    private const int LeastGenres = 2;
    private const string Subject = "training";

    private readonly Channel<Guid> _started = Channel.CreateUnbounded<Guid>();

    /// <summary>Runs this process has to do.</summary>
    internal ChannelReader<Guid> Started => _started.Reader;

    /// <summary>Whether so many songs suffice: two genres with <see cref="LabelCount.Least"/> songs each.</summary>
    public static bool CanTrain(IReadOnlyList<LabelCount> labels) => labels.Count(label => label.IsEnough) >= LeastGenres;

    /// <summary>Songs to train on, by genre.</summary>
    public async Task<IReadOnlyList<LabelCount>> CountLabelsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await LabelledSongs.CountAsync(context, cancellationToken);
    }

    /// <summary>Starts a run in the background of this process. False if one is under way, here or in another process, or songs are too few.</summary>
    public async Task<bool> StartAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);

        // Of two processes one starts.
        await using var transaction = await context.BeginExclusiveAsync(Subject, cancellationToken);
        var now = time.GetUtcNow();
        var running = await context.TrainingRuns.Where(run => run.State == TrainingState.Running).ToListAsync(cancellationToken);
        if (running.Any(run => !run.IsAbandoned(now)) || !CanTrain(await LabelledSongs.CountAsync(context, cancellationToken)))
        {
            return false;
        }

        running.ForEach(run => run.End(TrainingState.Interrupted, now));
        var started = new TrainingRun(now);
        context.TrainingRuns.Add(started);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        _started.Writer.TryWrite(started.Id);
        return true;
    }

    /// <summary>Stops the run that is under way, if any.</summary>
    public async Task CancelAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.BeginExclusiveAsync(Subject, cancellationToken);
        var now = time.GetUtcNow();
        await context.TrainingRuns.Where(run => run.State == TrainingState.Running).ExecuteUpdateAsync(
            run => run.SetProperty(row => row.State, TrainingState.Cancelled).SetProperty(row => row.FinishedAt, now), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The latest run, or null.</summary>
    public async Task<TrainingProgress?> LatestAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var run = await context.TrainingRuns.AsNoTracking().OrderByDescending(row => row.StartedAt).ThenByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        return run?.Describe(time.GetUtcNow());
    }

    /// <summary>How many of the songs a model was trained on here; null if it was not trained here.</summary>
    internal static async Task<int?> CountTrainedOnAsync(
        CatalogContext context, string version, IEnumerable<Guid> songs, CancellationToken cancellationToken)
    {
        var run = await context.TrainingRuns.AsNoTracking().FirstOrDefaultAsync(row => row.ModelVersion == version, cancellationToken);
        return run?.CountTrainedOn(songs);
    }

    /// <summary>Stores the epochs so far and keeps the run alive. False if it is no longer under way.</summary>
    internal Task<bool> ReportAsync(Guid id, IReadOnlyList<EpochReport> curve, CancellationToken cancellationToken) =>
        UpdateAsync(id, run => run.Report(curve, time.GetUtcNow()), cancellationToken);

    /// <summary>Changes a run that is still under way.</summary>
    internal async Task<bool> UpdateAsync(Guid id, Action<TrainingRun> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.BeginExclusiveAsync(Subject, cancellationToken);
        var run = await context.TrainingRuns.SingleOrDefaultAsync(row => row.Id == id && row.State == TrainingState.Running, cancellationToken);
        if (run is null)
        {
            return false;
        }

        change(run);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
