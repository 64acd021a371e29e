using MusicRec.Audio.Features;
using MusicRec.Audio.Portraits;

namespace MusicRec.Web.Features.Sound;

/// <summary>The pictures that have too many cells for a page's own markup.</summary>
internal static class SoundPictures
{
    /// <summary>
    /// From almost black over sea green to pale yellow, each step lighter than the one before, so that it reads without seeing colours, in
    /// print and on dark pages.
    /// </summary>
    private static readonly byte[] Palette = MakePalette([(14, 20, 24), (13, 62, 66), (20, 118, 108), (92, 176, 132), (190, 219, 140), (253, 246, 196)]);

    /// <summary>The mel spectrogram: time to the right, pitch upwards.</summary>
    public static byte[] Mel(SongPortrait portrait) => IndexedPng.Write(
        portrait.Columns, SongPortrait.MelBands, Palette,
        (x, y) => portrait.Mel[x * SongPortrait.MelBands + SongPortrait.MelBands - 1 - y]);

    /// <summary>The chroma: time to the right, C at the bottom and B at the top.</summary>
    public static byte[] Chroma(SongPortrait portrait) => IndexedPng.Write(
        portrait.Columns, FeatureVersion.ChromaCount, Palette,
        (x, y) => portrait.Chroma[x * FeatureVersion.ChromaCount + FeatureVersion.ChromaCount - 1 - y]);

    private static byte[] MakePalette((int Red, int Green, int Blue)[] stops)
    {
        var palette = new byte[3 * 256];
        for (var i = 0; i < 256; i++)
        {
            var at = i / 255.0 * (stops.Length - 1);
            var (low, high) = (stops[(int)at], stops[Math.Min((int)at + 1, stops.Length - 1)]);
            byte Mix(int from, int to) => (byte)Math.Round(from + (at - Math.Floor(at)) * (to - from));
            palette[3 * i] = Mix(low.Red, high.Red);
            palette[3 * i + 1] = Mix(low.Green, high.Green);
            palette[3 * i + 2] = Mix(low.Blue, high.Blue);
        }

        return palette;
    }
}
