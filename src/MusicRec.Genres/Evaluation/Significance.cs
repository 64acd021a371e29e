using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace MusicRec.Genres.Evaluation;

/// <summary>The mean of a difference, its 95 % interval and the probability of one as large by chance.</summary>
/// <param name="Difference">Mean with interval.</param>
/// <param name="PValue">Two-sided.</param>
internal readonly record struct TestResult(Estimate Difference, double PValue);

/// <summary>Tests whether two learners differ, and intervals.</summary>
internal static class Significance
{
    /// <summary>
    /// The corrected resampled t-test of Nadeau and Bengio (2003) over the folds of a repeated cross-validation. Training
    /// parts overlap, so folds are not independent: the variance of their mean is taken as (1/J + test/training) times
    /// theirs instead of 1/J.
    /// </summary>
    /// <param name="values">A difference, or a measure, per fold; two or more.</param>
    /// <param name="testToTraining">Size of a test part over that of a training part.</param>
    public static TestResult CorrectedResampledT(IReadOnlyList<double> values, double testToTraining)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Count, 2);
        var mean = values.Mean();
        var error = Math.Sqrt((1.0 / values.Count + testToTraining) * values.Variance());
        var freedom = values.Count - 1;
        var reach = error == 0 ? 0 : StudentT.InvCDF(0, 1, freedom, 0.975) * error;
        var p = error == 0 ? (mean == 0 ? 1 : 0) : 2 * StudentT.CDF(0, 1, freedom, -Math.Abs(mean) / error);
        return new TestResult(new Estimate(mean, mean - reach, mean + reach), p);
    }

    /// <summary>McNemar's exact test on the songs that only one of two learners got right: a two-sided sign test.</summary>
    /// <param name="onlyFirst">Songs only the first got right.</param>
    /// <param name="onlySecond">Songs only the second got right.</param>
    /// <returns>The p-value; 1 when there is no such song.</returns>
    public static double McNemar(int onlyFirst, int onlySecond)
    {
        var discordant = onlyFirst + onlySecond;
        return discordant == 0 ? 1 : Math.Min(1, 2 * Binomial.CDF(0.5, discordant, Math.Min(onlyFirst, onlySecond)));
    }

    /// <summary>Holm's (1979) adjustment of p-values for being several: each at most its adjusted value keeps the family's error.</summary>
    public static IReadOnlyList<double> Holm(IReadOnlyList<double> pValues)
    {
        var adjusted = new double[pValues.Count];
        var largest = 0.0;
        foreach (var (index, rank) in Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i]).Select((index, rank) => (index, rank)))
        {
            largest = Math.Max(largest, Math.Min(1, (pValues.Count - rank) * pValues[index]));
            adjusted[index] = largest;
        }

        return adjusted;
    }
}
