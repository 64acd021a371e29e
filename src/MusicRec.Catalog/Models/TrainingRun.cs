using System.Text.Json;
using MusicRec.Genres.Training;

namespace MusicRec.Catalog.Models;

/// <summary>State of a training run.</summary>
public enum TrainingState
{
    /// <summary>Under way.</summary>
    Running,

    /// <summary>There is a new model.</summary>
    Completed,

    /// <summary>Stopped by a person.</summary>
    Cancelled,

    /// <summary>The program ended meanwhile.</summary>
    Interrupted,

    /// <summary>No model came of it; the problem says why.</summary>
    Failed,
}

/// <summary>What an administrator sees of a training run.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Curve">Every epoch so far.</param>
/// <param name="TimeLeft">Estimate; null until known or when finished.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="FinishedAt">UTC; null while running.</param>
/// <param name="Outcome">What it yielded; null unless completed.</param>
/// <param name="Problem">Why it failed, in English; null unless it did.</param>
public sealed record TrainingProgress(
    TrainingState State, IReadOnlyList<EpochReport> Curve, TimeSpan? TimeLeft, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt,
    TrainingOutcome? Outcome, string? Problem);

/// <summary>One training of a model. The process that trains keeps the row alive.</summary>
internal sealed class TrainingRun
{
    /// <summary>A run that is silent for so long has lost its process.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private TrainingRun()
    {
    }

    public TrainingRun(DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        State = TrainingState.Running;
        StartedAt = now;
        AliveUntil = now + Lease;
    }

    public Guid Id { get; private set; }

    public TrainingState State { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    public DateTimeOffset AliveUntil { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>JSON of the epochs so far.</summary>
    public string Curve { get; private set; } = "[]";

    /// <summary>JSON of the outcome, or null.</summary>
    public string? Outcome { get; private set; }

    /// <summary>The model it made, or null.</summary>
    public string? ModelVersion { get; private set; }

    /// <summary>Ids of the songs the model was trained on, 16 bytes each.</summary>
    public byte[]? TrainedOn { get; private set; }

    public string? Problem { get; private set; }

    public void Report(IReadOnlyList<EpochReport> curve, DateTimeOffset now)
    {
        Curve = JsonSerializer.Serialize(curve);
        AliveUntil = now + Lease;
    }

    public void Complete(TrainingOutcome outcome, IEnumerable<Guid> trainedOn, DateTimeOffset now)
    {
        Outcome = JsonSerializer.Serialize(outcome);
        ModelVersion = outcome.Version;
        TrainedOn = [.. trainedOn.SelectMany(id => id.ToByteArray())];
        End(TrainingState.Completed, now);
    }

    public void End(TrainingState state, DateTimeOffset now, string? problem = null)
    {
        State = state;
        Problem = problem;
        FinishedAt = now;
    }

    /// <summary>Whether the run was under way when its process ended.</summary>
    public bool IsAbandoned(DateTimeOffset now) => State == TrainingState.Running && (AliveUntil <= now || AliveUntil > now + (2 * Lease));

    /// <summary>How many of the songs the model was trained on.</summary>
    public int CountTrainedOn(IEnumerable<Guid> songs)
    {
        var trainedOn = (TrainedOn ?? []).Chunk(16).Select(bytes => new Guid(bytes)).ToHashSet();
        return songs.Count(trainedOn.Contains);
    }

    public TrainingProgress Describe(DateTimeOffset now)
    {
        var curve = JsonSerializer.Deserialize<EpochReport[]>(Curve)!;
        var state = IsAbandoned(now) ? TrainingState.Interrupted : State;
        TimeSpan? left = state == TrainingState.Running && curve is [.., var last] && now > StartedAt
            ? (now - StartedAt) * ((double)(last.Epochs - last.Epoch) / last.Epoch)
            : null;
        var outcome = Outcome is null ? null : JsonSerializer.Deserialize<TrainingOutcome>(Outcome);
        return new TrainingProgress(state, curve, left, StartedAt, FinishedAt, outcome, Problem);
    }
}
