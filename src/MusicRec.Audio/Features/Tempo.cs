using System.Runtime.CompilerServices;
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

    /// <summary>librosa <c>util.tiny(float32)</c>: a window with less energy is not scaled.</summary>
    private const double Tiny = 1.17549435e-38;

    private const double ExpectedBpm = 120;
    private const double HighestBpm = 320;

    /// <summary>Windows of one transform: four lanes, and two in each as its real and its imaginary part.</summary>
    private const int GroupFrames = 2 * ComplexFft.Lanes;

    private const int QuarterSize = ComplexFft.Size / 4;

    /// <summary>The window, followed by zeros up to half the length of the transform.</summary>
    private static readonly double[] Hann = MakeHann();

    private readonly ComplexFft _fft = new();

    // Power summed over all windows, laid out as the results of the transform but one vector for each.
    private readonly AlignedArray<Vector256<double>> _power = new(ComplexFft.RowCount * ComplexFft.RowStride / 2);
    private float[] _envelope = [];

    /// <summary>Estimates the tempo. Silence and very short songs give 117.45.</summary>
    /// <param name="decibels">The mel spectrogram in dB.</param>
    /// <remarks>
    /// The mean of the autocorrelations is the transform of the mean power spectrum, so only the way there is taken for
    /// every window. Zeros behind each window keep its end from meeting its beginning. Two windows share one transform:
    /// |A + iB|² summed over a bin and its mirror is twice the sum of |A|² and |B|², and the way back sums over both.
    /// </remarks>
    public double Estimate(MelSpectrogram decibels)
    {
        var frames = decibels.FrameCount;
        PadEnvelope(decibels);
        _power.Span.Clear();
        for (var first = 0; first < frames; first += GroupFrames)
        {
            ref var envelope = ref _envelope[first];
            _fft.Transform(new Windows(
                ref envelope, Scale(ref envelope, frames - first),
                Scale(ref Unsafe.Add(ref envelope, ComplexFft.Lanes), frames - first - ComplexFft.Lanes)));
            AddPower();
        }

        _fft.Transform(new PowerSpectrum(ref _power.First));
        Span<double> sums = stackalloc double[Window];
        for (var lag = 0; lag < Window; lag++)
        {
            var (i, row) = Math.DivRem(lag, ComplexFft.RowCount);
            sums[lag] = Vector256.Sum(Unsafe.Add(ref _fft.Results, row * ComplexFft.RowStride + 2 * i)) / ComplexFft.Size;
        }

        return BestTempo(sums, frames);
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
                var rise = Vector256.Max(Vector256<float>.Zero, Vector256.Create(levels[(t + 1)..]) - Vector256.Create(levels[t..]));
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
    private void PadEnvelope(MelSpectrogram decibels)
    {
        const int Ramp = Window / 2;
        var frames = decibels.FrameCount;
        var length = frames + 2 * QuarterSize + GroupFrames; // As far as the zeros of the window reach.
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
    /// What makes each of four neighbouring windows' largest autocorrelation, the energy at lag 0, one: the inverse root
    /// of it. 0 past the last frame.
    /// </summary>
    private static Vector256<double> Scale(ref float envelope, int frames)
    {
        var energy = Vector256<double>.Zero;
        for (var n = 0; n < Window; n++)
        {
            var value = Lane.Widen(Vector128.LoadUnsafe(ref envelope, (nuint)n)) * Vector256.Create(Hann[n]);
            energy = Vector256.MultiplyAddEstimate(value, value, energy);
        }

        var one = Vector256<double>.One;
        var scale = Vector256.ConditionalSelect(Vector256.LessThan(energy, Vector256.Create(Tiny)), one, one / Vector256.Sqrt(energy));
        var exists = Vector256.LessThan(Vector256.Create(0.0, 1, 2, 3), Vector256.Create((double)frames));
        return scale & exists;
    }

    private void AddPower()
    {
        ref var z = ref _fft.Results;
        foreach (ref var power in _power.Span)
        {
            var im = Unsafe.Add(ref z, 1);
            power = Vector256.MultiplyAddEstimate(z, z, Vector256.MultiplyAddEstimate(im, im, power));
            z = ref Unsafe.Add(ref z, 2);
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

    private static double[] MakeHann()
    {
        var hann = new double[2 * QuarterSize];
        for (var i = 0; i < Window; i++)
        {
            hann[i] = 0.5 - 0.5 * Math.Cos(2 * Math.PI * i / Window);
        }

        return hann;
    }

    /// <summary>Eight windows that begin at neighbouring frames.</summary>
    private readonly ref struct Windows(ref float envelope, Vector256<double> realScale, Vector256<double> imaginaryScale) : IFftInput
    {
        private readonly ref float _envelope = ref envelope;
        private readonly ref double _hann = ref MemoryMarshal.GetArrayDataReference(Hann);
        private readonly Vector256<double> _realScale = realScale;
        private readonly Vector256<double> _imaginaryScale = imaginaryScale;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Load(int element, int quarter, out Vector256<double> re, out Vector256<double> im)
        {
            if (quarter >= 2)
            {
                re = im = Vector256<double>.Zero;
                return;
            }

            var n = element + quarter * QuarterSize;
            var hann = Vector256.Create(Unsafe.Add(ref _hann, n));
            ref var at = ref Unsafe.Add(ref _envelope, n);
            re = Lane.Widen(Vector128.LoadUnsafe(ref at)) * (hann * _realScale);
            im = Lane.Widen(Vector128.LoadUnsafe(ref at, ComplexFft.Lanes)) * (hann * _imaginaryScale);
        }
    }

    /// <summary>The summed power as a real signal. The real part of its transform is the cosine sum that leads back.</summary>
    private readonly ref struct PowerSpectrum(ref Vector256<double> power) : IFftInput
    {
        private readonly ref Vector256<double> _power = ref power;

        public void Load(int element, int quarter, out Vector256<double> re, out Vector256<double> im)
        {
            var (i, row) = Math.DivRem(element + quarter * QuarterSize, ComplexFft.RowCount);
            re = Unsafe.Add(ref _power, row * (ComplexFft.RowStride / 2) + i);
            im = Vector256<double>.Zero;
        }
    }
}
