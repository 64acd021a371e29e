using MusicRec.Audio.Encoding;
using MusicRec.Audio.Features;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Tests;

/// <summary>Signals whose features are known, at 22 050 Hz unless a rate is given, and their spectra.</summary>
internal static class Signals
{
    public static float[] Sine(double hz, double seconds, int rate = FeatureVersion.SampleRate) =>
        [.. Enumerable.Range(0, (int)(seconds * rate)).Select(n => (float)(0.5 * Math.Sin(2 * Math.PI * hz * n / rate)))];

    /// <summary>Evenly distributed between -0.5 and 0.5.</summary>
    public static float[] Noise(int samples, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, samples).Select(_ => random.NextSingle() - 0.5f)];
    }

    /// <summary>Short bursts of noise at a steady tempo.</summary>
    public static float[] Clicks(double bpm, double seconds)
    {
        var samples = new float[(int)(seconds * FeatureVersion.SampleRate)];
        var click = Noise(400, seed: 1);
        for (var beat = 0; ; beat++)
        {
            var start = (int)(beat * 60 / bpm * FeatureVersion.SampleRate);
            if (start + click.Length > samples.Length)
            {
                return samples;
            }

            click.CopyTo(samples, start);
        }
    }

    /// <summary>Noise that swells, sounds and pauses: every branch of the features, exact silence included.</summary>
    public static float[] Mixed(int samples, int seed)
    {
        var noise = Noise(samples, seed);
        for (var n = 0; n < samples; n++)
        {
            var tone = 0.3 * Math.Sin(n * 0.07) + 0.2 * Math.Sin(n * 0.31 + seed);
            noise[n] = (n / 4000 % 5) switch
            {
                0 => noise[n],
                1 => (float)tone,
                2 => (float)(tone + 0.01 * noise[n]),
                3 => n / 4000 % 2 == 1 ? 0 : noise[n] * 1e-9f,
                _ => (float)(noise[n] * (n % 4000) / 4000),
            };
        }

        return noise;
    }

    public static Spectrogram Spectrogram(float[] samples)
    {
        var spectrogram = new Spectrogram();
        Transform(new Stft(), samples, spectrogram);
        return spectrogram;
    }

    /// <summary>All blocks, one after the other.</summary>
    public static void Transform(Stft stft, ReadOnlySpan<float> samples, Spectrogram spectrogram)
    {
        stft.Begin(samples, spectrogram);
        for (var block = 0; block < spectrogram.BlockCount; block++)
        {
            stft.ComputeBlock(samples, spectrogram, block);
        }
    }

    /// <summary>The mel spectrogram as power.</summary>
    public static void MelPower(Spectrogram spectrogram, MelSpectrogram mel)
    {
        mel.Resize(spectrogram.FrameCount);
        for (var block = 0; block < spectrogram.BlockCount; block++)
        {
            MelFilterBank.Apply(spectrogram, block, mel);
        }
    }

    /// <summary>The mel spectrogram in dB.</summary>
    public static MelSpectrogram Decibels(float[] samples)
    {
        var mel = new MelSpectrogram();
        MelPower(Spectrogram(samples), mel);
        mel.ToDecibels();
        return mel;
    }

    /// <summary>The tuning of a song, see <see cref="Tuning.EstimateBin"/>.</summary>
    public static int TuningBin(Tuning tuning, Spectrogram spectrogram)
    {
        tuning.Clear();
        for (var block = 0; block < spectrogram.BlockCount; block++)
        {
            tuning.AddPeaks(spectrogram.Block(block));
        }

        return tuning.EstimateBin();
    }

    /// <summary>Centroid, bandwidth and rolloff of every frame.</summary>
    public static (double[] Centroid, double[] Bandwidth, double[] Rolloff) Shape(Spectrogram spectrogram)
    {
        var centroid = new double[spectrogram.FrameCount];
        var bandwidth = new double[spectrogram.FrameCount];
        var rolloff = new double[spectrogram.FrameCount];
        for (var block = 0; block < spectrogram.BlockCount; block++)
        {
            SpectralShape.Compute(spectrogram, block, centroid, bandwidth, rolloff);
        }

        return (centroid, bandwidth, rolloff);
    }

    /// <summary>The 26 features of a signal whose mel spectrogram is at hand.</summary>
    public static FeatureVector Features(float[] samples, Spectrogram spectrogram, MelSpectrogram decibels)
    {
        var extractor = new FeatureExtractor();
        extractor.Begin(spectrogram.FrameCount);
        for (var block = 0; block < spectrogram.BlockCount; block++)
        {
            extractor.Add(spectrogram, block);
        }

        return extractor.Finish(samples, spectrogram, decibels);
    }

    public static SongAnalysis Analyze(float[] samples, int rate = FeatureVersion.SampleRate)
    {
        using var wav = new MemoryStream();
        WavWriter.Write(wav, samples, 1, rate);
        wav.Position = 0;
        return SongAnalyzer.Analyze(wav);
    }
}
