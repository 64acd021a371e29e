using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Features;

/// <summary>
/// One tempo for the song in beats per minute (librosa <c>feature.tempo</c> with default arguments): autocorrelation of
/// the onset strength in windows of 8 s, averaged, with a preference for tempi around 120. The grid is coarse there:
/// 123.05, 117.45, 112.35.
/// </summary>
internal sealed class Tempo
{
    /// <summary>8 s in frames.</summary>
    private const int Window = 8 * FeatureVersion.SampleRate / FeatureVersion.HopLength;

    /// <summary>Frames before the first onset value: 1 for the difference, 2 because frames are centred.</summary>
    private const int OnsetDelay = 3;

    private const double ExpectedBpm = 120;
    private const double HighestBpm = 320;
    private const int Lanes = 8;

    private static readonly float[] Hann = MakeHann();

    private readonly float[] _autocorrelation = new float[Window * Lanes];
    private readonly float[] _windowed = new float[2 * Window * Lanes];
    private float[] _envelope = [];

    /// <summary>Estimates the tempo. Silence and very short songs give 117.45.</summary>
    /// <param name="decibels">The mel spectrogram in dB.</param>
    public double Estimate(MelSpectrogram decibels)
    {
        var frames = decibels.FrameCount;
        PadEnvelope(decibels);
        Span<double> mean = stackalloc double[Window];
        mean.Clear();
        for (var first = 0; first < frames; first += Lanes)
        {
            Autocorrelate(first);
            AddNormalized(Math.Min(Lanes, frames - first), mean);
        }

        return BestTempo(mean, frames);
    }

    /// <summary>Onset strength of each frame (librosa <c>onset.onset_strength</c>): mean rise over the mel bands.</summary>
    public static void OnsetStrength(MelSpectrogram decibels, Span<float> strength)
    {
        strength.Clear();
        var last = decibels.FrameCount - OnsetDelay;
        for (var band = 0; band < FeatureVersion.MelBands; band++)
        {
            var levels = decibels.Band(band);
            for (var t = 0; t < last; t++)
            {
                strength[t + OnsetDelay] += Math.Max(0, levels[t + 1] - levels[t]);
            }
        }

        foreach (ref var value in strength)
        {
            value /= FeatureVersion.MelBands;
        }
    }

    /// <summary>The envelope with straight ramps to zero of half a window on both sides.</summary>
    private void PadEnvelope(MelSpectrogram decibels)
    {
        const int Ramp = Window / 2;
        var frames = decibels.FrameCount;
        var length = frames + Window + Lanes;
        if (_envelope.Length < length)
        {
            _envelope = new float[length];
        }

        var padded = _envelope.AsSpan(0, length);
        var envelope = padded.Slice(Ramp, frames);
        OnsetStrength(decibels, envelope);
        for (var i = 0; i < Ramp; i++)
        {
            padded[i] = envelope[0] * i / Ramp;
            padded[Ramp + frames + i] = envelope[^1] * (Ramp - 1 - i) / Ramp;
        }

        padded[(Ramp + frames + Ramp)..].Clear();
    }

    /// <summary>
    /// Autocorrelation of the windows that begin at eight neighbouring frames, one in each lane. The windowed signal is
    /// followed by zeros, so that every lag runs over the same length.
    /// </summary>
    private void Autocorrelate(int first)
    {
        var windowed = MemoryMarshal.Cast<float, Vector256<float>>(_windowed.AsSpan());
        var result = MemoryMarshal.Cast<float, Vector256<float>>(_autocorrelation.AsSpan());
        ref var envelope = ref _envelope[first];
        for (var i = 0; i < Window; i++)
        {
            windowed[i] = Vector256.LoadUnsafe(ref envelope, (nuint)i) * Hann[i];
        }

        for (var lag = 0; lag < Window; lag += 4)
        {
            Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default;
            var (b0, b1, b2) = (windowed[lag], windowed[lag + 1], windowed[lag + 2]);
            for (var i = 0; i < Window - lag; i++)
            {
                var x = windowed[i];
                var b3 = windowed[i + lag + 3];
                a0 = Vector256.MultiplyAddEstimate(x, b0, a0);
                a1 = Vector256.MultiplyAddEstimate(x, b1, a1);
                a2 = Vector256.MultiplyAddEstimate(x, b2, a2);
                a3 = Vector256.MultiplyAddEstimate(x, b3, a3);
                (b0, b1, b2) = (b1, b2, b3);
            }

            result[lag] = a0;
            result[lag + 1] = a1;
            result[lag + 2] = a2;
            result[lag + 3] = a3;
        }
    }

    /// <summary>Adds each window's autocorrelation divided by its largest value, which is the one at lag 0.</summary>
    private void AddNormalized(int frames, Span<double> sum)
    {
        for (var lane = 0; lane < frames; lane++)
        {
            var energy = _autocorrelation[lane];
            var scale = energy < 1.17549435e-38f ? 1 : 1 / (double)energy;
            for (var lag = 0; lag < Window; lag++)
            {
                sum[lag] += _autocorrelation[lag * Lanes + lane] * scale;
            }
        }
    }

    private static double BestTempo(ReadOnlySpan<double> sums, int frames)
    {
        var (best, bestScore) = (0.0, double.NegativeInfinity);
        for (var lag = 1; lag < Window; lag++)
        {
            var bpm = 60.0 * FeatureVersion.SampleRate / (FeatureVersion.HopLength * lag);
            var octaves = Math.Log2(bpm / ExpectedBpm);
            var score = Math.Log(1 + 1e6 * sums[lag] / frames) - 0.5 * octaves * octaves;
            if (bpm < HighestBpm && score > bestScore)
            {
                (best, bestScore) = (bpm, score);
            }
        }

        return best;
    }

    private static float[] MakeHann()
    {
        var hann = new float[Window];
        for (var i = 0; i < Window; i++)
        {
            hann[i] = (float)(0.5 - 0.5 * Math.Cos(2 * Math.PI * i / Window));
        }

        return hann;
    }
}
