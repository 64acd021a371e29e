using Amazon.S3.Model;

namespace MusicRec.Catalog.Files.S3;

/// <summary>The bytes of an answer as they come: what is cut off, or does not go on, is an error and no end.</summary>
internal sealed class S3Content(GetObjectResponse response, S3Settings settings, TimeProvider time) : Stream
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private long _position;

    /// <summary>Length of the whole sound, of which the answer may be a part.</summary>
    public long WholeLength { get; } =
        response.ContentRange is { } range && long.TryParse(range.AsSpan(range.LastIndexOf('/') + 1), out var length) ? length : response.ContentLength;

    /// <summary>Names the bytes: if they are replaced, the name is another.</summary>
    public string ETag => response.ETag;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => response.ContentLength;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            var read = await response.ResponseStream.ReadAsync(buffer, stop.Token);
            _position += read;
            return read > 0 || buffer.IsEmpty || _position == Length ? read : throw new EndOfStreamException("The answer was cut off.");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && S3Problem.Explain(exception, settings) is { } problem)
        {
            throw problem;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            response.Dispose();
        }

        base.Dispose(disposing);
    }
}
