using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MusicRec.Audio;

/// <summary>
/// Zeroed memory that begins at a multiple of 64 bytes, the length of a cache line. Elsewhere every second vector would
/// lie across two lines, and each access to it would cost double.
/// </summary>
internal sealed class AlignedArray<T>
    where T : unmanaged
{
    private const int LineBytes = 64;

    // Pinned: what does not move stays aligned. Bytes, as vectors are longer than what an array of them is aligned to.
    private readonly byte[] _bytes;
    private readonly int _first;

    public unsafe AlignedArray(int length)
    {
        Length = length;
        _bytes = GC.AllocateArray<byte>(checked(length * sizeof(T) + LineBytes), pinned: true);
        var address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_bytes));
        _first = (int)((LineBytes - address % LineBytes) % LineBytes);
    }

    public int Length { get; }

    public Span<T> Span => MemoryMarshal.CreateSpan(ref First, Length);

    /// <summary>The first element, for kernels that count for themselves.</summary>
    public ref T First => ref Unsafe.As<byte, T>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), _first));
}
