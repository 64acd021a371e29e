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
/// restore point is made; then sound and models are laid beside what is there, and the database is replaced in one step. If the catalog
/// cannot be used afterwards, everything is put back.
/// </summary>
public sealed partial class Restorer(
    IDbContextFactory<CatalogContext> contexts, Backups backups, StorageFolder storage, AudioStore audio, LiveModel model, LiveIndex index, IndexRuns runs, IndexingSignal signal,
    ILogger<Restorer> logger)
{
    private const string LiveModelName = "models/live.";
    private const string CoverNames = "covers/";

    /// <summary>Restores a backup.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told how much is unpacked, or null.</param>
    /// <param name="cancellationToken">Stops; what was replaced is put back.</param>
    /// <param name="force">Whether the restored catalog stays although its model or index cannot be used.</param>
    /// <returns>Songs of the restored catalog.</returns>
    /// <exception cref="BackupException">The file cannot be restored; everything is as it was, if the message does not say otherwise.</exception>
    /// <exception cref="AudioStorageException">The bucket cannot be used; the catalog is as it was.</exception>
    public async Task<int> RestoreAsync(string path, IProgress<BackupProgress>? progress, CancellationToken cancellationToken, bool force = false)
    {
        using var turn = backups.TakeTurn();
        var folder = Path.Combine(storage.Incoming, $"restore-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        var isDone = true;
        try
        {
            var manifest = await UnpackAsync(path, folder, progress, cancellationToken);
            var database = Path.Combine(folder, BackupManifest.Database);
            await RestoredDatabase.PrepareAsync(database, cancellationToken);
            var point = await backups.CreateRestorePointAsync(cancellationToken);
            await PutInPlaceAsync(folder, manifest, point, force, cancellationToken);
            LogRestored(Path.GetFileName(path), manifest.Songs, manifest.MadeAt);
            return manifest.Songs;
        }
        catch (BackupException exception) when (exception.Problem == BackupProblem.NotPutBack)
        {
            // What was replaced lies there.
            isDone = false;
            throw;
        }
        catch (Exception exception) when (exception is not BackupException && StorageFullException.IsCauseOf(exception))
        {
            throw new BackupException(BackupProblem.NoRoom, "The disk of the storage folder or of the database has no room to restore the backup.", exception);
        }
        finally
        {
            if (isDone)
            {
                Directory.Delete(folder, recursive: true);
            }
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

    private async Task PutInPlaceAsync(string folder, BackupManifest manifest, string point, bool force, CancellationToken cancellationToken)
    {
        var database = Path.Combine(folder, BackupManifest.Database);
        var (undo, isReplaced) = (new RestoreUndo(audio, model, folder), false);
        var before = force ? new Standing(false, false) : await StandAsync(cancellationToken);
        try
        {
            await LayBesideAsync(folder, manifest, undo, cancellationToken);
            await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
            {
                await context.ReplaceByAsync(database, cancellationToken);
            }

            isReplaced = true;
            await AnnounceAsync(cancellationToken);
            await RequireAsync(before, cancellationToken);
        }
        catch (Exception exception)
        {
            File.Delete(database);
            await PutBackAsync(undo, isReplaced ? point : null, folder, Path.GetFileName(point));
            LogPutBack(exception);
            if (exception is OperationCanceledException or AudioStorageException or BackupException || StorageFullException.IsCauseOf(exception))
            {
                throw;
            }

            throw Unusable(exception.Message, exception);
        }
    }

    /// <summary>Whether model and index can be used: of the checks of <c>/health/ready</c> those that a backup can spoil.</summary>
    private async Task<Standing> StandAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await context.IndexVersions.AsNoTracking().OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken);
        return new Standing(model is { Classifier: not null, Problem: null }, last?.HasScaler());
    }

    /// <summary>What could be used before must be so afterwards.</summary>
    private async Task RequireAsync(Standing before, CancellationToken cancellationToken)
    {
        var now = await StandAsync(cancellationToken);
        if (before.HasModel && !now.HasModel)
        {
            throw Unusable($"its genre model cannot be used: {model.Problem}");
        }

        if (before.HasIndex == true && now.HasIndex == false)
        {
            throw Unusable("its index is damaged");
        }
    }

    private async Task PutBackAsync(RestoreUndo undo, string? point, string folder, string pointName)
    {
        try
        {
            if (point is not null)
            {
                await ReturnToAsync(point, Path.Combine(folder, "before.db"));
            }

            await undo.PutBackAsync();
        }
        catch (Exception exception)
        {
            throw new BackupException(
                BackupProblem.NotPutBack,
                $"The restore failed, and what was there could not be put back ({exception.Message}). Restore {pointName}, which was made before; sound and covers that were replaced are in {folder}.",
                exception);
        }
    }

    private async Task ReturnToAsync(string point, string database)
    {
        await using (var archive = await ZipFile.OpenReadAsync(point))
        {
            var manifest = await BackupArchive.ReadManifestAsync(archive, CancellationToken.None);
            var file = manifest.Files.Single(file => file.Name == BackupManifest.Database);
            await BackupArchive.ExtractAsync(archive, file, database, new ByteCounter(null, 0), CancellationToken.None);
        }

        await RestoredDatabase.PrepareAsync(database, CancellationToken.None);
        await using (var context = await contexts.CreateDbContextAsync(CancellationToken.None))
        {
            await context.ReplaceByAsync(database, CancellationToken.None);
        }

        await AnnounceAsync(CancellationToken.None);
    }

    /// <summary>
    /// Models have the same name only if they are the same, but for the live one. A song may have got another sound and cover since: those of
    /// the backup come in their place. Nothing is deleted.
    /// </summary>
    private async Task LayBesideAsync(string folder, BackupManifest manifest, RestoreUndo undo, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var file in manifest.Files.Where(file => file.Name != BackupManifest.Database && !file.Name.StartsWith(LiveModelName, StringComparison.Ordinal)))
        {
            var (source, target) = (Path.Combine(folder, file.Name), Path.Combine(storage.Root, file.Name));
            if (file.Name.StartsWith(AudioStore.Songs, StringComparison.Ordinal))
            {
                await LaySoundAsync(context, file, source, undo, cancellationToken);
            }
            else if (file.Name.StartsWith(CoverNames, StringComparison.Ordinal) || !File.Exists(target))
            {
                undo.Keep(target);
                File.Move(source, target);
            }
        }

        var (onnx, json) = (Path.Combine(folder, LiveModelName + "onnx"), Path.Combine(folder, LiveModelName + "json"));
        if (File.Exists(onnx))
        {
            model.Replace(File.ReadAllBytes(onnx), File.Exists(json) ? File.ReadAllBytes(json) : null);
        }
    }

    /// <summary>What is there already by the catalog of now is not sent again: a bucket may be far away.</summary>
    private async Task LaySoundAsync(CatalogContext context, BackupFile file, string source, RestoreUndo undo, CancellationToken cancellationToken)
    {
        var same = await context.Songs.Where(song => song.Sha256 == file.Sha256).Select(song => song.Id).ToListAsync(cancellationToken);
        if (same.Any(id => AudioStore.NameOf(id) == file.Name))
        {
            await audio.PutAsync(source, file.Name, cancellationToken);
        }
        else
        {
            await undo.KeepSoundAsync(file.Name, cancellationToken);
            await audio.ReplaceAsync(source, file.Name, cancellationToken);
        }
    }

    private async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await index.LoadLatestAsync(cancellationToken);

        // A backup of an earlier program: its songs are analysed anew, as at a start.
        await runs.ResumeAsync(cancellationToken);
        await signal.SetAsync(context, News.IndexChanged, cancellationToken);
        await signal.SetAsync(context, News.SongsQueued, cancellationToken);
    }

    private static BackupException Unusable(string why, Exception? cause = null) => new(
        BackupProblem.PutBack, $"The backup was not restored, for the catalog cannot be used with it ({why.TrimEnd('.')}). Everything was put back as it was before.", cause);

    [LoggerMessage(LogLevel.Warning, "The catalog was replaced by the backup {Backup} of {MadeAt} with {Songs} songs")]
    private partial void LogRestored(string backup, int songs, DateTimeOffset madeAt);

    [LoggerMessage(LogLevel.Error, "The restored catalog could not be used; everything was put back as it was before")]
    private partial void LogPutBack(Exception exception);

    /// <summary>What can be used; of the index null if there is none.</summary>
    private readonly record struct Standing(bool HasModel, bool? HasIndex);
}
