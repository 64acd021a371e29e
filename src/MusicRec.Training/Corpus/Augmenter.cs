using MusicRec.Audio.Features;
using MusicRec.Genres.Embedding;

namespace MusicRec.Training.Corpus;

/// <summary>
/// Windows of a segment as other people may hear them: another equaliser, noise, a narrower band, a little faster or higher. All is
/// done on the log-mel spectrogram, where it costs little; codecs alone need the waveform, and were at work when the corpus was made.
/// Loudness needs nothing: the network takes the mean of a window away.
/// </summary>
internal sealed class Augmenter
{
    private const int Bands = FeatureVersion.MelBands;
    private const int Frames = MelWindows.Frames;

    /// <summary>Frames by which a window may lie beside the place the teachers heard: half a second.</summary>
    private const int MostShift = 24;

    private const double MostStretch = 0.06;
    private const double MostPitch = 0.04;
    private const double MostTilt = 6;
    private const float DynamicRange = 80;

    /// <summary>Decibels that noise lies at least, at most, and where a window is there without it as well at most below the window.</summary>
    private const double LeastNoise = 3;
    private const double MostNoise = 30;
    private const double MostHeardNoise = 20;

    /// <summary>Writes one window in dB, changed by chance, every second time with noise.</summary>
    /// <param name="segment">Where it is from.</param>
    /// <param name="window">Which of its ten.</param>
    /// <param name="random">Decides all.</param>
    /// <param name="decibels">Receives bands x frames.</param>
    public static void Make(Segment segment, int window, Random random, Span<float> decibels)
    {
        Change(segment, window, random, decibels);
        if (random.NextDouble() < 0.5)
        {
            MelNoise.Add(random, LeastNoise, MostNoise, decibels);
        }

        Finish(random, decibels);
    }

    /// <summary>Writes one window twice, changed in the same way, but for noise that the second has.</summary>
    /// <param name="segment">Where it is from.</param>
    /// <param name="window">Which of its ten.</param>
    /// <param name="random">Decides all.</param>
    /// <param name="quiet">Receives bands x frames.</param>
    /// <param name="noisy">Receives bands x frames.</param>
    public static void MakeBoth(Segment segment, int window, Random random, Span<float> quiet, Span<float> noisy)
    {
        Change(segment, window, random, quiet);
        quiet.CopyTo(noisy);
        MelNoise.Add(random, LeastNoise, MostHeardNoise, noisy);
        var mask = random.Next();
        Finish(new Random(mask), quiet);
        Finish(new Random(mask), noisy);
    }

    /// <summary>The window as it is.</summary>
    public static void Copy(byte[] source, int window, Span<float> decibels)
    {
        for (var i = 0; i < MelWindows.Size; i++)
        {
            decibels[i] = (source[i / Frames * Segment.Frames + window * Frames + i % Frames] - 255) * Segment.Step;
        }
    }

    /// <summary>All but noise.</summary>
    private static void Change(Segment segment, int window, Random random, Span<float> decibels)
    {
        var source = random.NextDouble() < 0.5 ? segment.Clean : segment.Lossy;
        Cut(source, window, random, decibels);
        if (random.NextDouble() < 0.7)
        {
            Equalize(random, decibels);
        }

        if (random.NextDouble() < 0.3)
        {
            Narrow(random, decibels);
        }
    }

    private static void Finish(Random random, Span<float> decibels)
    {
        RaiseToFloor(decibels);
        if (random.NextDouble() < 0.3)
        {
            Mask(random, decibels);
        }
    }

