using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MusicRec.Audio.Features;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Portraits;

/// <summary>Makes a <see cref="SongPortrait"/> of what one analysis left behind: no further transform.</summary>
internal static class PortraitPainter
{
    private const int Hop = FeatureVersion.HopLength;
    private const int Classes = FeatureVersion.ChromaCount;
    private const double SecondsPerFrame = (double)Hop / FeatureVersion.SampleRate;

    /// <summary>Length of a part of the song in seconds.</summary>
    private const int PartSeconds = 3;

    /// <summary>Parts begin at frames that the coefficients can begin at.</summary>
    private const int PartGrid = 4;

    /// <summary>Less power than librosa's <c>amin</c> of 1e-10 is digital silence, in dB.</summary>
    private const float Silence = -99.9f;

    /// <summary>Paints the song that the extractor saw last.</summary>
    /// <param name="samples">The signal at 22 050 Hz.</param>
    /// <param name="spectrogram">Its power spectrogram.</param>
    /// <param name="decibels">Its mel spectrogram in dB.</param>
    /// <param name="features">What extracted its features.</param>
    public static SongPortrait Paint(ReadOnlySpan<float> samples, Spectrogram spectrogram, MelSpectrogram decibels, FeatureExtractor features)
    {
        var frames = spectrogram.FrameCount;
        var perColumn = (frames + SongPortrait.MaxColumns - 1) / SongPortrait.MaxColumns;
        var columns = (frames + perColumn - 1) / perColumn;
        var pictures = new byte[SongPortrait.PictureBytes(columns)];
        PaintWaveform(samples, features.LastRms, perColumn, pictures.AsSpan(0, columns), pictures.AsSpan(columns, columns));
        var rest = pictures.AsSpan(2 * columns);
        PaintMel(decibels, perColumn, rest[..(SongPortrait.MelBands * columns)]);
        rest = rest[(SongPortrait.MelBands * columns)..];
        PaintChroma(features.LastChroma, perColumn, rest[..(Classes * columns)]);
        PaintSpectrum(spectrogram, rest[(Classes * columns)..]);
        return new SongPortrait(
            (double)samples.Length / FeatureVersion.SampleRate, columns, pictures, PitchClasses(features.LastChroma), Parts(decibels, features, samples.Length));
    }

    private static void PaintWaveform(ReadOnlySpan<float> samples, ReadOnlySpan<double> rms, int perColumn, Span<byte> peaks, Span<byte> levels)
    {
        for (var column = 0; column < peaks.Length; column++)
        {
            var from = Math.Min(column * perColumn * Hop, samples.Length);
            var to = Math.Min(from + perColumn * Hop, samples.Length);
            peaks[column] = ToByte(Peak(samples[from..to]));
            levels[column] = ToByte(Mean(rms, column, perColumn));
        }
    }

    private static float Peak(ReadOnlySpan<float> samples)
    {
        var peaks = Vector256<float>.Zero;
        var n = 0;
        for (; n <= samples.Length - Vector256<float>.Count; n += Vector256<float>.Count)
        {
            peaks = Vector256.Max(peaks, Vector256.Abs(Vector256.Create(samples[n..])));
        }

        var peak = 0f;
        for (var lane = 0; lane < Vector256<float>.Count; lane++)
        {
            peak = Math.Max(peak, peaks[lane]);
        }

        for (; n < samples.Length; n++)
        {
            peak = Math.Max(peak, Math.Abs(samples[n]));
        }

        return peak;
    }

    private static void PaintMel(MelSpectrogram decibels, int perColumn, Span<byte> mel)
    {
        var loudest = float.NegativeInfinity;
        for (var band = 0; band < SongPortrait.MelBands; band++)
        {
            foreach (var value in decibels.Band(band))
            {
                loudest = Math.Max(loudest, value);
            }
        }

        if (loudest <= Silence)
        {
            return;
        }

        for (var band = 0; band < SongPortrait.MelBands; band++)
        {
            var levels = decibels.Band(band);
            for (var column = 0; column < mel.Length / SongPortrait.MelBands; column++)
            {
                mel[column * SongPortrait.MelBands + band] = BelowLoudest(Mean(levels, column, perColumn) - loudest);
            }
        }
    }

    private static void PaintChroma(ReadOnlySpan<double> frames, int perColumn, Span<byte> chroma)
    {
        for (var column = 0; column < chroma.Length / Classes; column++)
        {
            var first = column * perColumn;
            var last = Math.Min(first + perColumn, frames.Length / Classes);
            for (var c = 0; c < Classes; c++)
            {
                var sum = 0.0;
                for (var frame = first; frame < last; frame++)
                {
                    sum += frames[frame * Classes + c];
                }

                chroma[column * Classes + c] = ToByte(sum / (last - first));
            }
        }
    }

