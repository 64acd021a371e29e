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

    // Pinned: what does not move stays aligned.
    private readonly T[] _array;
    private readonly int _first;

    public unsafe AlignedArray(int length)
    {
        Length = length;
        _array = GC.AllocateArray<T>(length + LineBytes / sizeof(T), pinned: true);
        var address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array));
        _first = (int)((LineBytes - address % LineBytes) % LineBytes / sizeof(T));
    }

    public int Length { get; }

    public Span<T> Span => _array.AsSpan(_first, Length);

    /// <summary>The first element, for kernels that count for themselves.</summary>
    public ref T First => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _first);
}
