namespace MusicRec.Genres.Evaluation;

/// <summary>Intervals of shares, from bootstrap draws of groups of songs.</summary>
internal static class ShareInterval
{
    /// <summary>
    /// When a measured share is 0 or 1 every draw is alike and the bootstrap knows no width; then the interval is that of Clopper
    /// and Pearson, counting groups, not songs.
    /// </summary>
    /// <param name="drawn">Share and interval by draws.</param>
    /// <param name="groups">Groups of songs the share is of.</param>
    public static Estimate Of(Estimate drawn, int groups)
    {
        if (drawn.Value is > 0 and < 1)
        {
            return Clamp(drawn);
        }

        var exact = Share.Of(drawn.Value > 0 ? groups : 0, groups);
        return new Estimate(drawn.Value, exact.Low, exact.High);
    }

    /// <summary>No share is below 0 or above 1.</summary>
    public static Estimate Clamp(Estimate drawn) => drawn with { Low = Math.Clamp(drawn.Low, 0, 1), High = Math.Clamp(drawn.High, 0, 1) };

    /// <summary>No two shares are further apart than 1.</summary>
    public static Estimate ClampDifference(Estimate drawn) => drawn with { Low = Math.Clamp(drawn.Low, -1, 1), High = Math.Clamp(drawn.High, -1, 1) };
}
