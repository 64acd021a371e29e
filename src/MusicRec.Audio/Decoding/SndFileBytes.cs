using System.Buffers;
using System.Runtime.InteropServices;

namespace MusicRec.Audio.Decoding;

/// <summary>
/// The bytes of a file as libsndfile asks for them. No exception may pass through its code: the first is kept, the library is
/// told that the file ends, and the exception is thrown when the call is back.
/// </summary>
internal sealed unsafe class SndFileBytes : IDisposable
{
    private const int BlockBytes = 64 * 1024;
    private const int FromCurrent = 1, FromEnd = 2;

    private readonly Stream _stream;
    private readonly long _start;
    private readonly long _length;
    private readonly byte[] _block = ArrayPool<byte>.Shared.Rent(BlockBytes);
    private long _blockStart;
    private int _blockLength;
    private long _position;
    private Exception? _failure;

    /// <param name="stream">Seekable; the file begins at its position.</param>
    public SndFileBytes(Stream stream)
    {
        _stream = stream;
        _start = stream.Position;
        _length = stream.Length - _start;
    }

    /// <summary>Throws what went wrong while the library asked for bytes.</summary>
    /// <exception cref="IOException">The stream could not be read.</exception>
    public void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            throw new IOException("The audio file could not be read.", _failure);
        }
    }

    /// <summary>To be called once, when the library has closed the file.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_block);

    [UnmanagedCallersOnly]
    internal static long GetLength(nint handle) => Of(handle)._length;

    [UnmanagedCallersOnly]
    internal static long Tell(nint handle) => Of(handle)._position;

    [UnmanagedCallersOnly]
    internal static long Write(byte* source, long count, nint handle) => 0;

    [UnmanagedCallersOnly]
    internal static long Seek(long offset, int origin, nint handle)
    {
        var file = Of(handle);
        var target = unchecked(offset + origin switch
        {
            FromCurrent => file._position,
            FromEnd => file._length,
            _ => 0,
        });
        if (target < 0)
        {
            return -1;
        }

        return file._position = target;
    }

    [UnmanagedCallersOnly]
    internal static long Read(byte* target, long count, nint handle)
    {
        var file = Of(handle);
        try
        {
            return file._failure is null && count > 0 ? file.Read(new Span<byte>(target, (int)Math.Min(count, int.MaxValue))) : 0;
        }
        catch (Exception exception)
        {
            file._failure = exception;
            return 0;
        }
    }

    private int Read(Span<byte> target)
    {
        var done = 0;
        while (done < target.Length && _position < _length)
        {
            var offset = _position - _blockStart;
            if (offset < 0 || offset >= _blockLength)
            {
                Fill();
                if (_blockLength == 0)
                {
                    break;
                }

                continue;
            }

            var part = _block.AsSpan((int)offset, (int)Math.Min(_blockLength - offset, target.Length - done));
            part.CopyTo(target[done..]);
            done += part.Length;
            _position += part.Length;
        }

        return done;
    }

    private void Fill()
    {
        _stream.Position = _start + _position;
        _blockStart = _position;
        _blockLength = _stream.ReadAtLeast(_block.AsSpan(0, BlockBytes), BlockBytes, throwOnEndOfStream: false);
    }

    private static SndFileBytes Of(nint handle) => (SndFileBytes)GCHandle.FromIntPtr(handle).Target!;
}
