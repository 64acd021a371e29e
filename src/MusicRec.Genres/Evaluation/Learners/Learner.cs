using MusicRec.Genres.Training;

namespace MusicRec.Genres.Evaluation.Learners;

/// <summary>A way to learn genres from songs.</summary>
/// <param name="Name">As it stands in tables.</param>
/// <param name="Description">What it is, with every setting that matters.</param>
/// <param name="Run">Fits to the training part and answers for the test part.</param>
internal sealed record Learner(string Name, string Description, Func<LearningTask, CancellationToken, LearnerOutput> Run)
{
    /// <summary>The learners of every report. The first is the baseline that the others are compared with.</summary>
    public static IReadOnlyList<Learner> All { get; } =
    [
        DenseLearner.Create("dense network", "The network of the original project", new TrainingOptions()),
        DenseLearner.Create("improved network", "What this program trains", TrainingOptions.Improved),
        MlNetLearners.LogisticRegression,
        MlNetLearners.LightGbm,
        PlainLearners.NearestNeighbours,
        PlainLearners.Majority,
    ];
}

/// <summary>What a learner answers.</summary>
/// <param name="Probabilities">Of each genre, for each song of the test part.</param>
/// <param name="History">Every epoch of a network; empty for other learners.</param>
internal sealed record LearnerOutput(IReadOnlyList<float[]> Probabilities, IReadOnlyList<EpochReport> History);
