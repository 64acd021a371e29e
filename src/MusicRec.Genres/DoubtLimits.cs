namespace MusicRec.Genres;

/// <summary>From where on an answer is better called "not sure"; found on songs that took no part in the training.</summary>
/// <param name="LeastProbability">The top genre of a song the model knows has at least this probability, 0 to 1.</param>
/// <param name="MostDistance">A song like those of the training lies at most this far from them, 0 or more.</param>
public sealed record DoubtLimits(double LeastProbability, double MostDistance)
{
    /// <summary>Share of unseen songs that each limit may exclude: both together stay well below one in twenty.</summary>
    private const double LowConfidenceShare = 0.01;
    private const double UnlikeTrainingShare = 0.025;

    /// <summary>With fewer songs the farthest of them would be passed by more than one in twenty of those to come.</summary>
    public const int FewestSongs = 20;

    /// <summary>
    /// The limits that songs like the given ones pass, up to 3.5 % of them (split conformal prediction). With fewer than 100 songs
    /// nothing so rare can be learned: then no probability is too low, and the farthest song marks the limit, which one of
    /// n + 1 like them will pass. Null with fewer than <see cref="FewestSongs"/>.
    /// </summary>
    /// <param name="topProbabilities">The probability of the top genre of unseen songs.</param>
    /// <param name="distances">How far unseen songs lie from those of the training.</param>
    internal static DoubtLimits? Fit(IReadOnlyCollection<double> topProbabilities, IReadOnlyCollection<double> distances)
    {
        if (distances.Count < FewestSongs)
        {
            return null;
        }

        var unsure = Excluded(topProbabilities.Count, LowConfidenceShare);
        var far = Math.Max(1, Excluded(distances.Count, UnlikeTrainingShare));
        return new DoubtLimits(
            unsure == 0 ? 0 : topProbabilities.Order().ElementAt(unsure - 1),
            distances.OrderDescending().ElementAt(far - 1));
    }

    /// <summary>Why to doubt an answer; the distance counts first, because far from the training a probability means nothing.</summary>
    internal PredictionDoubt Judge(double topProbability, double distance)
    {
        if (distance > MostDistance)
        {
            return PredictionDoubt.UnlikeTraining;
        }

        return topProbability < LeastProbability ? PredictionDoubt.LowConfidence : PredictionDoubt.None;
    }

    /// <summary>The song on the limit passes: one more is excluded from the songs than are from those to come.</summary>
    private static int Excluded(int songs, double share) => (int)Math.Floor((songs + 1) * share);
}