    private static void PaintSpectrum(Spectrogram spectrogram, Span<byte> spectrum)
    {
        Span<double> decibels = stackalloc double[SongPortrait.SpectrumBands];
        var mean = MeanPower(spectrogram);
        var strongest = double.NegativeInfinity;
        for (var point = 0; point < decibels.Length; point++)
        {
            decibels[point] = 10 * Math.Log10(Math.Max(1e-10, PowerAround(mean, point)));
            strongest = Math.Max(strongest, decibels[point]);
        }

        for (var point = 0; point < decibels.Length && strongest > Silence; point++)
        {
            spectrum[point] = BelowLoudest(decibels[point] - strongest);
        }
    }

    /// <summary>Mean power of each bin over the song.</summary>
    private static float[] MeanPower(Spectrogram spectrogram)
    {
        var sums = new Vector256<float>[FeatureVersion.BinCount];
        for (var block = 0; block < spectrogram.BlockCount; block++)
        {
            var bins = MemoryMarshal.Cast<float, Vector256<float>>(spectrogram.Block(block));
            for (var k = 0; k < sums.Length; k++)
            {
                sums[k] += bins[k];
            }
        }

        return Array.ConvertAll(sums, sum => Vector256.Sum(sum) / spectrogram.FrameCount);
    }

    /// <summary>The mean of the bins nearer to this point than to its neighbours; where bins are farther apart than points, what lies between two of them.</summary>
    private static double PowerAround(ReadOnlySpan<float> power, int point)
    {
        var from = SongPortrait.SpectrumHertz(point - 0.5) / Spectrogram.BinFrequency(1);
        var to = Math.Min(SongPortrait.SpectrumHertz(point + 0.5) / Spectrogram.BinFrequency(1), power.Length - 1);
        var (first, last) = ((int)Math.Ceiling(from), (int)Math.Floor(to));
        if (last > first)
        {
            return Statistics.Sum(power[first..(last + 1)]) / (last + 1 - first);
        }

        var at = Math.Min(SongPortrait.SpectrumHertz(point) / Spectrogram.BinFrequency(1), power.Length - 1);
        var below = Math.Min((int)at, power.Length - 2);
        return power[below] + (at - below) * (power[below + 1] - power[below]);
    }

    private static double[] PitchClasses(ReadOnlySpan<double> chroma)
    {
        var means = new double[Classes];
        for (var i = 0; i < chroma.Length; i++)
        {
            means[i % Classes] += chroma[i];
        }

        var frames = chroma.Length / Classes;
        return Array.ConvertAll(means, sum => sum / frames);
    }

    private static SongPart[] Parts(MelSpectrogram decibels, FeatureExtractor features, int samples)
    {
        var count = Math.Max(1, samples / (PartSeconds * FeatureVersion.SampleRate));
        var parts = new SongPart[count];
        for (var i = 0; i < count; i++)
        {
            var first = FirstFrame(i);
            var end = i == count - 1 ? decibels.FrameCount : FirstFrame(i + 1);
            var seconds = i == count - 1 ? (double)samples / FeatureVersion.SampleRate : end * SecondsPerFrame;
            parts[i] = new SongPart(first * SecondsPerFrame, seconds, features.Describe(decibels, first, end - first));
        }

        return parts;
    }

    private static int FirstFrame(int part) => (int)Math.Round(part * PartSeconds / SecondsPerFrame / PartGrid) * PartGrid;

    private static double Mean(ReadOnlySpan<double> frames, int column, int perColumn)
    {
        var sum = 0.0;
        var some = frames[(column * perColumn)..Math.Min((column + 1) * perColumn, frames.Length)];
        foreach (var value in some)
        {
            sum += value;
        }

        return sum / some.Length;
    }

    private static double Mean(ReadOnlySpan<float> frames, int column, int perColumn)
    {
        var sum = 0f;
        var some = frames[(column * perColumn)..Math.Min((column + 1) * perColumn, frames.Length)];
        foreach (var value in some)
        {
            sum += value;
        }

        return sum / some.Length;
    }

    /// <summary>0 to 1 as 0 to 255; more is 255.</summary>
    private static byte ToByte(double share) => (byte)Math.Round(255 * Math.Clamp(share, 0, 1));

    private static byte BelowLoudest(double decibels) => ToByte(1 + decibels / SongPortrait.DynamicRange);
}
