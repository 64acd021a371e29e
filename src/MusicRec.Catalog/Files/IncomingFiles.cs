using System.Buffers;
using System.Security.Cryptography;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Catalog.Files;

/// <summary>Files from outside on their way in, on disk.</summary>
public sealed class IncomingFiles(StorageFolder storage, TimeProvider time)
{
    private const int BlockBytes = 256 * 1024;

    private const long BytesBetweenLooks = 16L << 20;

    // A file still on its way in after this long belongs to a process that is gone.
    private static readonly TimeSpan StaleAfter = TimeSpan.FromHours(6);

    /// <summary>Streams a file to disk, counting and hashing on the way.</summary>
    /// <exception cref="FileTooLargeException">More bytes than allowed; nothing remains.</exception>
    /// <exception cref="StorageFullException">The disk is nearly full; nothing remains.</exception>
    internal async Task<IncomingFile> ReceiveAsync(Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var path = Path.Combine(storage.Incoming, $"{Guid.NewGuid():N}.part");
        try
        {
            return new IncomingFile(path, await CopyAsync(content, path, maxBytes, cancellationToken));
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Deletes what processes that are gone left on its way in.</summary>
    internal void DeleteStaleIncoming()
    {
        var limit = time.GetUtcNow().UtcDateTime - StaleAfter;
        foreach (var file in Directory.EnumerateFiles(storage.Incoming).Where(file => File.GetLastWriteTimeUtc(file) < limit))
        {
            File.Delete(file);
        }
    }

    private void RequireRoom()
    {
        if (!storage.HasRoom())
        {
            throw new StorageFullException();
        }
    }

    private async Task<string> CopyAsync(Stream content, string path, long maxBytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            for (long total = 0, look = 0; ;)
            {
                if (total >= look)
                {
                    RequireRoom();
                    look = total + BytesBetweenLooks;
                }

                var length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
                if (length == 0)
                {
                    return Convert.ToHexStringLower(hash.GetHashAndReset());
                }

                total += length;
                if (total > maxBytes)
                {
                    throw new FileTooLargeException(maxBytes);
                }

                hash.AppendData(buffer, 0, length);
                await file.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

/// <summary>A file that was received but has no place yet; deleted when disposed unless it was moved.</summary>
internal sealed class IncomingFile(string path, string sha256) : IDisposable
{
    /// <summary>Where it is as long as it has no place.</summary>
    public string Path => path;

    /// <summary>SHA-256 of the bytes, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 => sha256;

    public FileStream OpenRead() => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1);

    public void Dispose() => File.Delete(path);
}
