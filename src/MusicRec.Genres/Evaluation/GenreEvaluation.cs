using MathNet.Numerics.Distributions;

namespace MusicRec.Genres.Evaluation;

/// <summary>A share with its 95 % interval.</summary>
/// <param name="Value">0 to 1.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Share(double Value, double Low, double High)
{
    /// <summary>The interval of Clopper and Pearson (1934), which never promises more than 95 % hold.</summary>
    /// <param name="hits">Successes.</param>
    /// <param name="trials">Trials, 1 or more.</param>
    public static Share Of(int hits, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        return new Share(
            (double)hits / trials,
            hits == 0 ? 0 : Beta.InvCDF(hits, trials - hits + 1, 0.025),
            hits == trials ? 1 : Beta.InvCDF(hits + 1, trials - hits, 0.975));
    }
}

/// <summary>How good predictions were on songs with known genres.</summary>
/// <param name="Labels">The genres.</param>
/// <param name="Songs">Songs evaluated.</param>
/// <param name="Accuracy">Share predicted right.</param>
/// <param name="Majority">Share right if the most frequent genre were always said.</param>
/// <param name="LogLoss">Mean cross-entropy in nats.</param>
/// <param name="Recalls">Share predicted right of each genre; NaN for a genre without songs.</param>
/// <param name="Confusion">Songs by true genre (first index) and predicted genre.</param>
public sealed record GenreEvaluation(
    IReadOnlyList<string> Labels, int Songs, Share Accuracy, double Majority, double LogLoss,
    IReadOnlyList<double> Recalls, IReadOnlyList<IReadOnlyList<int>> Confusion)
{
    /// <summary>Compares predictions with the truth.</summary>
    /// <param name="labels">The genres.</param>
    /// <param name="truth">Index of the true genre of each song; at least one.</param>
    /// <param name="probabilities">Probability of each genre for each song.</param>
    public static GenreEvaluation Of(IReadOnlyList<string> labels, IReadOnlyList<int> truth, IReadOnlyList<float[]> probabilities)
    {
        var confusion = labels.Select(_ => new int[labels.Count]).ToArray();
        var loss = 0.0;
        for (var song = 0; song < truth.Count; song++)
        {
            confusion[truth[song]][Best(probabilities[song])]++;
            loss -= Math.Log(Math.Max(probabilities[song][truth[song]], 1e-7f));
        }

        var hits = Enumerable.Range(0, labels.Count).Sum(label => confusion[label][label]);
        return new GenreEvaluation(
            labels, truth.Count, Share.Of(hits, truth.Count),
            (double)confusion.Max(row => row.Sum()) / truth.Count,
            loss / truth.Count,
            [.. confusion.Select((row, label) => (double)row[label] / row.Sum())],
            confusion);
    }

    /// <summary>Index of the largest value, the first of equals.</summary>
    public static int Best(ReadOnlySpan<float> probabilities)
    {
        var best = 0;
        for (var i = 1; i < probabilities.Length; i++)
        {
            best = probabilities[i] > probabilities[best] ? i : best;
        }

        return best;
    }
}
