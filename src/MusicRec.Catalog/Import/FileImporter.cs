using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MusicRec.Audio.Decoding;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Catalog.Import;

/// <summary>What became of one file of the server.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="Outcome">New, known, changed or refused.</param>
/// <param name="SongId">The new or the known song; null when refused.</param>
/// <param name="Refusal">Why, when refused.</param>
public sealed record FileImport(string Path, ImportOutcome Outcome, Guid? SongId, Exception? Refusal = null);

/// <summary>Imports files of the server's own disk. What was imported and did not change since is not even read again.</summary>
public sealed class FileImporter(IDbContextFactory<CatalogContext> contexts, SongImporter importer, IOptions<UploadOptions> options)
{
    private const int FilesAtOnce = 500;

    /// <summary>Imports files one after the other. A refused file does not stop the run.</summary>
    /// <param name="paths">Full paths.</param>
    /// <param name="labelOf">Gives the genre of a file, or null.</param>
    /// <param name="report">Told of each file when it is done, in order.</param>
    /// <param name="cancellationToken">Stops after the file in hand; nothing half-written remains.</param>
    /// <exception cref="StorageFullException">The disk is nearly full.</exception>
    /// <exception cref="AudioStorageException">The bucket cannot be used.</exception>
    public async Task ImportAsync(
        IEnumerable<string> paths, Func<string, string?> labelOf, Action<FileImport> report, CancellationToken cancellationToken)
    {
        foreach (var some in paths.Chunk(FilesAtOnce))
        {
            var remembered = await RecallAsync(some, cancellationToken);
            foreach (var path in some)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var file = await ImportAsync(path, labelOf(path), remembered.GetValueOrDefault(ImportedFile.HashOf(path)), cancellationToken);
                if (file.Outcome == ImportOutcome.Changed)
                {
                    ForgetCopies(remembered, file.SongId!.Value);
                }

                report(file);
            }
        }
    }

    private async Task<Dictionary<string, ImportedFile>> RecallAsync(string[] paths, CancellationToken cancellationToken)
    {
        var hashes = paths.Select(ImportedFile.HashOf).ToList();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ImportedFiles.AsNoTracking()
            .Where(file => hashes.Contains(file.PathHash))
            .ToDictionaryAsync(file => file.PathHash, cancellationToken);
    }

    /// <summary>The song has other bytes now: files of the earlier ones are read again, as if they were new.</summary>
    private static void ForgetCopies(Dictionary<string, ImportedFile> remembered, Guid songId)
    {
        foreach (var copy in remembered.Values.Where(file => file.SongId == songId).ToList())
        {
            remembered.Remove(copy.PathHash);
        }
    }

    private async Task<FileImport> ImportAsync(string path, string? label, ImportedFile? remembered, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileInfo(path);
            return remembered?.IsLike(file) == true
                ? new FileImport(path, ImportOutcome.AlreadyThere, remembered.SongId)
                : await ReadAsync(file, label, remembered?.SongId, cancellationToken);
        }
        catch (Exception exception) when (exception is AudioFormatException or FileTooLargeException or IOException
            or UnauthorizedAccessException)
        {
            return new FileImport(path, ImportOutcome.Refused, null, exception);
        }
    }

    private async Task<FileImport> ReadAsync(FileInfo file, string? label, Guid? earlier, CancellationToken cancellationToken)
    {
        // As the file is now: if somebody writes to it meanwhile, the next import sees another time and reads it again.
        var (size, modifiedAt) = (file.Length, ImportedFile.ModifiedOf(file));
        RequireContent(file);
        await using var content = file.OpenRead();

        // What cannot be taken is not copied first.
        if (size > options.Value.MaxBytes)
        {
            throw new FileTooLargeException(options.Value.MaxBytes);
        }

        AudioDecoder.ReadInfo(content, cancellationToken);
        content.Position = 0;
        var result = await importer.ImportAsync(content, file.Name, label, options.Value.MaxBytes, cancellationToken, earlier);
        if (result.Song is { } song)
        {
            await RememberAsync(file.FullName, size, modifiedAt, song.Id, cancellationToken);
        }

        return new FileImport(file.FullName, result.Outcome, result.Song?.Id, result.Refusal);
    }

    /// <summary>Opening a pipe waits for somebody who writes into it; like devices it has no length. Links may have come since the folder was listed.</summary>
    private static void RequireContent(FileInfo file)
    {
        if (file.Length == 0)
        {
            throw new InvalidAudioException(AudioProblem.EmptyFile, "The file is empty.");
        }

        if (file.Attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            throw new IOException("The file is a link, and links are not followed.");
        }
    }

    private async Task RememberAsync(string path, long size, DateTimeOffset modifiedAt, Guid songId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var file = await context.ImportedFiles.FindAsync([ImportedFile.HashOf(path)], cancellationToken);
        file ??= context.ImportedFiles.Add(new ImportedFile(path)).Entity;
        file.Remember(size, modifiedAt, songId);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another process imports the same folder, or the song was just deleted: the file is read once more next time.
        }
    }
}
