using System.Runtime.CompilerServices;

namespace MusicRec.Audio.Tests;

public sealed class AlignedArrayTests
{
    /// <summary>Many, as one may lie right by chance.</summary>
    [Fact]
    public void First_AnyElement_BeginsACacheLine()
    {
        for (var length = 1; length < 100; length++)
        {
            AssertAligned(new AlignedArray<float>(length));
            AssertAligned(new AlignedArray<FourLanes>(length));
            AssertAligned(new AlignedArray<EightLanes>(length));
        }
    }

    private static unsafe void AssertAligned<T>(AlignedArray<T> array)
        where T : unmanaged
    {
        Assert.Equal(0, (nint)Unsafe.AsPointer(ref array.First) % 64);
        array.Span[^1] = default;
        Assert.True(Unsafe.AreSame(ref array.Span[0], ref array.First));
    }
}
