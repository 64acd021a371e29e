using MusicRec.Genres.Evaluation;

namespace MusicRec.Genres.Training;

/// <summary>What a training run yields.</summary>
/// <param name="Model">The trained model.</param>
/// <param name="Options">How it was trained.</param>
/// <param name="Split">Which rows it saw.</param>
/// <param name="History">Every epoch.</param>
/// <param name="HeldOut">Its accuracy on the rows it did not see; null without a held-out part.</param>
/// <param name="Baseline">Logistic regression on the same parts; null without a held-out part.</param>
public sealed record TrainingResult(
    TrainedModel Model,
    TrainingOptions Options,
    StratifiedSplit Split,
    IReadOnlyList<EpochReport> History,
    GenreEvaluation? HeldOut,
    GenreEvaluation? Baseline);
