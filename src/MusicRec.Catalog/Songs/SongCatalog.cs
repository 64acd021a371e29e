using Microsoft.EntityFrameworkCore;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Search;
using MusicRec.Genres;

namespace MusicRec.Catalog.Songs;

/// <summary>A page of songs.</summary>
/// <param name="Total">Songs that match, on all pages.</param>
/// <param name="Items">The songs of this page, by artist, title, id.</param>
public sealed record SongPage(int Total, IReadOnlyList<Song> Items);

/// <summary>How many songs stand where.</summary>
public sealed record SongCounts(int Total, int Queued, int Analyzing, int Indexed, int Failed);

/// <summary>Finds, edits and deletes the songs of the catalog.</summary>
public sealed class SongCatalog(IDbContextFactory<CatalogContext> contexts, AudioStore audio, CoverFiles covers, TimeProvider time)
{
    private const int MaxPageSize = 100;

    // Each word is a condition of its own in the database's query.
    private const int MostWords = 10;

    private const int MostFew = 1000;

    /// <summary>Songs whose title, artist, album or file name contains every word of the query (see <c>SearchForms</c>) and whose shown genre matches.</summary>
    /// <param name="query">Words to find, or null for all; the first ten of the first 200 characters count.</param>
    /// <param name="genre">A genre label, or null for all.</param>
    /// <param name="status">Only songs of this status, or null for all.</param>
    /// <param name="page">1 or more.</param>
    /// <param name="pageSize">1 to 100.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<SongPage> ListAsync(
        string? query, string? genre, SongStatus? status, int page, int pageSize, CancellationToken cancellationToken) =>
        PageAsync(query, songs => Filter(songs, query, genre, status), page, pageSize, cancellationToken);

    /// <summary>The same for visitors: songs that could not be analysed are left out, as most of them cannot be played either.</summary>
    /// <param name="query">Words to find, or null for all; the first ten of the first 200 characters count.</param>
    /// <param name="genre">A genre label, or null for all.</param>
    /// <param name="page">1 or more.</param>
    /// <param name="pageSize">1 to 100.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<SongPage> ListWithoutFailedAsync(
        string? query, string? genre, int page, int pageSize, CancellationToken cancellationToken) =>
        PageAsync(
            query,
            songs => Filter(songs, query, genre, status: null).Where(song => song.Status != SongStatus.Failed),
            page,
            pageSize,
            cancellationToken);

    /// <summary>One song, or null.</summary>
    public async Task<Song?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Songs.AsNoTracking().SingleOrDefaultAsync(song => song.Id == id, cancellationToken);
    }

    /// <summary>Those of some songs that there are, by id.</summary>
    public async Task<IReadOnlyDictionary<Guid, Song>> FindAllAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Songs.AsNoTracking().Where(song => ids.Contains(song.Id)).ToDictionaryAsync(song => song.Id, cancellationToken);
    }

    /// <summary>The 26 features of a song, or null until it is analysed, or if they are damaged.</summary>
    public async Task<FeatureVector?> FindFeaturesAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var vector = await context.Vectors.AsNoTracking()
            .Where(row => row.SongId == id)
            .OrderByDescending(row => row.FeatureVersion)
            .FirstOrDefaultAsync(cancellationToken);
        return vector is null ? null : SongVector.TryRead(vector.Bytes);
    }

    /// <summary>The labels by which the catalog can be filtered: the eight genres, then others that songs have.</summary>
    public async Task<IReadOnlyList<string>> GenresAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var used = await context.Songs.Select(song => song.Label ?? song.PredictedGenre).Distinct().ToListAsync(cancellationToken);
        return Genre.Order(Genre.All.Select(one => one.Name).Concat(used.OfType<string>()));
    }

    /// <summary>The audio of a song to be played, seekable; null if it is missing.</summary>
    /// <exception cref="AudioStorageException">The bucket cannot be used.</exception>
    public Task<Stream?> OpenAudioAsync(Guid id, CancellationToken cancellationToken) => audio.OpenAsync(AudioStore.NameOf(id), cancellationToken);

    /// <summary>The audio of a song to be decoded; null if it is missing.</summary>
    /// <exception cref="AudioStorageException">The bucket cannot be used.</exception>
    public Task<FileStream?> OpenForDecodingAsync(Guid id, CancellationToken cancellationToken) =>
        audio.OpenForDecodingAsync(AudioStore.NameOf(id), cancellationToken);

    /// <summary>The cover of a song for reading, of the kind <see cref="Song.Cover"/> says; null if the file is missing.</summary>
    public Stream? OpenCover(Guid id) => covers.Open(id);

    /// <summary>Changes what a person may change; texts are cleaned and shortened. Returns false if the song is gone.</summary>
    /// <exception cref="ArgumentException">The title is empty.</exception>
    public async Task<bool> EditAsync(Guid id, string title, string artist, string? label, CancellationToken cancellationToken)
    {
        title = SongNames.Clean(title, SongNames.MaxLength);
        ArgumentException.ThrowIfNullOrEmpty(title);
        while (true)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var song = await context.Songs.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
            if (song is null)
            {
                return false;
            }

            song.Describe(title, SongNames.Clean(artist, SongNames.MaxLength), CleanLabel(label), time.GetUtcNow());
            try
            {
                await context.SaveChangesAsync(cancellationToken);
                return true;
            }
            catch (DbUpdateConcurrencyException)
            {
                // A worker claimed or finished the song in between: the edit is made on its new state.
            }
        }
    }

    /// <summary>Removes a song from catalog, index and disk. Returns false if it was gone.</summary>
    /// <exception cref="AudioStorageException">The song is removed, but not its sound, as the bucket cannot be used.</exception>
    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var deleted = await context.Songs.Where(song => song.Id == id).ExecuteDeleteAsync(cancellationToken) > 0;
        if (deleted)
        {
            await Setting.SetAsync(context, Setting.SongsWereDeleted, "yes", cancellationToken);
        }

        covers.Delete(id);
        await audio.DeleteAsync(AudioStore.NameOf(id), cancellationToken);
        return deleted;
    }

    /// <summary>Counts by status.</summary>
    public async Task<SongCounts> CountAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = await context.Songs
            .GroupBy(song => song.Status)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return new SongCounts(
            counts.Values.Sum(),
            counts.GetValueOrDefault(SongStatus.Queued),
            counts.GetValueOrDefault(SongStatus.Analyzing),
            counts.GetValueOrDefault(SongStatus.Indexed),
            counts.GetValueOrDefault(SongStatus.Failed));
    }

    /// <summary>The label to store for what a person wrote.</summary>
    internal static string? CleanLabel(string? written) => Genre.LabelOf(SongNames.Clean(written ?? "", SongNames.MaxGenreLength));

    private async Task<SongPage> PageAsync(
        string? query, Func<IQueryable<Song>, IQueryable<Song>> filter, int page, int pageSize, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, MaxPageSize);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var songs = filter(context.Songs.AsNoTracking());
        if (!string.IsNullOrWhiteSpace(query) && await FewAsync(songs, cancellationToken) is { } few)
        {
            songs = context.Songs.AsNoTracking().Where(song => few.Contains(song.Id));
        }

        var total = await songs.CountAsync(cancellationToken);
        var skip = (long)(page - 1) * pageSize;
        if (skip >= total)
        {
            return new SongPage(total, []);
        }

        // The index alone finds a page, however far behind it is; only its own songs are read then.
        var ids = await songs
            .OrderBy(song => song.Artist).ThenBy(song => song.Title).ThenBy(song => song.Id)
            .Skip((int)skip).Take(pageSize)
            .Select(song => song.Id)
            .ToListAsync(cancellationToken);
        var items = await context.Songs.AsNoTracking().Where(song => ids.Contains(song.Id)).ToListAsync(cancellationToken);
        return new SongPage(total, [.. items.OrderBy(song => ids.IndexOf(song.Id))]);
    }

    /// <summary>
    /// The songs that match, if they are few; else null. Ids grow with time, so this reads the table from front to back; to find the
    /// few in the order of the page would read it in no order.
    /// </summary>
    private static async Task<List<Guid>?> FewAsync(IQueryable<Song> songs, CancellationToken cancellationToken)
    {
        var ids = await songs.OrderBy(song => song.Id).Select(song => song.Id).Take(MostFew + 1).ToListAsync(cancellationToken);
        return ids.Count <= MostFew ? ids : null;
    }

    private static IQueryable<Song> Filter(IQueryable<Song> songs, string? query, string? genre, SongStatus? status)
    {
        foreach (var word in SearchForms.WordsOf(SongNames.Clean(query ?? "", SongNames.MaxLength), MostWords))
        {
            songs = Containing(songs, word);
        }

        if (!string.IsNullOrWhiteSpace(genre))
        {
            var label = CleanLabel(genre);
            songs = songs.Where(song => (song.Label ?? song.PredictedGenre) == label);
        }

        return status is null ? songs : songs.Where(song => song.Status == status);
    }

    private static IQueryable<Song> Containing(IQueryable<Song> songs, SearchWord word)
    {
        if (word is { Sound: { } sound, Parts: [var text] })
        {
            return songs.Where(song => song.SearchText.Contains(text) || song.SearchSound.Contains(sound));
        }

        foreach (var part in word.Parts)
        {
            songs = songs.Where(song => song.SearchText.Contains(part));
        }

        return songs;
    }
}
