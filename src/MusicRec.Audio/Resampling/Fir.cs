using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MusicRec.Audio.Resampling;

/// <summary>Finite impulse response filters over contiguous samples.</summary>
internal static class Fir
{
    /// <summary>Outputs computed together: four vectors share each tap.</summary>
    private static readonly int Width = 4 * Vector<float>.Count;

    /// <summary>y[m] = Σ_k taps[k] x[m + k] for every m of <paramref name="y"/>.</summary>
    /// <param name="x">y.Length + taps.Length - 1 samples at least.</param>
    /// <param name="taps">The filter, in the order of the samples (reversed impulse response).</param>
    /// <param name="y">Receives the result.</param>
    public static void Apply(ReadOnlySpan<float> x, ReadOnlySpan<float> taps, Span<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Length, y.Length + taps.Length - 1, nameof(x));
        var m = 0;
        for (; m <= y.Length - Width; m += Width)
        {
            ApplyWide(ref Unsafe.Add(ref MemoryMarshal.GetReference(x), m), taps, ref Unsafe.Add(ref MemoryMarshal.GetReference(y), m));
        }

        for (; m < y.Length; m++)
        {
            y[m] = Dot(x[m..], taps);
        }
    }

    /// <summary>Σ_k taps[k] x[k].</summary>
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> taps)
    {
        var sums = Vector<float>.Zero;
        var k = 0;
        for (; k <= taps.Length - Vector<float>.Count; k += Vector<float>.Count)
        {
            sums = Vector.MultiplyAddEstimate(new Vector<float>(x[k..]), new Vector<float>(taps[k..]), sums);
        }

        var sum = Vector.Sum(sums);
        for (; k < taps.Length; k++)
        {
            sum += x[k] * taps[k];
        }

        return sum;
    }

    private static void ApplyWide(ref float x, ReadOnlySpan<float> taps, ref float y)
    {
        var lanes = Vector<float>.Count;
        Vector<float> y0 = default, y1 = default, y2 = default, y3 = default;
        for (var k = 0; k < taps.Length; k++)
        {
            var tap = new Vector<float>(taps[k]);
            ref var at = ref Unsafe.Add(ref x, k);
            y0 = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref at), tap, y0);
            y1 = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref at, (nuint)lanes), tap, y1);
            y2 = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref at, (nuint)(2 * lanes)), tap, y2);
            y3 = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref at, (nuint)(3 * lanes)), tap, y3);
        }

        y0.StoreUnsafe(ref y);
        y1.StoreUnsafe(ref y, (nuint)lanes);
        y2.StoreUnsafe(ref y, (nuint)(2 * lanes));
        y3.StoreUnsafe(ref y, (nuint)(3 * lanes));
    }
}
