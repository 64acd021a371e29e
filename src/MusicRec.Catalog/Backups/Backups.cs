using System.Globalization;
using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Files;

namespace MusicRec.Catalog.Backups;

/// <summary>A backup in the storage folder.</summary>
/// <param name="Name">Name of the file in <c>backups/</c>.</param>
/// <param name="MadeAt">UTC.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="IsRestorePoint">Whether it was made by itself before a restore.</param>
public sealed record StoredBackup(string Name, DateTimeOffset MadeAt, long Bytes, bool IsRestorePoint);

/// <summary>Makes backups while the program runs: the database, the genre models, the covers and, if wanted, the sound of the songs.</summary>
public sealed class Backups(IDbContextFactory<CatalogContext> contexts, StorageFolder storage, AudioStore audio, TimeProvider time)
{
    private const string Ending = ".zip";
    private const string Ordinary = "musicrec-";
    private const string RestorePoint = "restore-point-";

    private static readonly EnumerationOptions Flat = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint };

    /// <summary>The backups of the storage folder, newest first.</summary>
    public IReadOnlyList<StoredBackup> List() =>
    [
        .. new DirectoryInfo(storage.Backups).EnumerateFiles("*" + Ending)
            .Where(file => FindPath(file.Name) is not null)
            .Select(file => new StoredBackup(file.Name, file.LastWriteTimeUtc, file.Length, file.Name.StartsWith(RestorePoint, StringComparison.Ordinal)))
            .OrderByDescending(backup => backup.MadeAt),
    ];

    /// <summary>Path of a backup of the storage folder; null if there is none of that name.</summary>
    public string? FindPath(string name) =>
        name == Path.GetFileName(name) && name.EndsWith(Ending, StringComparison.Ordinal)
        && (name.StartsWith(Ordinary, StringComparison.Ordinal) || name.StartsWith(RestorePoint, StringComparison.Ordinal))
        && Path.Combine(storage.Backups, name) is var path && File.Exists(path)
            ? path
            : null;

    /// <summary>Deletes a backup of the storage folder. Returns false if there is none of that name.</summary>
    public bool Delete(string name)
    {
        if (FindPath(name) is not { } path)
        {
            return false;
        }

        File.Delete(path);
        return true;
    }

    /// <summary>Makes a backup in the storage folder.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="BackupException">Another one is under way, or there is no room; nothing remains.</exception>
    /// <exception cref="AudioStorageException">The bucket cannot be used; nothing remains.</exception>
    public async Task<string> CreateAsync(bool withAudio, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        using var turn = TakeTurn();
        return await CreateAsync(Ordinary, withAudio, progress, cancellationToken);
    }

    /// <summary>Backups and restores of all processes come one after the other.</summary>
    internal IDisposable TakeTurn()
    {
        try
        {
            return new FileStream(Path.Combine(storage.Backups, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception) when (!StorageFullException.IsCauseOf(exception))
        {
            throw new BackupException(BackupProblem.Busy, "Another backup or restore is under way; wait for it to end.", exception);
        }
    }

    /// <summary>What a restore can be undone with.</summary>
    internal Task<string> CreateRestorePointAsync(CancellationToken cancellationToken) => CreateAsync(RestorePoint, false, null, cancellationToken);

    private async Task<string> CreateAsync(string kind, bool withAudio, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        var path = Path.Combine(storage.Backups, string.Create(CultureInfo.InvariantCulture, $"{kind}{time.GetUtcNow():yyyyMMdd-HHmmss}-{Guid.CreateVersion7():N}{Ending}"));
        var database = Path.Combine(storage.Incoming, $"backup-{Guid.NewGuid():N}.part");
        var part = path + ".part";
        try
        {
            await WriteAsync(part, database, withAudio, progress, cancellationToken);
            File.Move(part, path);
            return path;
        }
        catch (Exception exception) when (StorageFullException.IsCauseOf(exception))
        {
            throw new BackupException(BackupProblem.NoRoom, "The disk of the storage folder has no room for the backup.", exception);
        }
        finally
        {
            File.Delete(part);
            File.Delete(database);
        }
    }

    private async Task WriteAsync(string path, string database, bool withAudio, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        int songs;
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            await context.WriteCopyAsync(database, cancellationToken);
            songs = await context.Songs.CountAsync(cancellationToken);
        }

        // The database comes first: what it names was there then, or was deleted since.
        List<BackupSource> sources = [BackupSource.Of(BackupManifest.Database, new FileInfo(database)), .. FilesOf(storage.Models), .. FilesOf(storage.Covers)];
        if (withAudio)
        {
            await foreach (var sound in audio.ListAsync(AudioStore.Songs, cancellationToken).Where(sound => BackupManifest.Knows(sound.Name)))
            {
                sources.Add(new BackupSource(sound.Name, sound.Bytes, stop => audio.OpenAsync(sound.Name, stop)));
            }
        }

        var counter = new ByteCounter(progress, sources.Sum(source => source.Bytes));
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var files = new List<BackupFile>();
        await using (var archive = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, null, cancellationToken))
        {
            foreach (var source in sources)
            {
                if (await BackupArchive.AddAsync(archive, source, counter, cancellationToken) is { } added)
                {
                    files.Add(added);
                }
            }

            await using var manifest = await archive.CreateEntry(BackupManifest.Name).OpenAsync(cancellationToken);
            new BackupManifest(BackupManifest.CurrentFormat, time.GetUtcNow(), songs, withAudio, files).Write(manifest);
        }

        file.Flush(flushToDisk: true);
    }

    private static IEnumerable<BackupSource> FilesOf(string folder) => new DirectoryInfo(folder)
        .EnumerateFiles("*", Flat)
        .Where(file => !file.Name.EndsWith(".new", StringComparison.Ordinal) && !file.Name.EndsWith(".part", StringComparison.Ordinal))
        .Select(file => BackupSource.Of($"{Path.GetFileName(folder)}/{file.Name}", file));
}

/// <summary>Adds up the bytes of many files.</summary>
internal sealed class ByteCounter(IProgress<BackupProgress>? progress, long total) : IProgress<long>
{
    private long _done;

    public void Report(long value) => progress?.Report(new BackupProgress(_done += value, total));
}
