using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using MusicRec.Catalog.Files;

namespace MusicRec.Catalog.Backups;

/// <summary>The archive of a backup: a ZIP file that says of every file inside what it must be.</summary>
internal static class BackupArchive
{
    private const int BlockBytes = 256 * 1024;
    private const long MostManifestBytes = 4L << 30;

    /// <summary>Adds a file to an archive being written.</summary>
    /// <returns>What was added; null if the file is gone.</returns>
    public static async Task<BackupFile?> AddAsync(ZipArchive archive, BackupSource source, IProgress<long> progress, CancellationToken cancellationToken)
    {
        await using var content = await source.OpenAsync(cancellationToken);
        if (content is null)
        {
            return null;
        }

        // Sound is packed already, or does not become much smaller for the time it takes.
        var level = source.Name == BackupManifest.Database ? CompressionLevel.Fastest : CompressionLevel.NoCompression;
        await using var target = await archive.CreateEntry(source.Name, level).OpenAsync(cancellationToken);
        var (bytes, sha256) = await CopyAsync(content, target, long.MaxValue, progress, cancellationToken);
        return new BackupFile(source.Name, bytes, sha256);
    }

    /// <summary>Reads the manifest of an archive.</summary>
    /// <exception cref="BackupException">There is none.</exception>
    public static async Task<BackupManifest> ReadManifestAsync(ZipArchive archive, CancellationToken cancellationToken)
    {
        if (archive.GetEntry(BackupManifest.Name) is not { Length: < MostManifestBytes } entry)
        {
            throw new BackupException(BackupProblem.NotABackup, "The file is no backup of this program: it has no manifest.");
        }

        await using var json = await entry.OpenAsync(cancellationToken);
        return BackupManifest.Read(json);
    }

    /// <summary>Unpacks one file and compares it with the manifest.</summary>
    /// <exception cref="BackupException">It is missing or not what was written.</exception>
    public static async Task ExtractAsync(ZipArchive archive, BackupFile file, string path, IProgress<long> progress, CancellationToken cancellationToken)
    {
        var entry = archive.GetEntry(file.Name) ?? throw Damaged(file);
        await using var source = await entry.OpenAsync(cancellationToken);
        await using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
        var (bytes, sha256) = await CopyAsync(source, target, file.Bytes, progress, cancellationToken);
        if (bytes != file.Bytes || sha256 != file.Sha256)
        {
            throw Damaged(file);
        }

        target.Flush(flushToDisk: true);
    }

    /// <summary>Copies up to one byte more than there should be: a small archive must not unpack into a large disk.</summary>
    private static async Task<(long Bytes, string Sha256)> CopyAsync(
        Stream source, Stream target, long most, IProgress<long> progress, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            long total = 0;
            while (total <= most && await source.ReadAsync(block.AsMemory(0, BlockBytes), cancellationToken) is > 0 and var length)
            {
                total += length;
                hash.AppendData(block, 0, length);
                await target.WriteAsync(block.AsMemory(0, length), cancellationToken);
                progress.Report(length);
            }

            return (total, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static BackupException Damaged(BackupFile file) =>
        new(BackupProblem.Damaged, $"The backup is damaged: {file.Name} in it is missing or not what was written.");
}

/// <summary>What goes into a backup.</summary>
/// <param name="Name">Its name in the archive.</param>
/// <param name="Bytes">Its length, as far as is known.</param>
/// <param name="OpenAsync">Opens it; null if it is gone.</param>
internal sealed record BackupSource(string Name, long Bytes, Func<CancellationToken, Task<Stream?>> OpenAsync)
{
    /// <summary>A file of the disk.</summary>
    public static BackupSource Of(string name, FileInfo file) =>
        new(name, file.Exists ? file.Length : 0, _ => Task.FromResult<Stream?>(FolderAudio.OpenFile(file.FullName)));
}
