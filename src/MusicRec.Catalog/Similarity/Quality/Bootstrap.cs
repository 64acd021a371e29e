using MusicRec.Genres.Evaluation;

namespace MusicRec.Catalog.Similarity.Quality;

/// <summary>95 % intervals by the percentile bootstrap over songs; the same numbers give the same interval.</summary>
internal static class Bootstrap
{
    private const int Resamples = 1000;
    private const int Seed = 20120;

    /// <summary>A statistic of one number per song, with its interval; null without a song.</summary>
    public static Estimate? Estimate(double[] values, Func<double[], double> statistic)
    {
        if (values.Length == 0)
        {
            return null;
        }

        var random = new Random(Seed);
        var resample = new double[values.Length];
        var found = new double[Resamples];
        for (var i = 0; i < found.Length; i++)
        {
            for (var song = 0; song < resample.Length; song++)
            {
                resample[song] = values[random.Next(values.Length)];
            }

            found[i] = statistic(resample);
        }

        Array.Sort(found);
        return new Estimate(statistic(values), Percentile(found, 0.025), Percentile(found, 0.975));
    }

    /// <summary>Interpolated between the two nearest of ascending values.</summary>
    public static double Percentile(double[] ascending, double share)
    {
        var place = share * (ascending.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, ascending.Length - 1);
        return ascending[below] + ((place - below) * (ascending[above] - ascending[below]));
    }
}
