using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MusicRec.Audio.Features;

namespace MusicRec.Audio.Spectra;

/// <summary>
/// Power spectrum of real frames of 2048 samples, as many at once as there are lanes, in double precision.
/// </summary>
/// <remarks>
/// The 2048 real samples are taken as 1024 complex ones (even samples real, odd imaginary), transformed by
/// <see cref="ComplexFft{TLanes}"/> and unfolded to 1025 bins. A silent frame stays exactly zero beside a loud one. Double
/// precision because librosa transforms in double: the magnitudes between the partials of a clean tone are 1e-9 of the
/// peak, and single precision would move the spectral centroid by 0.01 Hz.
/// </remarks>
internal sealed class RealFft<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    private const int Size = FeatureVersion.FftSize;
    private const int Half = Size / 2;
    private const int Rows = ComplexFft.RowCount;
    private const int RowLength = ComplexFft.RowLength;
    private const int RowStride = ComplexFft.RowStride;

    /// <summary>exp(-2πik/2048)/2 as re, im for k = 0..512.</summary>
    private static readonly double[] Twiddles = MakeTwiddles();

    private readonly ComplexFft<TLanes> _fft = new();

    /// <summary>
    /// Writes |X|² of bin k, frame j to <paramref name="power"/>[k * stride + j], k = 0..1024.
    /// </summary>
    /// <param name="input">Element m is sample 2m (real part) and 2m + 1 (imaginary part) of the frames.</param>
    /// <param name="power">Receives the power; what lies between the frames of each bin stays.</param>
    /// <param name="stride">Distance between two bins, at least as many as there are lanes.</param>
    public void Transform<TInput>(TInput input, Span<float> power, int stride)
        where TInput : struct, IFftInput<TLanes>, allows ref struct
    {
        ref var s = ref MemoryMarshal.GetReference(power[..(Half * stride + TLanes.Count)]);
        _fft.Transform(input);
        Unfold(ref _fft.Results, ref s, stride);
    }

    /// <summary>From the results of the folded signal to the bins of the real one.</summary>
    private static void Unfold(ref TLanes z, ref float s, int stride)
    {
        // Bin 1024 shares result 0 with bin 0.
        StorePower(ref s, z + Unsafe.Add(ref z, 1), default);
        StorePower(ref Unsafe.Add(ref s, Half * stride), z - Unsafe.Add(ref z, 1), default);

        ref var low = ref s;
        ref var high = ref Unsafe.Add(ref s, Half * stride);
        ref var twiddle = ref MemoryMarshal.GetArrayDataReference(Twiddles);
        for (var i = 0; i < RowLength / 2; i++)
        {
            // The mirror of result (row, i) is (16 - row, 63 - i), in row 0 it is (0, 64 - i).
            ref var at = ref Unsafe.Add(ref z, 2 * i);
            ref var mirror = ref Unsafe.Add(ref z, 2 * (RowLength - i));
            if (i > 0)
            {
                UnfoldPair(ref at, ref mirror, ref twiddle, ref low, ref high);
            }

            mirror = ref Unsafe.Add(ref mirror, (Rows - 1) * RowStride - 2);
            for (var row = 1; row < Rows; row++)
            {
                at = ref Unsafe.Add(ref at, RowStride);
                low = ref Unsafe.Add(ref low, stride);
                high = ref Unsafe.Subtract(ref high, stride);
                twiddle = ref Unsafe.Add(ref twiddle, 2);
                UnfoldPair(ref at, ref mirror, ref twiddle, ref low, ref high);
                mirror = ref Unsafe.Subtract(ref mirror, RowStride);
            }

            low = ref Unsafe.Add(ref low, stride);
            high = ref Unsafe.Subtract(ref high, stride);
            twiddle = ref Unsafe.Add(ref twiddle, 2);
        }

        // Bin 512 is its own mirror.
        UnfoldPair(ref Unsafe.Add(ref z, RowLength), ref Unsafe.Add(ref z, RowLength), ref twiddle, ref low, ref high);
    }

    /// <summary>
    /// Bins k and 1024 - k of the real signal: X[k] = E[k] + w^k O[k] with E and O the transforms of the even and the odd
    /// samples.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void UnfoldPair(
        ref TLanes z, ref TLanes mirror, ref double twiddle, ref float low, ref float high)
    {
        var (ar, ai) = (z, Unsafe.Add(ref z, 1));
        var (br, bi) = (mirror, Unsafe.Add(ref mirror, 1));
        var wr = TLanes.Broadcast(twiddle);
        var wi = TLanes.Broadcast(Unsafe.Add(ref twiddle, 1));
        var half = TLanes.Broadcast(0.5);

        var er = half * (ar + br);
        var ei = half * (ai - bi);
        var or = ai + bi;
        var oi = br - ar;
        var tr = TLanes.SubtractProduct(wr * or, wi, oi);
        var ti = TLanes.MultiplyAdd(wr, oi, wi * or);
        StorePower(ref low, er + tr, ei + ti);
        StorePower(ref high, er - tr, ei - ti);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePower(ref float s, TLanes re, TLanes im)
    {
        var power = TLanes.MultiplyAdd(re, re, im * im);
        power.Store(ref s);
    }

    private static double[] MakeTwiddles()
    {
        var twiddles = new double[2 * (Half / 2 + 1)];
        for (var k = 0; k <= Half / 2; k++)
        {
            var (sin, cos) = Math.SinCos(-2 * Math.PI * k / Size);
            (twiddles[2 * k], twiddles[2 * k + 1]) = (0.5 * cos, 0.5 * sin);
        }

        return twiddles;
    }
}
