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
    /// <summary>8 s in frames, and the number of lags.</summary>
    internal const int Window = 344;

    /// <summary>Frames before the first onset value: 1 for the difference, 2 because frames are centred.</summary>
    private const int OnsetDelay = 3;

    private const double ExpectedBpm = 120;
    private const double HighestBpm = 320;

    private readonly AutocorrelationMean _autocorrelation = EightLanes.AreFast ? new Autocorrelation<EightLanes>().Mean : new Autocorrelation<FourLanes>().Mean;
    private float[] _envelope = [];

    private delegate void AutocorrelationMean(ReadOnlySpan<float> signal, int windows, Span<double> means);

    /// <summary>Estimates the tempo. Silence and very short songs give 117.45.</summary>
    /// <param name="decibels">The mel spectrogram in dB.</param>
    public double Estimate(MelSpectrogram decibels)
    {
        var frames = decibels.FrameCount;
        Span<double> means = stackalloc double[Window];
        _autocorrelation(PadEnvelope(decibels), frames, means);
        return BestTempo(means);
    }

    /// <summary>Onset strength of each frame (librosa <c>onset.onset_strength</c>): mean rise over the mel bands.</summary>
    public static void OnsetStrength(MelSpectrogram decibels, Span<float> strength)
    {
        strength.Clear();
        var lanes = Vector256<float>.Count;
        var last = decibels.FrameCount - OnsetDelay;
        for (var band = 0; band < FeatureVersion.MelBands; band++)
        {
            var levels = decibels.Band(band);
            var t = 0;
            for (; t <= last - lanes; t += lanes)
            {
                var rise = Vector256.MaxNative(Vector256<float>.Zero, Vector256.Create(levels[(t + 1)..]) - Vector256.Create(levels[t..]));
                var sum = strength[(t + OnsetDelay)..];
                (Vector256.Create<float>(sum) + rise).CopyTo(sum);
            }

            for (; t < last; t++)
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
    private ReadOnlySpan<float> PadEnvelope(MelSpectrogram decibels)
    {
        const int Ramp = Window / 2;
        var frames = decibels.FrameCount;
        var length = frames + Window;
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

        return padded;
    }

    private static double BestTempo(ReadOnlySpan<double> autocorrelation)
    {
        var (best, bestScore) = (0.0, double.NegativeInfinity);
        for (var lag = 1; lag < Window; lag++)
        {
            var bpm = 60.0 * FeatureVersion.SampleRate / (FeatureVersion.HopLength * lag);
            var octaves = Math.Log2(bpm / ExpectedBpm);
            var score = Math.Log(1 + 1e6 * autocorrelation[lag]) - 0.5 * octaves * octaves;
            if (bpm < HighestBpm && score > bestScore)
            {
                (best, bestScore) = (bpm, score);
            }
        }

        return best;
    }
}
