using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MusicRec.Audio.Features;

namespace MusicRec.Audio.Spectra;

/// <summary>
/// Power spectrum of four real frames of 2048 samples at once, in double precision.
/// </summary>
/// <remarks>
/// Layout: one <see cref="Vector256{Double}"/> holds the same sample (or bin) of four frames, so every step of the
/// transform is plain vertical arithmetic and the frames cannot disturb each other: a silent frame stays exactly zero
/// beside a loud one. The 2048 real samples are taken as 1024 complex ones (even samples real, odd imaginary), go
/// through five radix-4 Stockham passes (self-sorting, ping-pong between two buffers) and are unfolded to 1025 bins.
/// Double precision because librosa transforms in double: the magnitudes between the partials of a clean tone are
/// 1e-9 of the peak, and single precision would move the spectral centroid by 0.01 Hz.
/// </remarks>
internal sealed class RealFft
{
    public const int Size = FeatureVersion.FftSize;
    public const int Lanes = 4;

    private const int Half = Size / 2;
    private const int Quarter = Half / 4;

    /// <summary>Twiddle factors of the four twiddled passes, (w, w², w³) as re, im for p = 0..n/4-1, for n = 1024, 256, 64, 16.</summary>
    private static readonly double[][] PassTwiddles = [.. new[] { 1024, 256, 64, 16 }.Select(MakePassTwiddles)];

    /// <summary>exp(-2πik/2048) as re, im for k = 0..512.</summary>
    private static readonly double[] UnfoldTwiddles = MakeUnfoldTwiddles();

    // Complex element i of a buffer: real parts of four frames at [2i], imaginary parts at [2i + 1].
    private readonly Vector256<double>[] _a = new Vector256<double>[2 * Half];
    private readonly Vector256<double>[] _b = new Vector256<double>[2 * Half];

    /// <summary>
    /// Transforms the frames that <see cref="Input"/> holds and writes |X|² of bin k, frame j to
    /// <paramref name="power"/>[k * stride + j], k = 0..1024, j = 0..3. The input is destroyed.
    /// </summary>
    public void Transform(Span<float> power, int stride)
    {
        Pass(_a, _b, PassTwiddles[0], 1);
        Pass(_b, _a, PassTwiddles[1], 4);
        Pass(_a, _b, PassTwiddles[2], 16);
        Pass(_b, _a, PassTwiddles[3], 64);
        LastPass(_a, _b);
        Unfold(_b, power, stride);
    }

    /// <summary>Sample n of the four frames goes to element n, n = 0..2047.</summary>
    public Span<Vector256<double>> Input => _a;

    /// <summary>One radix-4 pass, decimation in frequency: sub-transforms of length 4 * twiddles/6 at the given stride.</summary>
    private static void Pass(Vector256<double>[] source, Vector256<double>[] target, double[] twiddles, int stride)
    {
        ref var x = ref MemoryMarshal.GetArrayDataReference(source);
        ref var y = ref MemoryMarshal.GetArrayDataReference(target);
        for (var p = 0; p < twiddles.Length / 6; p++)
        {
            var w1r = Vector256.Create(twiddles[6 * p]);
            var w1i = Vector256.Create(twiddles[6 * p + 1]);
            var w2r = Vector256.Create(twiddles[6 * p + 2]);
            var w2i = Vector256.Create(twiddles[6 * p + 3]);
            var w3r = Vector256.Create(twiddles[6 * p + 4]);
            var w3i = Vector256.Create(twiddles[6 * p + 5]);
            for (var q = 0; q < stride; q++)
            {
                var from = 2 * (q + stride * p);
                Butterfly(ref x, from, out var s0r, out var s0i, out var s1r, out var s1i, out var s2r, out var s2i, out var s3r, out var s3i);

                var to = 2 * (q + 4 * stride * p);
                Store(ref y, to, s0r, s0i);
                StoreRotated(ref y, to + 2 * stride, s1r, s1i, w1r, w1i);
                StoreRotated(ref y, to + 4 * stride, s2r, s2i, w2r, w2i);
                StoreRotated(ref y, to + 6 * stride, s3r, s3i, w3r, w3i);
            }
        }
    }

    /// <summary>The fifth pass: sub-transforms of length 4, all twiddles 1.</summary>
    private static void LastPass(Vector256<double>[] source, Vector256<double>[] target)
    {
        ref var x = ref MemoryMarshal.GetArrayDataReference(source);
        ref var y = ref MemoryMarshal.GetArrayDataReference(target);
        for (var q = 0; q < Quarter; q++)
        {
            Butterfly(ref x, 2 * q, out var s0r, out var s0i, out var s1r, out var s1i, out var s2r, out var s2i, out var s3r, out var s3i);
            Store(ref y, 2 * q, s0r, s0i);
            Store(ref y, 2 * (q + Quarter), s1r, s1i);
            Store(ref y, 2 * (q + 2 * Quarter), s2r, s2i);
            Store(ref y, 2 * (q + 3 * Quarter), s3r, s3i);
        }
    }

