using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MusicRec.Catalog;

/// <summary>CRC-32C of stored numbers: finds what a failing disk changed, such as any one bit.</summary>
internal static class Checksum
{
    /// <summary>Bytes of a checksum.</summary>
    public const int Length = sizeof(uint);

    /// <summary>One instruction of the processor for each number of eight bytes; compiled for speed at once, as a start asks it of every song.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Of(ReadOnlySpan<byte> numbers)
    {
        var crc = uint.MaxValue;
        foreach (var number in MemoryMarshal.Cast<byte, ulong>(numbers))
        {
            crc = BitOperations.Crc32C(crc, number);
        }

        return ~crc;
    }
}
