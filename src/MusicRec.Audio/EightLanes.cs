using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MusicRec.Audio;

/// <summary>Eight numbers in 512 bits: faster than <see cref="FourLanes"/> where <see cref="AreFast"/>, right everywhere.</summary>
internal readonly struct EightLanes(Vector512<double> value) : ILanes<EightLanes>
{
    private readonly Vector512<double> _value = value;

    /// <summary>Whether this processor computes 512 bits at once, without slowing down for it.</summary>
    public static bool AreFast => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    public static int Count => Vector512<double>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes operator +(EightLanes left, EightLanes right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes operator -(EightLanes left, EightLanes right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes operator *(EightLanes left, EightLanes right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes Broadcast(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes Load(ref float first) => new(Widen(Vector256.LoadUnsafe(ref first)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes Gather(ref float first, int distance) => new(Widen(Vector256.Create(
        first, Unsafe.Add(ref first, distance), Unsafe.Add(ref first, 2 * distance), Unsafe.Add(ref first, 3 * distance),
        Unsafe.Add(ref first, 4 * distance), Unsafe.Add(ref first, 5 * distance), Unsafe.Add(ref first, 6 * distance), Unsafe.Add(ref first, 7 * distance))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes MultiplyAdd(EightLanes a, EightLanes b, EightLanes c) => new(Vector512.MultiplyAddEstimate(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes SubtractProduct(EightLanes c, EightLanes a, EightLanes b) => new(Avx512F.IsSupported
        ? Avx512F.FusedMultiplyAddNegated(a._value, b._value, c._value)
        : Vector512.Create(
            Lane.SubtractProduct(c._value.GetLower(), a._value.GetLower(), b._value.GetLower()),
            Lane.SubtractProduct(c._value.GetUpper(), a._value.GetUpper(), b._value.GetUpper())));

    public double Sum() => Vector512.Sum(_value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float first) => Narrow().StoreUnsafe(ref first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Scatter(ref float first, int distance)
    {
        var values = Narrow();
        first = values[0];
        Unsafe.Add(ref first, distance) = values[1];
        Unsafe.Add(ref first, 2 * distance) = values[2];
        Unsafe.Add(ref first, 3 * distance) = values[3];
        Unsafe.Add(ref first, 4 * distance) = values[4];
        Unsafe.Add(ref first, 5 * distance) = values[5];
        Unsafe.Add(ref first, 6 * distance) = values[6];
        Unsafe.Add(ref first, 7 * distance) = values[7];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Widen(Vector256<float> values) => Avx512F.IsSupported
        ? Avx512F.ConvertToVector512Double(values)
        : Vector512.Create(Lane.Widen(values.GetLower()), Lane.Widen(values.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Narrow() => Avx512F.IsSupported
        ? Avx512F.ConvertToVector256Single(_value)
        : Vector256.Create(Lane.Narrow(_value.GetLower()), Lane.Narrow(_value.GetUpper()));
}
