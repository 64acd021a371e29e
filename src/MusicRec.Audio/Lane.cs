using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MusicRec.Audio;

/// <summary>What takes one instruction on x86 but several in the portable vector API; the same values elsewhere.</summary>
internal static class Lane
{
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
}
