namespace MusicRec.Catalog.Similarity.Lists;

/// <summary>Directions between and around songs.</summary>
internal static class SeedBlend
{
    /// <summary>How much "less like these" weighs against "more like those".</summary>
    public const double UnlikeWeight = 0.5;

    private const double LeastLength = 1e-12;

    /// <summary>The direction of the liked songs' middle, away from the middle of the others; of length 1, or 0 if they cancel out.</summary>
    /// <param name="like">Unit vectors.</param>
    /// <param name="unlike">Unit vectors.</param>
    public static double[] Of(IReadOnlyList<double[]> like, IReadOnlyList<double[]> unlike)
    {
        if (like.Count == 1 && unlike.Count == 0)
        {
            // To the last bit what the song itself is: the same list as its own.
            return like[0];
        }

        var blend = new double[like.Concat(unlike).First().Length];
        Add(blend, like, 1);
        Add(blend, unlike, -UnlikeWeight);
        return ToUnit(blend);
    }

    /// <summary>The point at a share of the arc from one unit vector to another; on the straight line where there is no arc.</summary>
    /// <param name="from">At 0.</param>
    /// <param name="to">At 1.</param>
    /// <param name="share">0 to 1.</param>
    public static double[] Between(double[] from, double[] to, double share)
    {
        var angle = Math.Acos(UnitVectors.Cosine(from, to));
        var sine = Math.Sin(angle);
        var (weightFrom, weightTo) = sine < 1e-6
            ? (1 - share, share)
            : (Math.Sin((1 - share) * angle) / sine, Math.Sin(share * angle) / sine);
        return ToUnit([.. from.Zip(to, (left, right) => (weightFrom * left) + (weightTo * right))]);
    }

    private static void Add(double[] sum, IReadOnlyList<double[]> units, double weight)
    {
        foreach (var unit in units)
        {
            for (var column = 0; column < sum.Length; column++)
            {
                sum[column] += weight / units.Count * unit[column];
            }
        }
    }

    private static double[] ToUnit(double[] vector)
    {
        var length = Math.Sqrt(vector.Sum(value => value * value));
        return length < LeastLength ? new double[vector.Length] : Array.ConvertAll(vector, value => value / length);
    }
}
