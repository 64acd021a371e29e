using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MusicRec.Audio.Features;

/// <summary>
/// Autocorrelation of every window of a signal (hop 1, periodic Hann window), each divided by its value at lag 0, averaged
/// over the windows. Holds work memory that is reused: one thread at a time.
/// </summary>
/// <remarks>
/// The mean of the autocorrelations is the transform of the mean power spectrum. The spectrum of a window follows from
/// that of the window one sample before (sliding Fourier transform of length 2 * 344, so that lags do not wrap around):
/// X[k] ← (X[k] - leaving + (-1)^k entering) exp(2πik/688). The Hann window is applied to the spectrum, where it is
/// X[k]/2 - (X[k-2] + X[k+2])/4. The four lanes slide over four quarters of the signal, in double precision.
/// </remarks>
internal sealed class Autocorrelation
{
    /// <summary>Samples in a window, and the number of lags.</summary>
    public const int Window = 344;

    private const int Size = 2 * Window;
    private const int Lanes = 4;

    /// <summary>Bins 0 to 344, with two mirrored ones on each side that the Hann window reaches.</summary>
    private const int Margin = 2;
    private const int Bins = Window + 1;

    /// <summary>librosa <c>util.tiny(float32)</c>: a window with less energy is not scaled.</summary>
    private const double Tiny = 1.17549435e-38;

    private static readonly double[] Hann = [.. Enumerable.Range(0, Window).Select(i => 0.5 - 0.5 * Math.Cos(2 * Math.PI * i / Window))];
    private static readonly double[] Cosines = [.. Enumerable.Range(0, Size).Select(i => Math.Cos(2 * Math.PI * i / Size))];

    /// <summary>exp(2πik/688) as re, im.</summary>
    private static readonly double[] Rotations =
        [.. Enumerable.Range(0, Bins).SelectMany(k => new[] { Math.Cos(2 * Math.PI * k / Size), Math.Sin(2 * Math.PI * k / Size) })];

    // Bin k at [2 (k + 2)] and the place behind it.
    private readonly AlignedArray<Vector256<double>> _spectrum = new(2 * (Bins + 2 * Margin));
    private readonly AlignedArray<Vector256<double>> _power = new(Bins);
    private double[] _scales = [];

    /// <summary>Averages over all windows.</summary>
    /// <param name="signal">As many samples as there are windows, and 344 more.</param>
    /// <param name="windows">Number of windows; window t begins at sample t.</param>
    /// <param name="means">Receives lags 0 to 343.</param>
    public void Mean(ReadOnlySpan<float> signal, int windows, Span<double> means)
    {
        var quarter = (windows + Lanes - 1) / Lanes;
        ComputeScales(signal, windows, Lanes * quarter);
        _spectrum.Span.Clear();
        _power.Span.Clear();
        for (var t = 0; t < Window; t++)
        {
            Slide(Vector256<double>.Zero, Samples(signal, t, quarter));
        }

        for (var t = 0; t < quarter; t++)
        {
            AddPower(Vector256.Create(_scales[t], _scales[quarter + t], _scales[2 * quarter + t], _scales[3 * quarter + t]));
            Slide(Samples(signal, t, quarter), Samples(signal, t + Window, quarter));
        }

        Transform(means);
        foreach (ref var mean in means)
        {
            mean /= windows;
        }
    }

    /// <summary>The inverse energy of each window; 0 past the last one.</summary>
    private void ComputeScales(ReadOnlySpan<float> signal, int windows, int padded)
    {
        if (_scales.Length < padded)
        {
            _scales = new double[padded];
        }

        _scales.AsSpan().Clear();
        var t = 0;
        for (; t <= windows - Lanes; t += Lanes)
        {
            var energy = Vector256<double>.Zero;
            for (var n = 0; n < Window; n++)
            {
                var value = Lane.Widen(Vector128.Create(signal[(t + n)..])) * Vector256.Create(Hann[n]);
                energy = Vector256.MultiplyAddEstimate(value, value, energy);
            }

            energy.CopyTo(_scales, t);
        }

        for (; t < windows; t++)
        {
            for (var n = 0; n < Window; n++)
            {
                _scales[t] += signal[t + n] * Hann[n] * (signal[t + n] * Hann[n]);
            }
        }

        foreach (ref var scale in _scales.AsSpan(0, windows))
        {
            scale = scale < Tiny ? 1 : 1 / scale;
        }
    }