    /// <summary>
    /// From the transform Z of the folded signal to the 1025 bins of the real one:
    /// X[k] = E[k] + w^k O[k] with E, O the transforms of the even and the odd samples.
    /// </summary>
    private static void Unfold(Vector256<double>[] source, Span<float> power, int stride)
    {
        ref var z = ref MemoryMarshal.GetArrayDataReference(source);
        ref var s = ref MemoryMarshal.GetReference(power[..(Half * stride + Lanes)]);

        var (r0, i0) = (z, Unsafe.Add(ref z, 1));
        StorePower(ref s, 0, r0 + i0, Vector256<double>.Zero);
        StorePower(ref s, Half * stride, r0 - i0, Vector256<double>.Zero);

        var half = Vector256.Create(0.5);
        for (var k = 1; k <= Half / 2; k++)
        {
            var ar = Unsafe.Add(ref z, 2 * k);
            var ai = Unsafe.Add(ref z, 2 * k + 1);
            var br = Unsafe.Add(ref z, 2 * (Half - k));
            var bi = Unsafe.Add(ref z, 2 * (Half - k) + 1);
            var wr = Vector256.Create(UnfoldTwiddles[2 * k]);
            var wi = Vector256.Create(UnfoldTwiddles[2 * k + 1]);

            var er = half * (ar + br);
            var ei = half * (ai - bi);
            var or = half * (ai + bi);
            var oi = half * (br - ar);
            var tr = wr * or - wi * oi;
            var ti = wr * oi + wi * or;
            StorePower(ref s, k * stride, er + tr, ei + ti);
            StorePower(ref s, (Half - k) * stride, er - tr, ei - ti);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Butterfly(
        ref Vector256<double> x, int from,
        out Vector256<double> s0r, out Vector256<double> s0i, out Vector256<double> s1r, out Vector256<double> s1i,
        out Vector256<double> s2r, out Vector256<double> s2i, out Vector256<double> s3r, out Vector256<double> s3i)
    {
        // Every pass reads elements a quarter of the whole transform apart.
        var ar = Unsafe.Add(ref x, from);
        var ai = Unsafe.Add(ref x, from + 1);
        var br = Unsafe.Add(ref x, from + 2 * Quarter);
        var bi = Unsafe.Add(ref x, from + 2 * Quarter + 1);
        var cr = Unsafe.Add(ref x, from + 4 * Quarter);
        var ci = Unsafe.Add(ref x, from + 4 * Quarter + 1);
        var dr = Unsafe.Add(ref x, from + 6 * Quarter);
        var di = Unsafe.Add(ref x, from + 6 * Quarter + 1);

        var (acr, aci) = (ar + cr, ai + ci);
        var (bdr, bdi) = (br + dr, bi + di);
        s0r = acr + bdr;
        s0i = aci + bdi;
        s2r = acr - bdr;
        s2i = aci - bdi;

        (acr, aci) = (ar - cr, ai - ci);
        (bdr, bdi) = (br - dr, bi - di);
        s1r = acr + bdi;
        s1i = aci - bdr;
        s3r = acr - bdi;
        s3i = aci + bdr;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref Vector256<double> y, int to, Vector256<double> re, Vector256<double> im)
    {
        Unsafe.Add(ref y, to) = re;
        Unsafe.Add(ref y, to + 1) = im;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRotated(
        ref Vector256<double> y, int to, Vector256<double> re, Vector256<double> im, Vector256<double> wr, Vector256<double> wi)
    {
        Unsafe.Add(ref y, to) = Vector256.MultiplyAddEstimate(re, wr, -(im * wi));
        Unsafe.Add(ref y, to + 1) = Vector256.MultiplyAddEstimate(re, wi, im * wr);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePower(ref float s, int at, Vector256<double> re, Vector256<double> im)
    {
        var power = Vector256.MultiplyAddEstimate(re, re, im * im);
        Vector256.Narrow(power, power).GetLower().StoreUnsafe(ref s, (nuint)at);
    }

    private static double[] MakePassTwiddles(int length)
    {
        var twiddles = new double[length / 4 * 6];
        for (var p = 0; p < length / 4; p++)
        {
            for (var power = 1; power <= 3; power++)
            {
                var (sin, cos) = Math.SinCos(-2 * Math.PI * p * power / length);
                twiddles[6 * p + 2 * (power - 1)] = cos;
                twiddles[6 * p + 2 * (power - 1) + 1] = sin;
            }
        }

        return twiddles;
    }

    private static double[] MakeUnfoldTwiddles()
    {
        var twiddles = new double[2 * (Half / 2 + 1)];
        for (var k = 0; k <= Half / 2; k++)
        {
            (twiddles[2 * k + 1], twiddles[2 * k]) = Math.SinCos(-2 * Math.PI * k / Size);
        }

        return twiddles;
    }
}
