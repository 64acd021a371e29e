using System.Numerics.Tensors;
using MusicRec.Audio;
using MusicRec.Audio.Features;
using MusicRec.Audio.Spectra;
using MusicRec.Genres.Embedding;

namespace MusicRec.Training.Corpus;

/// <summary>Noise for windows that are there as mel spectrograms: power is added to power, and varies as that of real noise does.</summary>
internal static class MelNoise
{
    private const int Bands = FeatureVersion.MelBands;
    private const int Frames = MelWindows.Frames;
    private const int Seconds = 60;

    /// <summary>From white to that of an old tape: power falls with up to this power of the frequency.</summary>
    private const double MostFall = 1.5;

    /// <summary>Hz below which noise falls no more.</summary>
    private const double LowestFall = 100;

    private static readonly float NepersPerDecibel = (float)(Math.Log(10) / 10);

    /// <summary>A minute of white noise, power in each band and frame, its mean 1.</summary>
    private static readonly float[][] Minute = MakeMinute();

    /// <summary>Adds noise of a random colour, every second time white.</summary>
    /// <param name="random">Decides all.</param>
    /// <param name="least">Decibels that it lies at least below the window's power.</param>
    /// <param name="most">Decibels that it lies at most below.</param>
    /// <param name="decibels">Bands x frames.</param>
    public static void Add(Random random, double least, double most, Span<float> decibels)
    {
        var fall = random.NextDouble() < 0.5 ? 0 : MostFall * random.NextDouble();
        var below = least + (most - least) * random.NextDouble();
        var start = random.Next(Minute[0].Length - Frames + 1);

        TensorPrimitives.Multiply(decibels, NepersPerDecibel, decibels);
        TensorPrimitives.Exp(decibels, decibels);
        var (power, noise, gains) = (0.0, 0.0, new double[Bands]);
        for (var band = 0; band < Bands; band++)
        {
            gains[band] = Math.Pow(Math.Max(MelBand.All[band].Center, LowestFall) / LowestFall, -fall);
            power += TensorPrimitives.Sum<float>(decibels.Slice(band * Frames, Frames)) * MelBand.All[band].Width;
            noise += gains[band] * Frames * MelBand.All[band].Width;
        }

        var level = power / noise * Math.Pow(10, -below / 10);
        for (var band = 0; band < Bands; band++)
        {
            var row = decibels.Slice(band * Frames, Frames);
            TensorPrimitives.MultiplyAdd(Minute[band].AsSpan(start, Frames), (float)(level * gains[band]), row, row);
        }

        TensorPrimitives.Log(decibels, decibels);
        TensorPrimitives.Divide(decibels, NepersPerDecibel, decibels);
    }

    private static float[][] MakeMinute()
    {
        var random = new Random(1);
        var samples = new float[Seconds * FeatureVersion.SampleRate];
        foreach (ref var sample in samples.AsSpan())
        {
            sample = 2 * random.NextSingle() - 1;
        }

        var mel = new SampleAnalyzer().Mel(samples);
        var rows = Enumerable.Range(0, Bands).Select(band => Array.ConvertAll(mel.Band(band).ToArray(), value => MathF.Exp(value * NepersPerDecibel))).ToArray();
        var mean = rows.Average(row => row.Average());
        return [.. rows.Select(row => Array.ConvertAll(row, value => value / mean))];
    }
}

/// <summary>Where a mel band lies.</summary>
/// <param name="Center">In Hz.</param>
/// <param name="Width">
/// In Hz, by which a power that is the same in every band has to be weighted: the bands are scaled to equal area. Told from the highest bin, so a little too much where a band is as narrow as few bins.
/// </param>
internal readonly record struct MelBand(double Center, double Width)
{
    /// <summary>The bands of the analysis.</summary>
    public static readonly MelBand[] All = [.. Enumerable.Range(0, FeatureVersion.MelBands).Select(Of)];

    private static MelBand Of(int band)
    {
        var (weight, center) = (0.0, 0.0);
        for (var bin = 0; bin < FeatureVersion.BinCount; bin++)
        {
            var share = MelFilterBank.Weight(band, bin);
            weight += share;
            center += share * Spectrogram.BinFrequency(bin);
        }

        // Slaney's triangles have the height 2 / width.
        var height = Enumerable.Range(0, FeatureVersion.BinCount).Max(bin => MelFilterBank.Weight(band, bin));
        return new MelBand(center / weight, 1 / height);
    }
}
