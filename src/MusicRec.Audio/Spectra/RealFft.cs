using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MusicRec.Audio.Features;

namespace MusicRec.Audio.Spectra;

/// <summary>
/// Power spectrum of four real frames of 2048 samples at once, in double precision.
/// </summary>
/// <remarks>
/// The 2048 real samples are taken as 1024 complex ones (even samples real, odd imaginary), transformed by
/// <see cref="ComplexFft"/> and unfolded to 1025 bins. A silent frame stays exactly zero beside a loud one. Double
/// precision because librosa transforms in double: the magnitudes between the partials of a clean tone are 1e-9 of the
/// peak, and single precision would move the spectral centroid by 0.01 Hz.
/// </remarks>
internal sealed class RealFft
{
    public const int Size = FeatureVersion.FftSize;
    public const int Lanes = ComplexFft.Lanes;

    private const int Half = Size / 2;
    private const int Rows = ComplexFft.RowCount;
    private const int RowLength = ComplexFft.RowLength;

    /// <summary>exp(-2πik/2048)/2 as re, im, in the order of the rows: k = row + 16 i at 2 (64 row + i).</summary>
    private static readonly double[] Twiddles = MakeTwiddles();

    private readonly ComplexFft _fft = new();

    /// <summary>
    /// Writes |X|² of bin k, frame j to <paramref name="power"/>[k * stride + j], k = 0..1024, j = 0..3.
    /// </summary>
    /// <param name="input">Element m is sample 2m (real part) and 2m + 1 (imaginary part) of the frames.</param>
    /// <param name="power">Receives the power; what lies between the four frames of each bin stays.</param>
    /// <param name="stride">Distance between two bins, at least 4.</param>
    public void Transform<TInput>(TInput input, Span<float> power, int stride)
        where TInput : struct, IFftInput, allows ref struct
    {
        ref var s = ref MemoryMarshal.GetReference(power[..(Half * stride + Lanes)]);
        _fft.TransformColumns(input);
        _fft.TransformRow(0);
        UnfoldFirstRow(ref s, stride);
        _fft.TransformRow(Rows / 2);
        Unfold(Rows / 2, RowLength / 2, ref s, stride);
        for (var row = 1; row < Rows / 2; row++)
        {
            _fft.TransformRow(row);
            _fft.TransformRow(Rows - row);
            Unfold(row, RowLength, ref s, stride);
        }
    }

    /// <summary>Bins 0, 16, 32...: the mirror of result i is result 64 - i of the same row, and bins 0 and 1024 share result 0.</summary>
    private void UnfoldFirstRow(ref float s, int stride)
    {
        ref var z = ref _fft.Row(0);
        var (r0, i0) = (z, Unsafe.Add(ref z, 1));
        StorePower(ref s, 0, r0 + i0, Vector256<double>.Zero);
        StorePower(ref s, Half * stride, r0 - i0, Vector256<double>.Zero);
        for (var i = 1; i <= RowLength / 2; i++)
        {
            UnfoldPair(
                ref Unsafe.Add(ref z, 2 * i), ref Unsafe.Add(ref z, 2 * (RowLength - i)), ref Twiddles[2 * i],
                ref s, Rows * i * stride, (Half - Rows * i) * stride);
        }
    }

    /// <summary>The first results of a row: the mirror of result i is result 63 - i of row 16 - row.</summary>
    private void Unfold(int row, int count, ref float s, int stride)
    {
        ref var z = ref _fft.Row(row);
        ref var mirror = ref Unsafe.Add(ref _fft.Row(Rows - row), 2 * (RowLength - 1));
        ref var twiddle = ref Twiddles[2 * RowLength * row];
        for (var i = 0; i < count; i++)
        {
            var k = row + Rows * i;
            UnfoldPair(
                ref Unsafe.Add(ref z, 2 * i), ref Unsafe.Subtract(ref mirror, 2 * i), ref Unsafe.Add(ref twiddle, 2 * i),
                ref s, k * stride, (Half - k) * stride);
        }
    }

    /// <summary>
    /// From results k and 1024 - k of the folded signal to the same bins of the real one: X[k] = E[k] + w^k O[k] with E
    /// and O the transforms of the even and the odd samples.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void UnfoldPair(
        ref Vector256<double> z, ref Vector256<double> mirror, ref double twiddle, ref float s, int at, int mirrorAt)
    {
        var (ar, ai) = (z, Unsafe.Add(ref z, 1));
        var (br, bi) = (mirror, Unsafe.Add(ref mirror, 1));
        var wr = Vector256.Create(twiddle);
        var wi = Vector256.Create(Unsafe.Add(ref twiddle, 1));
        var half = Vector256.Create(0.5);

        var er = half * (ar + br);
        var ei = half * (ai - bi);
        var or = ai + bi;
        var oi = br - ar;
        var tr = Vector256.MultiplyAddEstimate(wr, or, -(wi * oi));
        var ti = Vector256.MultiplyAddEstimate(wr, oi, wi * or);
        StorePower(ref s, at, er + tr, ei + ti);
        StorePower(ref s, mirrorAt, er - tr, ei - ti);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePower(ref float s, int at, Vector256<double> re, Vector256<double> im)
    {
        var power = Vector256.MultiplyAddEstimate(re, re, im * im);
        Lane.Narrow(power).StoreUnsafe(ref s, (nuint)at);
    }

    private static double[] MakeTwiddles()
    {
        var twiddles = new double[2 * Half];
        for (var i = 0; i < Half; i++)
        {
            var k = i / RowLength + i % RowLength * Rows;
            var (sin, cos) = Math.SinCos(-2 * Math.PI * k / Size);
            (twiddles[2 * i], twiddles[2 * i + 1]) = (0.5 * cos, 0.5 * sin);
        }

        return twiddles;
    }
}
