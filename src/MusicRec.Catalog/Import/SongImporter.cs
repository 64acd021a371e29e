using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MusicRec.Audio.Decoding;
using MusicRec.Catalog.Database;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Songs;
using MusicRec.Catalog.Tags;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Catalog.Import;

/// <summary>What became of one file.</summary>
public enum ImportOutcome
{
    /// <summary>New; queued for indexing.</summary>
    Added,

    /// <summary>The same bytes are in the catalog already; nothing changed.</summary>
    AlreadyThere,

    /// <summary>The file of a song of the catalog has other bytes now: the song has them, too, and is queued for indexing.</summary>
    Changed,

    /// <summary>Not a readable song; nothing stored.</summary>
    Refused,
}

/// <summary>What became of one file.</summary>
/// <param name="Outcome">New, known, changed or refused.</param>
/// <param name="Song">The new or the known song; null when refused.</param>
/// <param name="Refusal">Why, when refused.</param>
public sealed record ImportResult(ImportOutcome Outcome, Song? Song, AudioFormatException? Refusal = null);

/// <summary>
/// Brings files into the catalog: stored under the song's id, named by their tags or from <c>artist_title.wav</c>, queued for
/// indexing.
/// </summary>
public sealed class SongImporter(
    IDbContextFactory<CatalogContext> contexts, IncomingFiles files, AudioStore audio, CoverFiles covers, IndexingSignal signal, IOptions<UploadOptions> options,
    TimeProvider time)
{
    /// <summary>Imports one file. The header is checked at once, the samples when the song is indexed.</summary>
    /// <param name="content">The bytes of the file.</param>
    /// <param name="fileName">The name to take artist and title from where the tags say nothing.</param>
    /// <param name="label">Genre given by a person, or null.</param>
    /// <param name="cancellationToken">Stops the copy; nothing half-written remains.</param>
    /// <exception cref="FileTooLargeException">More bytes than <c>Upload:MaxBytes</c>.</exception>
    /// <exception cref="StorageFullException">The disk is full, or nearly; nothing remains.</exception>
    /// <exception cref="AudioStorageException">The bucket cannot be used; nothing is in the catalog.</exception>
    public Task<ImportResult> ImportAsync(Stream content, string fileName, string? label, CancellationToken cancellationToken) =>
        ImportAsync(content, fileName, label, options.Value.MaxBytes, cancellationToken);

    /// <summary>As the other, with a limit of the caller's (the program's own songs are no upload), or with the song whose file it was.</summary>
    internal async Task<ImportResult> ImportAsync(
        Stream content, string fileName, string? label, long maxBytes, CancellationToken cancellationToken, Guid? earlier = null)
    {
        try
        {
            return await TakeAsync(content, fileName, label, maxBytes, earlier, cancellationToken);
        }
        catch (Exception exception) when (StorageFullException.IsCauseOf(exception))
        {
            throw new StorageFullException(exception);
        }
    }

    private async Task<ImportResult> TakeAsync(
        Stream content, string fileName, string? label, long maxBytes, Guid? earlier, CancellationToken cancellationToken)
    {
        using var incoming = await files.ReceiveAsync(content, maxBytes, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(context, incoming.Sha256, cancellationToken) is { } known)
        {
            return new ImportResult(ImportOutcome.AlreadyThere, known);
        }

        try
        {
            var file = Describe(incoming, SongNames.CleanFileName(fileName), cancellationToken);
            return earlier is { } id && await ReplaceAsync(id, file, incoming, cancellationToken) is { } changed
                ? changed
                : await AddAsync(context, file, SongCatalog.CleanLabel(label), incoming, cancellationToken);
        }
        catch (AudioFormatException refusal)
        {
            return new ImportResult(ImportOutcome.Refused, null, refusal);
        }
    }

    private static SongFile Describe(IncomingFile incoming, string fileName, CancellationToken cancellationToken)
    {
        using var audio = incoming.OpenRead();
        var seconds = AudioDecoder.ReadInfo(audio, cancellationToken).Seconds;
        return new SongFile(fileName, incoming.Sha256, seconds, TagReader.Read(audio));
    }

    private async Task<ImportResult> AddAsync(
        CatalogContext context, SongFile file, string? label, IncomingFile incoming, CancellationToken cancellationToken)
    {
        var song = new Song(file.Name, file.FileName, file.Sha256, file.Seconds, label, time.GetUtcNow(), file.Tags.Album, file.Tags.Cover?.Kind, file.Tags.Year);
        var name = AudioStore.NameOf(song.Id);
        try
        {
            await audio.PutAsync(incoming.Path, name, cancellationToken);
            await covers.SetAsync(song.Id, file.Tags.Cover, cancellationToken);
            context.Songs.Add(song);
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            covers.Delete(song.Id);
            await audio.DeleteAsync(name, CancellationToken.None);
            context.ChangeTracker.Clear();
            if (exception is DbUpdateException && await FindAsync(context, song.Sha256, cancellationToken) is { } known)
            {
                return new ImportResult(ImportOutcome.AlreadyThere, known);
            }

            throw;
        }

        await signal.SetAsync(context, News.SongsQueued, cancellationToken);
        return new ImportResult(ImportOutcome.Added, song);
    }

    /// <summary>
    /// Gives a song its new file; null if the song is gone. The file comes before the row: cut off between the two, the next
    /// import finds the row's old hash and does it again. Files that had the old bytes, too, are not the song's any more.
    /// </summary>
    private async Task<ImportResult?> ReplaceAsync(Guid id, SongFile file, IncomingFile incoming, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var song = await context.Songs.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
            if (song is null)
            {
                return null;
            }

            song.Replace(file, time.GetUtcNow());
            context.ImportedFiles.RemoveRange(await context.ImportedFiles.Where(row => row.SongId == id).ToListAsync(cancellationToken));
            await audio.ReplaceAsync(incoming.Path, AudioStore.NameOf(id), cancellationToken);
            await covers.SetAsync(id, file.Tags.Cover, cancellationToken);
            try
            {
                await context.SaveChangesAsync(cancellationToken);
                await signal.SetAsync(context, News.SongsQueued, cancellationToken);
                return new ImportResult(ImportOutcome.Changed, song);
            }
            catch (DbUpdateConcurrencyException)
            {
                // A worker claimed or finished the song in between, or it was deleted.
            }
        }
    }

    private static Task<Song?> FindAsync(CatalogContext context, string sha256, CancellationToken cancellationToken) =>
        context.Songs.AsNoTracking().SingleOrDefaultAsync(song => song.Sha256 == sha256, cancellationToken);
}
