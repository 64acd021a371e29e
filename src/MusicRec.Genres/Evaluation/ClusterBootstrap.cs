using MathNet.Numerics.Statistics;

namespace MusicRec.Genres.Evaluation;

/// <summary>
/// 95 % intervals by drawing whole groups of songs with replacement (cluster bootstrap): songs of one artist are right or
/// wrong together, so drawing single songs would promise too much.
/// </summary>
internal static class ClusterBootstrap
{
    private const int Draws = 2000;

    /// <summary>
    /// An interval for each measure: the percentiles of the draws, less their mean distance from the measured value, which
    /// is 0 for shares but not for a calibration error (drawing songs twice always makes it look larger).
    /// </summary>
    /// <param name="clusters">The sums of each group.</param>
    /// <param name="labels">Number of genres.</param>
    /// <param name="measures">From sums to numbers; NaN where a draw has none.</param>
    /// <param name="seed">Decides the draws.</param>
    public static IReadOnlyList<Estimate> Intervals(
        IReadOnlyList<ScoreSums> clusters, int labels, IReadOnlyList<Func<ScoreSums, double>> measures, int seed)
    {
        var whole = new ScoreSums(labels);
        foreach (var cluster in clusters)
        {
            whole.Add(cluster);
        }

        var random = new Random(seed);
        var drawn = new ScoreSums(labels);
        var samples = measures.Select(_ => new List<double>(Draws)).ToArray();
        for (var draw = 0; draw < Draws; draw++)
        {
            drawn.Clear();
            for (var i = 0; i < clusters.Count; i++)
            {
                drawn.Add(clusters[random.Next(clusters.Count)]);
            }

            for (var i = 0; i < measures.Count; i++)
            {
                samples[i].Add(measures[i](drawn));
            }
        }

        return [.. measures.Select((measure, i) => Around(measure(whole), samples[i]))];
    }

    /// <summary>An interval for the mean of a number per song.</summary>
    /// <param name="clusters">The numbers of each group's songs.</param>
    /// <param name="seed">Decides the draws.</param>
    public static Estimate MeanInterval(IReadOnlyList<IReadOnlyList<double>> clusters, int seed)
    {
        var sums = clusters.Select(cluster => (Sum: cluster.Sum(), cluster.Count)).ToArray();
        var random = new Random(seed);
        var samples = new List<double>(Draws);
        for (var draw = 0; draw < Draws; draw++)
        {
            var drawn = Enumerable.Range(0, sums.Length).Select(_ => sums[random.Next(sums.Length)]).ToArray();
            samples.Add(drawn.Sum(cluster => cluster.Sum) / drawn.Sum(cluster => cluster.Count));
        }

        return Around(sums.Sum(cluster => cluster.Sum) / sums.Sum(cluster => cluster.Count), samples);
    }

    private static Estimate Around(double value, List<double> draws)
    {
        var valid = draws.Where(double.IsFinite).ToArray();
        if (valid.Length == 0 || !double.IsFinite(value))
        {
            return new Estimate(value, value, value);
        }

        var shift = valid.Mean() - value;
        return new Estimate(value, valid.Quantile(0.025) - shift, valid.Quantile(0.975) - shift);
    }
}