    private static Vector256<double> Samples(ReadOnlySpan<float> signal, int t, int quarter)
    {
        return Vector256.Create(At(signal, t), At(signal, quarter + t), At(signal, 2 * quarter + t), At(signal, 3 * quarter + t));

        // The last quarter may go on past the last window.
        static double At(ReadOnlySpan<float> signal, int i) => i < signal.Length ? signal[i] : 0;
    }

    /// <summary>Moves the windows of all lanes on by one sample.</summary>
    private void Slide(Vector256<double> leaving, Vector256<double> entering)
    {
        ref var x = ref Unsafe.Add(ref _spectrum.First, 2 * Margin);
        ref var rotation = ref Rotations[0];
        var even = entering - leaving;
        var odd = -entering - leaving;
        for (var k = 0; k < Bins; k += 2)
        {
            Rotate(ref x, even, ref rotation);
            if (k < Bins - 1)
            {
                Rotate(ref Unsafe.Add(ref x, 2), odd, ref Unsafe.Add(ref rotation, 2));
            }

            x = ref Unsafe.Add(ref x, 4);
            rotation = ref Unsafe.Add(ref rotation, 4);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rotate(ref Vector256<double> x, Vector256<double> change, ref double rotation)
    {
        var re = x + change;
        var im = Unsafe.Add(ref x, 1);
        var cos = Vector256.Create(rotation);
        var sin = Vector256.Create(Unsafe.Add(ref rotation, 1));
        x = Lane.SubtractProduct(re * cos, im, sin);
        Unsafe.Add(ref x, 1) = Vector256.MultiplyAddEstimate(re, sin, im * cos);
    }

    /// <summary>Adds the power of the windowed spectrum times a scale.</summary>
    private void AddPower(Vector256<double> scale)
    {
        Mirror();
        ref var x = ref _spectrum.First;
        var half = Vector256.Create(0.5);
        var quarterScale = scale * 0.25;
        foreach (ref var power in _power.Span)
        {
            var re = Unsafe.Add(ref x, 4) - half * (x + Unsafe.Add(ref x, 8));
            var im = Unsafe.Add(ref x, 5) - half * (Unsafe.Add(ref x, 1) + Unsafe.Add(ref x, 9));
            power = Vector256.MultiplyAddEstimate(Vector256.MultiplyAddEstimate(re, re, im * im), quarterScale, power);
            x = ref Unsafe.Add(ref x, 2);
        }
    }

    /// <summary>The signal is real: X[-k] and X[344 + k] are the conjugates of X[k] and X[344 - k].</summary>
    private void Mirror()
    {
        var x = _spectrum.Span;
        for (var k = 1; k <= Margin; k++)
        {
            Conjugate(x, Margin + k, Margin - k);
            Conjugate(x, Margin + Window - k, Margin + Window + k);
        }

        static void Conjugate(Span<Vector256<double>> x, int from, int to)
        {
            x[2 * to] = x[2 * from];
            x[2 * to + 1] = -x[2 * from + 1];
        }
    }

    /// <summary>From the summed power to the autocorrelation. Lags l and 344 - l differ in the sign of the odd bins only.</summary>
    private void Transform(Span<double> lags)
    {
        Span<double> power = stackalloc double[Bins];
        for (var k = 0; k < Bins; k++)
        {
            // All bins but the first and the last stand for their mirror as well.
            power[k] = Vector256.Sum(_power.Span[k]) / (k is 0 or Window ? Size : Window);
        }

        for (var lag = 0; lag <= Window / 2; lag++)
        {
            var (even, odd) = (power[0], 0.0);
            for (int k = 1, angle = lag; k < Bins; k += 2)
            {
                odd += power[k] * Cosines[angle];
                angle = Next(angle, lag);
                even += power[k + 1] * Cosines[angle];
                angle = Next(angle, lag);
            }

            lags[lag] = even + odd;
            if (lag > 0)
            {
                lags[Window - lag] = even - odd;
            }
        }

        static int Next(int angle, int step) => angle + step < Size ? angle + step : angle + step - Size;
    }
}
