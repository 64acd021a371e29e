using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MusicRec.Catalog.Database;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Models;
using MusicRec.Catalog.Similarity;

namespace MusicRec.Catalog.Backups;

/// <summary>
/// Puts a backup in the place of what is there, while the program runs. Everything is unpacked and checked first and a
/// restore point is made; then sound and models are laid beside what is there, and the database is replaced in one step.
/// </summary>
public sealed partial class Restorer(
    IDbContextFactory<CatalogContext> contexts, Backups backups, StorageFolder storage, LiveModel model, LiveIndex index, IndexingSignal signal,
    ILogger<Restorer> logger)
{
    private const string LiveModelName = "models/live.";

    /// <summary>Restores a backup.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told how much is unpacked, or null.</param>
    /// <param name="cancellationToken">Stops before anything was replaced.</param>
    /// <returns>Songs of the restored catalog.</returns>
    /// <exception cref="BackupException">The file cannot be restored; nothing was changed.</exception>
    public async Task<int> RestoreAsync(string path, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        using var turn = backups.TakeTurn();
        var folder = Path.Combine(storage.Incoming, $"restore-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        try
        {
            var manifest = await UnpackAsync(path, folder, progress, cancellationToken);
            var database = Path.Combine(folder, BackupManifest.Database);
            await RestoredDatabase.PrepareAsync(database, cancellationToken);
            await backups.CreateRestorePointAsync(cancellationToken);
            LayBeside(folder, manifest);
            await ReplaceAsync(database, cancellationToken);
            LogRestored(Path.GetFileName(path), manifest.Songs, manifest.MadeAt);
            return manifest.Songs;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<BackupManifest> UnpackAsync(string path, string folder, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            await using var archive = await ZipFile.OpenReadAsync(path, cancellationToken);
            var manifest = await BackupArchive.ReadManifestAsync(archive, cancellationToken);
            if (new DriveInfo(folder).AvailableFreeSpace < manifest.Bytes)
            {
                throw new BackupException(BackupProblem.NoRoom, "The disk of the storage folder has no room to unpack the backup.");
            }

            var counter = new ByteCounter(progress, manifest.Bytes);
            foreach (var file in manifest.Files)
            {
                var target = Path.Combine(folder, file.Name);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                await BackupArchive.ExtractAsync(archive, file, target, counter, cancellationToken);
            }

            return manifest;
        }
        catch (InvalidDataException exception)
        {
            throw new BackupException(BackupProblem.NotABackup, "The file is no backup of this program, or it is damaged.", exception);
        }
    }

    /// <summary>Files have the same name only if they are the same, but for the live model. Nothing is deleted.</summary>
    private void LayBeside(string folder, BackupManifest manifest)
    {
        foreach (var file in manifest.Files.Where(file => file.Name != BackupManifest.Database && !file.Name.StartsWith(LiveModelName, StringComparison.Ordinal)))
        {
            var target = Path.Combine(storage.Root, file.Name);
            if (!File.Exists(target))
            {
                File.Move(Path.Combine(folder, file.Name), target);
            }
        }

        var (onnx, json) = (Path.Combine(folder, LiveModelName + "onnx"), Path.Combine(folder, LiveModelName + "json"));
        if (File.Exists(onnx))
        {
            model.Replace(File.ReadAllBytes(onnx), File.Exists(json) ? File.ReadAllBytes(json) : null);
        }
    }

    private async Task ReplaceAsync(string database, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.ReplaceByAsync(database, cancellationToken);
        await index.LoadLatestAsync(cancellationToken);
        await signal.SetAsync(context, News.IndexChanged, cancellationToken);
        await signal.SetAsync(context, News.SongsQueued, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "The catalog was replaced by the backup {Backup} of {MadeAt} with {Songs} songs")]
    private partial void LogRestored(string backup, int songs, DateTimeOffset madeAt);
}
