using MusicRec.Audio.Features;
using MusicRec.Audio.Spectra;

namespace MusicRec.Genres.Embedding;

/// <summary>A song's mel spectrogram cut into windows of three seconds, side by side, as an embedding takes them.</summary>
public static class MelWindows
{
    /// <summary>Frames in a window: 2.97 s.</summary>
    public const int Frames = 128;

    /// <summary>Numbers in a window: band by band its frames.</summary>
    public const int Size = FeatureVersion.MelBands * Frames;

    /// <summary>Whole windows of so many frames; a shorter song is repeated until it fills one.</summary>
    public static int Count(int frames) => Math.Max(1, frames / Frames);

    /// <summary>Writes one window.</summary>
    /// <param name="mel">The song in dB.</param>
    /// <param name="window">Which, from 0.</param>
    /// <param name="values">Receives <see cref="Size"/> numbers.</param>
    public static void Copy(MelSpectrogram mel, int window, Span<float> values)
    {
        for (var band = 0; band < FeatureVersion.MelBands; band++)
        {
            var from = mel.Band(band);
            var to = values.Slice(band * Frames, Frames);
            if (from.Length >= Frames)
            {
                from.Slice(window * Frames, Frames).CopyTo(to);
                continue;
            }

            for (var frame = 0; frame < Frames; frame++)
            {
                to[frame] = from[frame % from.Length];
            }
        }
    }
}
