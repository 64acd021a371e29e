namespace MusicRec.Catalog.Files.S3;

/// <summary>A sound in a bucket that can be read from anywhere: its first bytes are in memory, the rest is asked for from where it is read and comes as it is read.</summary>
/// <param name="first">The first bytes.</param>
/// <param name="length">Bytes of the whole sound.</param>
/// <param name="openAt">Asks for the sound from a position to its end.</param>
internal sealed class S3AudioStream(byte[] first, long length, Func<long, CancellationToken, Task<Stream>> openAt) : Stream
{
    private Stream? _rest;
    private long _restPosition;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = Position < first.Length ? ReadFirst(buffer.Span) : Position < length ? await ReadRestAsync(buffer, cancellationToken) : 0;
        Position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Only what tells a file's format reads so, and of few files more than the first bytes.</summary>
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Current => Position,
        SeekOrigin.End => length,
        _ => 0,
    };

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rest?.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadFirst(Span<byte> buffer)
    {
        var some = first.AsSpan((int)Position);
        some = some[..Math.Min(some.Length, buffer.Length)];
        some.CopyTo(buffer);
        return some.Length;
    }

    private async Task<int> ReadRestAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_rest is null || _restPosition != Position)
        {
            if (_rest is not null)
            {
                await _rest.DisposeAsync();
                _rest = null;
            }

            _rest = await openAt(Position, cancellationToken);
            _restPosition = Position;
        }

        var read = await _rest.ReadAsync(buffer, cancellationToken);
        _restPosition += read;
        return read;
    }
}
