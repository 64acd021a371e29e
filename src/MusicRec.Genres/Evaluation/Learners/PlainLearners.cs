using System.Numerics.Tensors;

namespace MusicRec.Genres.Evaluation.Learners;

/// <summary>Learners that need no library.</summary>
internal static class PlainLearners
{
    private const int Neighbours = 5;

    public static Learner NearestNeighbours { get; } = new(
        $"{Neighbours}-NN cosine",
        $"The {Neighbours} nearest songs by cosine of the standard-scaled features, one vote each; a probability is a share of votes.",
        (task, cancellationToken) =>
        {
            var training = task.ScaledTraining();
            return new LearnerOutput([.. task.ScaledTest().Select(row => Vote(row, training, task, cancellationToken))], []);
        });

    public static Learner Majority { get; } = new(
        "most frequent genre",
        "Always the most frequent genre of the training part; its probabilities are the genres' shares there.",
        (task, _) =>
        {
            var shares = new float[task.Labels.Count];
            foreach (var target in task.TrainingTargets)
            {
                shares[target] += 1f / task.TrainingTargets.Count;
            }

            return new LearnerOutput([.. task.Test.Select(_ => shares)], []);
        });

    private static float[] Vote(double[] row, double[][] training, LearningTask task, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var votes = new float[task.Labels.Count];
        var nearest = Enumerable.Range(0, training.Length).OrderByDescending(song => Cosine(row, training[song])).Take(Neighbours).ToArray();
        foreach (var song in nearest)
        {
            votes[task.TrainingTargets[song]] += 1f / nearest.Length;
        }

        return votes;
    }

    /// <summary>0 for a row of zeros, which has no direction.</summary>
    private static double Cosine(double[] a, double[] b)
    {
        var cosine = TensorPrimitives.CosineSimilarity<double>(a, b);
        return double.IsNaN(cosine) ? 0 : cosine;
    }
}
