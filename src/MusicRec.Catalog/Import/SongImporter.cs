using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MusicRec.Audio.Decoding;
using MusicRec.Catalog.Database;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Songs;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Catalog.Import;

/// <summary>What became of one file.</summary>
public enum ImportOutcome
{
    /// <summary>New; queued for indexing.</summary>
    Added,

    /// <summary>The same bytes are in the catalog already; nothing changed.</summary>
    AlreadyThere,

    /// <summary>Not a readable song; nothing stored.</summary>
    Refused,
}

/// <summary>What became of one file.</summary>
/// <param name="Outcome">New, known or refused.</param>
/// <param name="Song">The new or the known song; null when refused.</param>
/// <param name="Refusal">Why, when refused.</param>
public sealed record ImportResult(ImportOutcome Outcome, Song? Song, AudioFormatException? Refusal = null);

/// <summary>Brings files into the catalog: stored under the song's id, named from <c>artist_title.wav</c>, queued for indexing.</summary>
public sealed class SongImporter(
    IDbContextFactory<CatalogContext> contexts, AudioFiles files, IndexingSignal signal, IOptions<UploadOptions> options, TimeProvider time)
{
    /// <summary>Imports one file. The header is checked at once, the samples when the song is indexed.</summary>
    /// <param name="content">The bytes of the file.</param>
    /// <param name="fileName">The name to take artist and title from.</param>
    /// <param name="label">Genre given by a person, or null.</param>
    /// <param name="cancellationToken">Stops the copy; nothing half-written remains.</param>
    /// <exception cref="FileTooLargeException">More bytes than <c>Upload:MaxBytes</c>.</exception>
    public Task<ImportResult> ImportAsync(Stream content, string fileName, string? label, CancellationToken cancellationToken) =>
        ImportAsync(content, fileName, label, options.Value.MaxBytes, cancellationToken);

    /// <summary>As the other, with a limit of the caller's: the program's own songs are no upload.</summary>
    internal async Task<ImportResult> ImportAsync(
        Stream content, string fileName, string? label, long maxBytes, CancellationToken cancellationToken)
    {
        using var file = await files.ReceiveAsync(content, maxBytes, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(context, file.Sha256, cancellationToken) is { } known)
        {
            return new ImportResult(ImportOutcome.AlreadyThere, known);
        }

        try
        {
            var name = SongNames.CleanFileName(fileName);
            var song = new Song(SongNames.Parse(name), name, file.Sha256, ReadSeconds(file), SongCatalog.CleanLabel(label), time.GetUtcNow());
            return await AddAsync(context, song, file, cancellationToken);
        }
        catch (AudioFormatException refusal)
        {
            return new ImportResult(ImportOutcome.Refused, null, refusal);
        }
    }

    private async Task<ImportResult> AddAsync(CatalogContext context, Song song, IncomingFile file, CancellationToken cancellationToken)
    {
        var path = files.SongPath(song.Id);
        file.MoveTo(path);
        try
        {
            context.Songs.Add(song);
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            File.Delete(path);
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

    private static Task<Song?> FindAsync(CatalogContext context, string sha256, CancellationToken cancellationToken) =>
        context.Songs.AsNoTracking().SingleOrDefaultAsync(song => song.Sha256 == sha256, cancellationToken);

    private static double ReadSeconds(IncomingFile file)
    {
        using var audio = file.OpenRead();
        return AudioDecoder.ReadInfo(audio).Seconds;
    }
}
