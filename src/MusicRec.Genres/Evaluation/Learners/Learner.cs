using MusicRec.Genres.Training;

namespace MusicRec.Genres.Evaluation.Learners;

/// <summary>A way to learn genres from songs.</summary>
/// <param name="Name">As it stands in tables.</param>
/// <param name="Description">What it is, with every setting that matters.</param>
/// <param name="Run">Fits to the training part and answers for the test part.</param>
internal sealed record Learner(string Name, string Description, Func<LearningTask, CancellationToken, LearnerOutput> Run)
{
    private static readonly Learner Original = DenseLearner.Create("dense network", "The network of the original project", new TrainingOptions());
    private static readonly Learner Improved = DenseLearner.Create(EvaluationReport.ImprovedNetwork, "What this program trains", TrainingOptions.Improved);

    /// <summary>
    /// The learners of a report. The first, the network of the original project, is the baseline; it knew means alone, and gets
    /// no more where a table has deviations. Then the improved network is there twice, so that what deviations gain can be seen.
    /// </summary>
    public static IReadOnlyList<Learner> For(EvaluationDesign design) =>
    [
        design.HasDeviations ? Original.OnMeans(Original.Name) : Original,
        Improved,
        .. design.HasDeviations ? [Improved.OnMeans($"{Improved.Name}, means only")] : Array.Empty<Learner>(),
        MlNetLearners.LogisticRegression,
        MlNetLearners.LightGbm,
        PlainLearners.NearestNeighbours,
        PlainLearners.Majority,
    ];

    /// <summary>The same learner, from which the deviations are kept.</summary>
    private Learner OnMeans(string name) => new(name, $"{Description} It gets the means alone.", (task, cancellationToken) => Run(task.MeansOnly(), cancellationToken));
}

/// <summary>What a learner answers.</summary>
/// <param name="Probabilities">Of each genre, for each song of the test part.</param>
/// <param name="History">Every epoch of a network; empty for other learners.</param>
internal sealed record LearnerOutput(IReadOnlyList<float[]> Probabilities, IReadOnlyList<EpochReport> History)
{
    /// <summary>What networks that know their limits say beside; null for other learners.</summary>
    public Certainty? Certainty { get; init; }

    /// <summary>What was trained; null for learners that are no network of this program.</summary>
    public TrainingResult? Trained { get; init; }
}

/// <summary>How sure networks are that were calibrated on songs they left out.</summary>
/// <param name="Temperature">Found inside the training part.</param>
/// <param name="Untempered">The probabilities before the temperature, for each song of the test part.</param>
/// <param name="Doubts">Whether to doubt the answer, for each song of the test part; null when too few songs were there to tell.</param>
/// <param name="NonMusicDoubts">The same for each sound that is no music; null when it could not be asked.</param>
internal sealed record Certainty(
    double Temperature, IReadOnlyList<float[]> Untempered, IReadOnlyList<PredictionDoubt>? Doubts, IReadOnlyList<PredictionDoubt>? NonMusicDoubts);
