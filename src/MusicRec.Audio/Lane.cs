using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MusicRec.Audio;

/// <summary>What takes one instruction on x86 but several in the portable vector API; the same values elsewhere.</summary>
internal static class Lane
{
    private const float Ln2 = 0.693147181f;

    /// <summary>The same four values in double precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Widen(Vector128<float> values)
    {
        if (Avx.IsSupported)
        {
            return Avx.ConvertToVector256Double(values);
        }

        var (lower, upper) = Vector128.Widen(values);
        return Vector256.Create(lower, upper);
    }

    /// <summary>The four values rounded to single precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Narrow(Vector256<double> values) =>
        Avx.IsSupported ? Avx.ConvertToVector128Single(values) : Vector128.Narrow(values.GetLower(), values.GetUpper());

    /// <summary>c - a b, in one instruction and with one rounding where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> SubtractProduct(Vector256<double> c, Vector256<double> a, Vector256<double> b) =>
        Fma.IsSupported ? Fma.MultiplyAddNegated(a, b, c) : c - a * b;

    /// <summary>
    /// Logarithms to base 2 of normal numbers above 0, to 1e-7: x = 2^e m with m from 0.707 to 1.414, and with s = (m - 1) / (m + 1)
    /// log2 m = 2 (s + s³/3 + s⁵/5 + ...) / ln 2. The runtime's own looks after zero, infinity and the like as well and takes longer.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log2(Vector256<float> x)
    {
        const int RootOfHalf = 0x3F3504F3;
        const int MantissaBits = 23;
        var bits = x.AsInt32() - Vector256.Create(RootOfHalf);
        var exponent = Vector256.ShiftRightArithmetic(bits, MantissaBits);
        var m = (x.AsInt32() - Vector256.ShiftLeft(exponent, MantissaBits)).AsSingle();
        var s = (m - Vector256<float>.One) / (m + Vector256<float>.One);
        var square = s * s;
        var series = Vector256.MultiplyAddEstimate(square, Vector256.Create(2 / (9 * Ln2)), Vector256.Create(2 / (7 * Ln2)));
        series = Vector256.MultiplyAddEstimate(square, series, Vector256.Create(2 / (5 * Ln2)));
        series = Vector256.MultiplyAddEstimate(square, series, Vector256.Create(2 / (3 * Ln2)));
        series = Vector256.MultiplyAddEstimate(square, series, Vector256.Create(2 / Ln2));
        return Vector256.MultiplyAddEstimate(s, series, Vector256.ConvertToSingle(exponent));
    }
}
