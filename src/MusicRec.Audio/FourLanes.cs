using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MusicRec.Audio;

/// <summary>Four numbers in 256 bits.</summary>
internal readonly struct FourLanes(Vector256<double> value) : ILanes<FourLanes>
{
    private readonly Vector256<double> _value = value;

    public static int Count => Vector256<double>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator +(FourLanes left, FourLanes right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator -(FourLanes left, FourLanes right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator *(FourLanes left, FourLanes right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Broadcast(double value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Load(ref float first) => new(Lane.Widen(Vector128.LoadUnsafe(ref first)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Gather(ref float first, int distance) => new(Lane.Widen(Vector128.Create(
        first, Unsafe.Add(ref first, distance), Unsafe.Add(ref first, 2 * distance), Unsafe.Add(ref first, 3 * distance))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes MultiplyAdd(FourLanes a, FourLanes b, FourLanes c) => new(Vector256.MultiplyAddEstimate(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes SubtractProduct(FourLanes c, FourLanes a, FourLanes b) => new(Lane.SubtractProduct(c._value, a._value, b._value));

    public double Sum() => Vector256.Sum(_value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float first) => Lane.Narrow(_value).StoreUnsafe(ref first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Scatter(ref float first, int distance)
    {
        var values = Lane.Narrow(_value);
        first = values[0];
        Unsafe.Add(ref first, distance) = values[1];
        Unsafe.Add(ref first, 2 * distance) = values[2];
        Unsafe.Add(ref first, 3 * distance) = values[3];
    }
}
