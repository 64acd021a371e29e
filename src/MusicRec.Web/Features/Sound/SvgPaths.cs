using System.Globalization;
using System.Text;
using MusicRec.Audio.Portraits;

namespace MusicRec.Web.Features.Sound;

/// <summary>Outlines for the SVG pictures of a page, in whole numbers, so that they stay small.</summary>
internal static class SvgPaths
{
    /// <summary>Height of a waveform above and below its middle.</summary>
    public const int Half = 100;

    /// <summary>Height of the spectrum.</summary>
    public const int SpectrumHeight = 200;

    /// <summary>A band around the middle, as wide in each column as the column is loud; the loudest peak of the song fills the picture.</summary>
    /// <param name="portrait">Whose waveform.</param>
    /// <param name="columns">Its peaks or its levels.</param>
    public static string Waveform(SongPortrait portrait, ReadOnlySpan<byte> columns)
    {
        var loudest = 1;
        foreach (var peak in portrait.Peaks)
        {
            loudest = Math.Max(loudest, peak);
        }

        // A band of one unit stays where it is silent: the middle line.
        var heights = new int[columns.Length];
        for (var i = 0; i < heights.Length; i++)
        {
            heights[i] = Math.Max(1, columns[i] * Half / loudest);
        }

        var path = new StringBuilder($"M0 {Half}");
        var y = Half;
        for (var i = 0; i < heights.Length; i++)
        {
            Line(path, i == 0 ? 0 : 1, Half - heights[i], ref y);
        }

        for (var i = heights.Length - 1; i >= 0; i--)
        {
            Line(path, i == heights.Length - 1 ? 0 : -1, Half + heights[i], ref y);
        }

        return path.Append('z').ToString();
    }

    /// <summary>The spectrum as a hill.</summary>
    public static string Spectrum(SongPortrait portrait)
    {
        var path = new StringBuilder($"M0 {SpectrumHeight}");
        var y = SpectrumHeight;
        for (var i = 0; i < portrait.Spectrum.Length; i++)
        {
            Line(path, i == 0 ? 0 : 1, SpectrumHeight - portrait.Spectrum[i] * SpectrumHeight / byte.MaxValue, ref y);
        }

        Line(path, 0, SpectrumHeight, ref y);
        return path.Append('z').ToString();
    }

    /// <summary>Points of a curve, one per value, −2 to 2 from bottom to top of a picture 60 high.</summary>
    public static string Curve(IReadOnlyList<double> values) => string.Join(' ', values.Select((value, i) =>
        string.Create(CultureInfo.InvariantCulture, $"{i * 10},{30 - 15 * Math.Clamp(value, -2, 2):0.#}")));

    private static void Line(StringBuilder path, int dx, int to, ref int y)
    {
        path.Append(CultureInfo.InvariantCulture, $"l{dx} {to - y}");
        y = to;
    }
}
