using System.Globalization;

namespace MusicRec.Genres.Evaluation.Page;

/// <summary>Numbers of a report as people read them.</summary>
public static class NumberText
{
    /// <summary>A share in per cent with one decimal.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F1} %");

    /// <summary>The interval of a share in per cent.</summary>
    public static string PercentInterval(Estimate share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share.Low:F1} to {100 * share.High:F1}");

    /// <summary>A share in per cent with its interval.</summary>
    public static string PercentWithInterval(Estimate share) => $"{Percent(share.Value)} ({PercentInterval(share)})";

    /// <summary>A difference of shares in percentage points with its interval.</summary>
    public static string Points(Estimate difference) => string.Create(
        CultureInfo.InvariantCulture, $"{100 * difference.Value:+0.0;-0.0;0.0} ({100 * difference.Low:+0.0;-0.0;0.0} to {100 * difference.High:+0.0;-0.0;0.0})");

    /// <summary>A plain number with its interval.</summary>
    public static string WithInterval(Estimate estimate) =>
        string.Create(CultureInfo.InvariantCulture, $"{estimate.Value:F3} ({estimate.Low:F3} to {estimate.High:F3})");

    /// <summary>A p-value.</summary>
    public static string PValue(double value) => value < 0.001 ? "< 0.001" : value.ToString("F3", CultureInfo.InvariantCulture);
}
