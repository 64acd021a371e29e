namespace MusicRec.Catalog.Files;

/// <summary>A stored sound.</summary>
/// <param name="Name">Its name in the store.</param>
/// <param name="Place">Where a person finds it: its full path, or its address in the bucket.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="WrittenAt">When it got its place.</param>
public sealed record StoredAudio(string Name, string Place, long Bytes, DateTimeOffset WrittenAt);

/// <summary>
/// Where the sound of songs and uploads lies: the storage folder, or a bucket of S3-compatible storage. Names are made by the program, from a song's id
/// or an upload's hash, and are the same in both. A sound is there whole or not at all.
/// </summary>
public abstract class AudioStore
{
    /// <summary>What names of catalog songs begin with.</summary>
    internal const string Songs = "songs/";

    /// <summary>What names of uploads begin with.</summary>
    internal const string Uploads = "uploads/";

    private const string Ending = ".wav";
    private const int HashLength = 64;

    /// <summary>The bucket, or null if the sound lies in the storage folder.</summary>
    public virtual string? Bucket => null;

    /// <summary>The name of a catalog song's sound.</summary>
    internal static string NameOf(Guid songId) => $"{Songs}{songId:N}{Ending}";

    /// <summary>The name of an upload's sound.</summary>
    internal static string NameOf(string sha256) => $"{Uploads}{sha256}{Ending}";

    /// <summary>The hash in the name of an upload's sound; null if it is not such a name.</summary>
    internal static string? HashOf(string name) =>
        name.Length == Uploads.Length + HashLength + Ending.Length && name[Uploads.Length..^Ending.Length] is var hash && NameOf(hash) == name && hash.All(char.IsAsciiHexDigitLower)
            ? hash
            : null;

    /// <summary>Whether the store can be used.</summary>
    /// <exception cref="AudioStorageException">It cannot; the message says why.</exception>
    public abstract Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Does what takes long of <see cref="PutAsync"/>, before anything is locked for it.</summary>
    internal virtual Task SendAheadAsync(string path, string name, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Gives a file of the storage folder's disk its place, from which it may be moved; a sound of that name has the same bytes.</summary>
    internal abstract Task PutAsync(string path, string name, CancellationToken cancellationToken);

    /// <summary>Gives a file its place instead of the sound that is there; called again, it changes nothing.</summary>
    internal abstract Task ReplaceAsync(string path, string name, CancellationToken cancellationToken);

    /// <summary>Opens a sound to be played or copied: seekable, read as far as it is asked for; null if it is missing.</summary>
    internal abstract Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken);

    /// <summary>Opens a sound to be decoded: a file on a disk of this machine, for decoders go back and forth; null if it is missing.</summary>
    internal abstract Task<FileStream?> OpenForDecodingAsync(string name, CancellationToken cancellationToken);

    /// <summary>Whether there is a sound of that name.</summary>
    internal abstract Task<bool> ExistsAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes a sound if it is there.</summary>
    internal abstract Task DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>All sounds whose names begin with <see cref="Songs"/> or <see cref="Uploads"/>.</summary>
    internal abstract IAsyncEnumerable<StoredAudio> ListAsync(string beginning, CancellationToken cancellationToken);
}
