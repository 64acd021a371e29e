using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MusicRec.Audio.Features;

/// <summary>
/// Autocorrelation of every window of a signal (hop 1, periodic Hann window), each divided by its value at lag 0, averaged
/// over the windows. Holds work memory that is reused: one thread at a time.
/// </summary>
/// <remarks>
/// The mean of the autocorrelations is the transform of the mean power spectrum. The spectrum of a window follows from
/// that of the window one sample before (sliding Fourier transform of length 2 * 344, so that lags do not wrap around):
/// X[k] ← (X[k] - leaving + (-1)^k entering) exp(2πik/688). The Hann window is applied to the spectrum, where it is
/// X[k]/2 - (X[k-2] + X[k+2])/4. Each lane slides over a part of the signal of its own, in double precision.
/// </remarks>
internal sealed class Autocorrelation<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    private const int Window = Tempo.Window;
    private const int Size = 2 * Window;

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
    private readonly AlignedArray<TLanes> _spectrum = new(2 * (Bins + 2 * Margin));
    private readonly AlignedArray<TLanes> _power = new(Bins);
    private float[] _signal = [];
    private double[] _scales = [];

    /// <summary>Averages over all windows.</summary>
    /// <param name="signal">As many samples as there are windows, and 344 more.</param>
    /// <param name="windows">Number of windows; window t begins at sample t.</param>
    /// <param name="means">Receives lags 0 to 343.</param>
    public void Mean(ReadOnlySpan<float> signal, int windows, Span<double> means)
    {
        var part = (windows + TLanes.Count - 1) / TLanes.Count;
        Pad(signal, TLanes.Count * (part + 1) + Window);
        ComputeScales(windows, part);
        _spectrum.Span.Clear();
        _power.Span.Clear();
        ref var first = ref _signal[0];
        for (var t = 0; t < Window; t++)
        {
            Slide(default, TLanes.Gather(ref Unsafe.Add(ref first, t), part));
        }

        var scales = MemoryMarshal.Cast<double, TLanes>(_scales);
        for (var t = 0; t < part; t++)
        {
            AddPower(scales[t]);
            Slide(TLanes.Gather(ref Unsafe.Add(ref first, t), part), TLanes.Gather(ref Unsafe.Add(ref first, t + Window), part));
        }

        Transform(means);
        foreach (ref var mean in means)
        {
            mean /= windows;
        }
    }

    /// <summary>Copies the signal, with zeros behind it: the last part may go on past the last window.</summary>
    private void Pad(ReadOnlySpan<float> signal, int length)
    {
        if (_signal.Length < length)
        {
            _signal = new float[length];
            _scales = new double[length];
        }

        signal.CopyTo(_signal);
        _signal.AsSpan(signal.Length).Clear();
    }

    /// <summary>The inverse energy of each window, lane beside lane; 0 past the last one.</summary>
    private void ComputeScales(int windows, int part)
    {
        Span<double> energies = stackalloc double[2 * TLanes.Count];
        _scales.AsSpan().Clear();
        for (var t = 0; t < windows; t += energies.Length)
        {
            ComputeEnergies(ref _signal[t], MemoryMarshal.Cast<double, TLanes>(energies));
            for (var i = 0; i < Math.Min(energies.Length, windows - t); i++)
            {
                var (lane, step) = Math.DivRem(t + i, part);
                _scales[step * TLanes.Count + lane] = energies[i] < Tiny ? 1 : 1 / energies[i];
            }
        }
    }

    /// <summary>The energies of neighbouring windows, in two vectors: each addition waits for the one before it.</summary>
    private static void ComputeEnergies(ref float signal, Span<TLanes> energies)
    {
        TLanes first = default, second = default;
        for (var n = 0; n < Window; n++)
        {
            var weight = TLanes.Broadcast(Hann[n]);
            var x = TLanes.Load(ref signal) * weight;
            var y = TLanes.Load(ref Unsafe.Add(ref signal, TLanes.Count)) * weight;
            first = TLanes.MultiplyAdd(x, x, first);
            second = TLanes.MultiplyAdd(y, y, second);
            signal = ref Unsafe.Add(ref signal, 1);
        }

        (energies[0], energies[1]) = (first, second);
    }

    /// <summary>Moves the windows of all lanes on by one sample.</summary>
    private void Slide(TLanes leaving, TLanes entering)
    {
        ref var x = ref Unsafe.Add(ref _spectrum.First, 2 * Margin);
        ref var rotation = ref Rotations[0];
        var even = entering - leaving;
        var odd = default(TLanes) - entering - leaving;
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
    private static void Rotate(ref TLanes x, TLanes change, ref double rotation)
    {
        var re = x + change;
        var im = Unsafe.Add(ref x, 1);
        var cos = TLanes.Broadcast(rotation);
        var sin = TLanes.Broadcast(Unsafe.Add(ref rotation, 1));
        x = TLanes.SubtractProduct(re * cos, im, sin);
        Unsafe.Add(ref x, 1) = TLanes.MultiplyAdd(re, sin, im * cos);
    }

    /// <summary>Adds the power of the windowed spectrum times a scale.</summary>
    private void AddPower(TLanes scale)
    {
        Mirror();
        ref var x = ref _spectrum.First;
        var half = TLanes.Broadcast(0.5);
        var quarterScale = scale * TLanes.Broadcast(0.25);
        foreach (ref var power in _power.Span)
        {
            var re = Unsafe.Add(ref x, 4) - half * (x + Unsafe.Add(ref x, 8));
            var im = Unsafe.Add(ref x, 5) - half * (Unsafe.Add(ref x, 1) + Unsafe.Add(ref x, 9));
            power = TLanes.MultiplyAdd(TLanes.MultiplyAdd(re, re, im * im), quarterScale, power);
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

        static void Conjugate(Span<TLanes> x, int from, int to)
        {
            x[2 * to] = x[2 * from];
            x[2 * to + 1] = default(TLanes) - x[2 * from + 1];
        }
    }

    /// <summary>From the summed power to the autocorrelation. Lags l and 344 - l differ in the sign of the odd bins only.</summary>
    private void Transform(Span<double> lags)
    {
        Span<double> power = stackalloc double[Bins];
        for (var k = 0; k < Bins; k++)
        {
            // All bins but the first and the last stand for their mirror as well.
            power[k] = _power.Span[k].Sum() / (k is 0 or Window ? Size : Window);
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
