using MusicRec.Genres.Evaluation;

namespace MusicRec.Genres.Training;

/// <summary>
/// Temperature scaling of Guo and others (2017): one number makes a model's probabilities as large as the share of songs it gets
/// right, without changing what it answers.
/// </summary>
internal static class Calibration
{
    /// <summary>Less likely than this counts as this likely, so that no logarithm is infinite.</summary>
    public const float LeastProbability = 1e-10f;

    private const double LogRange = 3;

    /// <summary>The temperature with the least mean cross-entropy.</summary>
    /// <param name="probabilities">Probabilities of songs that took no part in the training, row by row.</param>
    /// <param name="labels">The right label of each song.</param>
    /// <returns>1/20 to 20.</returns>
    public static double FitTemperature(float[] probabilities, IReadOnlyList<int> labels)
    {
        var outputs = probabilities.Length / labels.Count;
        var (low, high) = (-LogRange, LogRange);
        var ratio = (Math.Sqrt(5) - 1) / 2;

        // Golden-section search: the loss has one minimum in the inverse temperature, and so in the logarithm of the temperature.
        for (var i = 0; i < 50; i++)
        {
            var (left, right) = (high - ratio * (high - low), low + ratio * (high - low));
            (low, high) = Loss(left) < Loss(right) ? (low, right) : (left, high);
        }

        return Math.Exp((low + high) / 2);

        double Loss(double logTemperature) => LogLoss(Temper(probabilities, outputs, Math.Exp(logTemperature)), labels);
    }

    /// <summary>The probabilities at another temperature.</summary>
    public static float[] Temper(float[] probabilities, int outputs, double temperature)
    {
        var tempered = new float[probabilities.Length];
        for (var row = 0; row < tempered.Length; row += outputs)
        {
            var sum = 0f;
            for (var i = row; i < row + outputs; i++)
            {
                tempered[i] = MathF.Exp(MathF.Log(Math.Max(probabilities[i], LeastProbability)) / (float)temperature);
                sum += tempered[i];
            }

            for (var i = row; i < row + outputs; i++)
            {
                tempered[i] /= sum;
            }
        }

        return tempered;
    }

    /// <summary>Mean cross-entropy in nats.</summary>
    public static double LogLoss(float[] probabilities, IReadOnlyList<int> labels)
    {
        var outputs = probabilities.Length / labels.Count;
        return labels.Select((label, row) => -Math.Log(Math.Max(probabilities[row * outputs + label], LeastProbability))).Average();
    }

    /// <summary>
    /// Expected calibration error: the mean gap between the probability of the answer and the share that is right, over 15 bins of
    /// equal width, weighted by their songs.
    /// </summary>
    public static double Ece(float[] probabilities, IReadOnlyList<int> labels)
    {
        const int Bins = 15;
        var gaps = new double[Bins];
        var outputs = probabilities.Length / labels.Count;
        for (var row = 0; row < labels.Count; row++)
        {
            var scores = probabilities.AsSpan(row * outputs, outputs);
            var best = GenreEvaluation.Best(scores);
            gaps[Math.Min(Bins - 1, (int)(scores[best] * Bins))] += scores[best] - (best == labels[row] ? 1 : 0);
        }

        return gaps.Sum(Math.Abs) / labels.Count;
    }

    /// <summary>What the model's temperature does to songs it never saw.</summary>
    public static CalibrationEffect Measure(TrainedModel model, Batch heldOut)
    {
        var before = TrainedModel.Average(model.Members, heldOut.Rows, heldOut.Count);
        var after = Temper(before, model.Labels.Count, model.Temperature);
        var labels = heldOut.Labels.ToArray();
        return new CalibrationEffect(
            model.Temperature, heldOut.Count, Ece(before, labels), Ece(after, labels), LogLoss(before, labels), LogLoss(after, labels));
    }
}
