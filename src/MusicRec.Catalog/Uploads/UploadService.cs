namespace MusicRec.Catalog.Uploads;

/// <summary>A visitor's song from the first byte to the stored result.</summary>
public sealed class UploadService
{
    /// <summary>
    /// Streams the file to disk under its hash, analyses it, asks the model and stores the result. Bytes that were
    /// analysed before, as an upload or in the catalog, are not decoded again.
    /// </summary>
    /// <exception cref="Audio.Decoding.AudioFormatException">Not a readable song; nothing is stored.</exception>
    /// <exception cref="FileTooLargeException">More bytes than <c>Upload:MaxBytes</c>; nothing is stored.</exception>
    /// <exception cref="AnalysisBusyException">Too many songs at once; the visitor may try again.</exception>
    public Task<Upload> CreateAsync(Stream content, string fileName, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>An upload that has not expired, or null.</summary>
    public Task<Upload?> FindAsync(Guid id, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The stored audio of an upload for reading, seekable; null if it is gone.</summary>
    public Stream? OpenAudio(Upload upload) => throw new NotImplementedException();
}

/// <summary>A file has more bytes than allowed.</summary>
public sealed class FileTooLargeException(long maxBytes) : Exception($"The file is larger than {maxBytes} bytes.")
{
    /// <summary>Most bytes allowed.</summary>
    public long MaxBytes => maxBytes;
}

/// <summary>As many songs as the machine can handle are being analysed or waiting already.</summary>
public sealed class AnalysisBusyException(TimeSpan retryAfter) : Exception("Too many songs are being analysed; try again shortly.")
{
    /// <summary>When to try again.</summary>
    public TimeSpan RetryAfter => retryAfter;
}
