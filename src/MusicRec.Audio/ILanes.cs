using System.Numerics;

namespace MusicRec.Audio;

/// <summary>
/// Double-precision numbers side by side in one register, one of each signal that is worked on at once: all arithmetic is vertical, and each
/// lane has the same value in four lanes as in eight. Implemented by structs, so that the compiler makes a kernel for each width.
/// </summary>
internal interface ILanes<TSelf> : IAdditionOperators<TSelf, TSelf, TSelf>, ISubtractionOperators<TSelf, TSelf, TSelf>, IMultiplyOperators<TSelf, TSelf, TSelf>
    where TSelf : unmanaged, ILanes<TSelf>
{
    /// <summary>How many numbers.</summary>
    static abstract int Count { get; }

    /// <summary>The same number in every lane.</summary>
    static abstract TSelf Broadcast(double value);

    /// <summary>Neighbouring values.</summary>
    static abstract TSelf Load(ref float first);

    /// <summary>Values that lie so far apart.</summary>
    static abstract TSelf Gather(ref float first, int distance);

    /// <summary>a b + c, with one rounding where the processor has an instruction for it.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>c - a b, with one rounding where the processor has an instruction for it.</summary>
    static abstract TSelf SubtractProduct(TSelf c, TSelf a, TSelf b);

    /// <summary>The sum of all lanes.</summary>
    double Sum();

    /// <summary>Writes the numbers in single precision, one beside the other.</summary>
    void Store(ref float first);

    /// <summary>Writes the numbers in single precision, so far apart.</summary>
    void Scatter(ref float first, int distance);
}
