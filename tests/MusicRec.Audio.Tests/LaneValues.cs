using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MusicRec.Audio.Tests;

/// <summary>The single numbers of a vector.</summary>
internal static class LaneValues
{
    public static Span<double> Of<TLanes>(ref TLanes lanes)
        where TLanes : unmanaged, ILanes<TLanes> => MemoryMarshal.CreateSpan(ref Unsafe.As<TLanes, double>(ref lanes), TLanes.Count);

    public static TLanes Make<TLanes>(Func<int, double> valueOfLane)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        TLanes lanes = default;
        for (var lane = 0; lane < TLanes.Count; lane++)
        {
            Of(ref lanes)[lane] = valueOfLane(lane);
        }

        return lanes;
    }
}
