using MusicRec.Catalog.Uploads;

namespace MusicRec.Web.Uploads;

/// <summary>
/// The bytes of one part. Says whose fault it is where the body ends early or is too long: the multipart reader's
/// <see cref="IOException"/> would look like a failure of our own disk.
/// </summary>
internal sealed class UploadedContent(Stream body, long maxBytes) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The sender's fault behind an exception of the multipart reader, or null.</summary>
    public static Exception? Fault(Exception exception, long maxBytes) => exception switch
    {
        // The server's limit of the whole request, which is that of the file and a little more.
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new FileTooLargeException(maxBytes),
        BadHttpRequestException => null,
        InvalidDataException or IOException => new UploadFormException(UploadFormProblem.Malformed, exception),
        _ => null,
    };

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (Fault(exception, maxBytes) is { } fault)
        {
            throw fault;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A request's body is read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
