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
    GenreEvaluation? Baseline)
{
    /// <summary>What the temperature did on the held-out rows; null without a held-out part.</summary>
    public CalibrationEffect? Calibration { get; init; }
}

/// <summary>Expected calibration error (15 bins of equal width) and log loss on songs that took no part in the training.</summary>
/// <param name="Temperature">The temperature, found inside the training part.</param>
/// <param name="Songs">How many songs were judged.</param>
/// <param name="EceBefore">Calibration error at temperature 1, 0 to 1.</param>
/// <param name="EceAfter">Calibration error at the temperature, 0 to 1.</param>
/// <param name="LogLossBefore">Mean cross-entropy at temperature 1, in nats.</param>
/// <param name="LogLossAfter">Mean cross-entropy at the temperature, in nats.</param>
public sealed record CalibrationEffect(
    double Temperature, int Songs, double EceBefore, double EceAfter, double LogLossBefore, double LogLossAfter);