    /// <summary>From a place nearby, at another tempo and pitch: a tape's speed changes both alike, software one of them.</summary>
    private static void Cut(byte[] source, int window, Random random, Span<float> decibels)
    {
        var kind = random.Next(4);
        var tempo = kind is 1 or 3 ? 1 + MostStretch * (2 * random.NextDouble() - 1) : 1;
        var pitch = kind == 3 ? tempo : kind == 2 ? 1 + MostPitch * (2 * random.NextDouble() - 1) : 1;
        var length = Frames * tempo;
        var start = Math.Clamp(window * Frames + random.Next(-MostShift, MostShift + 1), 0, Math.Max(0, Segment.Frames - 1 - length));
        for (var band = 0; band < Bands; band++)
        {
            // What sounds in this band lay at a lower frequency before it was raised.
            var (lower, share) = BandAt(MelBand.All[band].Center / pitch);
            var upper = Math.Min(lower + 1, Bands - 1);
            for (var frame = 0; frame < Frames; frame++)
            {
                var at = start + frame * tempo;
                var before = (int)at;
                var value = Between(source, lower, before, at - before) * (1 - share) + Between(source, upper, before, at - before) * share;
                decibels[band * Frames + frame] = (float)((value - 255) * Segment.Step);
            }
        }
    }

    private static double Between(byte[] source, int band, int frame, double share)
    {
        var at = band * Segment.Frames + Math.Min(frame, Segment.Frames - 2);
        return source[at] * (1 - share) + source[at + 1] * share;
    }

    /// <summary>A tilt and two waves over the bands.</summary>
    private static void Equalize(Random random, Span<float> decibels)
    {
        var tilt = MostTilt * (2 * random.NextDouble() - 1);
        var (wave, phase, height) = (1 + 2 * random.NextDouble(), 2 * Math.PI * random.NextDouble(), 4 * random.NextDouble());
        for (var band = 0; band < Bands; band++)
        {
            var place = (double)band / (Bands - 1);
            var gain = (float)(tilt * (2 * place - 1) + height * Math.Sin(2 * Math.PI * wave * place + phase));
            foreach (ref var value in decibels.Slice(band * Frames, Frames))
            {
                value += gain;
            }
        }
    }

    /// <summary>No highs, or no lows, as a small loudspeaker or an old file has it.</summary>
    private static void Narrow(Random random, Span<float> decibels)
    {
        var (from, to) = random.NextDouble() < 0.7 ? (0, random.Next(Bands * 5 / 8, Bands)) : (random.Next(2, 12), Bands);
        for (var band = 0; band < Bands; band++)
        {
            if (band < from || band >= to)
            {
                decibels.Slice(band * Frames, Frames).Fill(-1000);
            }
        }
    }

    /// <summary>As the analysis of a song does.</summary>
    private static void RaiseToFloor(Span<float> decibels)
    {
        var floor = float.NegativeInfinity;
        foreach (var value in decibels)
        {
            floor = Math.Max(floor, value);
        }

        floor -= DynamicRange;
        foreach (ref var value in decibels)
        {
            value = Math.Max(value, floor);
        }
    }

    /// <summary>Some bands and frames in a row at the window's mean, so that nothing hangs on a few.</summary>
    private static void Mask(Random random, Span<float> decibels)
    {
        var sum = 0.0;
        foreach (var value in decibels)
        {
            sum += value;
        }

        var mean = (float)(sum / decibels.Length);
        var (band, bands) = (random.Next(Bands - 16), random.Next(17));
        decibels.Slice(band * Frames, bands * Frames).Fill(mean);
        var (frame, frames) = (random.Next(Frames - 24), random.Next(25));
        for (var row = 0; row < Bands; row++)
        {
            decibels.Slice(row * Frames + frame, frames).Fill(mean);
        }
    }

    /// <summary>The band below a frequency and how far it lies towards the next.</summary>
    private static (int Band, double Share) BandAt(double hertz)
    {
        var band = 0;
        while (band < Bands - 2 && MelBand.All[band + 1].Center <= hertz)
        {
            band++;
        }

        return (band, Math.Clamp((hertz - MelBand.All[band].Center) / (MelBand.All[band + 1].Center - MelBand.All[band].Center), 0, 1));
    }
}
