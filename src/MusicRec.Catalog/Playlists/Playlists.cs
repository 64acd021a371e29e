using Microsoft.EntityFrameworkCore;

namespace MusicRec.Catalog.Playlists;

/// <summary>A playlist with its songs.</summary>
/// <param name="Playlist">The playlist.</param>
/// <param name="Songs">In its order.</param>
public sealed record PlaylistWithSongs(Playlist Playlist, IReadOnlyList<Song> Songs);

/// <summary>A playlist in a list of playlists.</summary>
/// <param name="Id">The right to change it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Songs">How many songs it has.</param>
/// <param name="IsShared">Whether it has an address for readers.</param>
public sealed record PlaylistSummary(Guid Id, string Name, int Songs, bool IsShared);

/// <summary>Visitors' playlists. Changes to one wait for each other, in whichever process.</summary>
public sealed class Playlists(IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    /// <summary>Playlists that are kept at most, of all visitors together.</summary>
    public const int MostPlaylists = 100_000;

    // Reading a playlist keeps it, but need not write every time.
    private static readonly TimeSpan UseInterval = TimeSpan.FromDays(1);

    /// <summary>Makes a playlist. Songs that are not in the catalog are left out, a song named twice is there once.</summary>
    /// <param name="name">Cleaned and shortened; may not be empty then.</param>
    /// <param name="songs">In their order.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="PlaylistException">There are too many songs or playlists.</exception>
    public async Task<PlaylistWithSongs> CreateAsync(string name, IReadOnlyList<Guid> songs, CancellationToken cancellationToken)
    {
        var playlist = new Playlist(CleanName(name), time.GetUtcNow());
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Playlists.CountAsync(cancellationToken) >= MostPlaylists)
        {
            throw new PlaylistException(PlaylistProblem.TooManyPlaylists);
        }

        context.Playlists.Add(playlist);
        context.PlaylistSongs.AddRange(InOrder(playlist.Id, await KnownAsync(context, songs, cancellationToken)));
        await context.SaveChangesAsync(cancellationToken);
        return new PlaylistWithSongs(playlist, await SongsAsync(context, playlist.Id, cancellationToken));
    }

    /// <summary>A playlist for its owner, or null.</summary>
    public Task<PlaylistWithSongs?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        FindAsync(playlists => playlists.Where(row => row.Id == id), cancellationToken);

    /// <summary>A playlist for readers, or null if nothing is shared by this id (any more).</summary>
    public Task<PlaylistWithSongs?> FindSharedAsync(Guid shareId, CancellationToken cancellationToken) =>
        FindAsync(playlists => playlists.Where(row => row.ShareId == shareId), cancellationToken);

    /// <summary>Those of some playlists that are there, in the order asked for.</summary>
    public async Task<IReadOnlyList<PlaylistSummary>> ListAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.Playlists.AsNoTracking()
            .Where(row => ids.Contains(row.Id) && row.ExpiresAt > now)
            .Select(row => new PlaylistSummary(
                row.Id, row.Name, context.PlaylistSongs.Count(song => song.PlaylistId == row.Id), row.ShareId != null))
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        return [.. ids.Where(found.ContainsKey).Distinct().Select(id => found[id])];
    }

    /// <summary>Renames a playlist; false if it is gone.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public Task<bool> RenameAsync(Guid id, string name, CancellationToken cancellationToken)
    {
        var clean = CleanName(name);
        return ChangeAsync(id, (_, playlist, songs) => ValueTask.FromResult(Named(playlist, clean, songs)), cancellationToken);
    }

    /// <summary>Adds songs at the end; those that it has stay where they are. False if the playlist is gone.</summary>
    /// <exception cref="PlaylistException">There would be too many songs.</exception>
    public Task<bool> AddAsync(Guid id, IReadOnlyList<Guid> songs, CancellationToken cancellationToken) => ChangeAsync(
        id, async (context, _, there) => [.. there.Union(await KnownAsync(context, songs, cancellationToken))], cancellationToken);

    /// <summary>Takes a song out; false if the playlist is gone.</summary>
    public Task<bool> RemoveAsync(Guid id, Guid song, CancellationToken cancellationToken) =>
        ChangeAsync(id, (_, _, songs) => ValueTask.FromResult(songs.Where(one => one != song).ToList()), cancellationToken);

    /// <summary>Moves a song to another place; false if the playlist is gone.</summary>
    /// <param name="id">The playlist.</param>
    /// <param name="song">The song; one that is not in it changes nothing.</param>
    /// <param name="place">Counted from 0; beyond the ends is at the end.</param>
    /// <param name="cancellationToken">Stops before anything is changed.</param>
    public Task<bool> MoveAsync(Guid id, Guid song, int place, CancellationToken cancellationToken) => ChangeAsync(
        id,
        (_, _, songs) =>
        {
            if (songs.Remove(song))
            {
                songs.Insert(Math.Clamp(place, 0, songs.Count), song);
            }

            return ValueTask.FromResult(songs);
        },
        cancellationToken);

    /// <summary>Replaces name and songs; false if the playlist is gone.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="PlaylistException">There are too many songs.</exception>
    public Task<bool> ReplaceAsync(Guid id, string name, IReadOnlyList<Guid> songs, CancellationToken cancellationToken)
    {
        var clean = CleanName(name);
        return ChangeAsync(
            id, async (context, playlist, _) => Named(playlist, clean, await KnownAsync(context, songs, cancellationToken)), cancellationToken);
    }

    /// <summary>Deletes a playlist; false if it was gone.</summary>
    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Playlists.Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken) > 0;
    }

    /// <summary>Gives a playlist an address for readers, unless it has one; false if it is gone.</summary>
    public Task<bool> ShareAsync(Guid id, CancellationToken cancellationToken) => ChangeAsync(
        id,
        (_, playlist, songs) =>
        {
            playlist.ShareId ??= Guid.NewGuid();
            return ValueTask.FromResult(songs);
        },
        cancellationToken);

    /// <summary>Takes the readers' address away for good: the next one is another. False if the playlist is gone.</summary>
    public Task<bool> UnshareAsync(Guid id, CancellationToken cancellationToken) => ChangeAsync(
        id,
        (_, playlist, songs) =>
        {
            playlist.ShareId = null;
            return ValueTask.FromResult(songs);
        },
        cancellationToken);

    /// <summary>Deletes the playlists that nobody used for <see cref="Playlist.Retention"/>.</summary>
    /// <returns>How many.</returns>
    internal async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Playlists.Where(row => row.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>The name to store for what a person wrote.</summary>
    /// <exception cref="ArgumentException">Nothing of it is left.</exception>
    private static string CleanName(string name)
    {
        var clean = SongNames.Clean(name, Playlist.MaxNameLength);
        ArgumentException.ThrowIfNullOrEmpty(clean, nameof(name));
        return clean;
    }

    private static List<Guid> Named(Playlist playlist, string name, List<Guid> songs)
    {
        playlist.Name = name;
        return songs;
    }

    private async Task<PlaylistWithSongs?> FindAsync(Func<IQueryable<Playlist>, IQueryable<Playlist>> which, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var playlist = await which(context.Playlists).Where(row => row.ExpiresAt > now).SingleOrDefaultAsync(cancellationToken);
        if (playlist is null)
        {
            return null;
        }

        if (playlist.ExpiresAt < now + Playlist.Retention - UseInterval)
        {
            playlist.Use(now);
            await context.SaveChangesAsync(cancellationToken);
        }

        return new PlaylistWithSongs(playlist, await SongsAsync(context, playlist.Id, cancellationToken));
    }

    /// <summary>Changes playlist and songs in one step.</summary>
    private async Task<bool> ChangeAsync(
        Guid id, Func<CatalogContext, Playlist, List<Guid>, ValueTask<List<Guid>>> change, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.BeginExclusiveAsync($"playlist {id}", cancellationToken);
        var playlist = await context.Playlists.SingleOrDefaultAsync(row => row.Id == id && row.ExpiresAt > now, cancellationToken);
        if (playlist is null)
        {
            return false;
        }

        var rows = await context.PlaylistSongs.Where(row => row.PlaylistId == id).OrderBy(row => row.Position).ToListAsync(cancellationToken);
        var songs = await change(context, playlist, [.. rows.Select(row => row.SongId)]);
        if (songs.Count > Playlist.MostSongs)
        {
            throw new PlaylistException(PlaylistProblem.TooManySongs);
        }

        Arrange(context, id, rows, songs);
        playlist.Use(now);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static void Arrange(CatalogContext context, Guid id, List<PlaylistSong> rows, List<Guid> songs)
    {
        var bySong = rows.ToDictionary(row => row.SongId);
        foreach (var (song, place) in songs.Select((song, place) => (song, place)))
        {
            if (bySong.Remove(song, out var row))
            {
                row.Position = place;
            }
            else
            {
                context.PlaylistSongs.Add(new PlaylistSong(id, song, place));
            }
        }

        context.PlaylistSongs.RemoveRange(bySong.Values);
    }

    private static IEnumerable<PlaylistSong> InOrder(Guid id, List<Guid> songs) => songs.Select((song, place) => new PlaylistSong(id, song, place));

    /// <summary>The songs that are in the catalog, each once.</summary>
    private static async Task<List<Guid>> KnownAsync(CatalogContext context, IReadOnlyList<Guid> songs, CancellationToken cancellationToken)
    {
        if (songs.Count > Playlist.MostSongs)
        {
            throw new PlaylistException(PlaylistProblem.TooManySongs);
        }

        var known = (await context.Songs.Where(song => songs.Contains(song.Id)).Select(song => song.Id).ToListAsync(cancellationToken)).ToHashSet();
        return [.. songs.Where(known.Contains).Distinct()];
    }

    private static Task<List<Song>> SongsAsync(CatalogContext context, Guid id, CancellationToken cancellationToken) => context.PlaylistSongs
        .Where(row => row.PlaylistId == id)
        .Join(context.Songs.AsNoTracking(), row => row.SongId, song => song.Id, (row, song) => new { row.Position, Song = song })
        .OrderBy(pair => pair.Position)
        .Select(pair => pair.Song)
        .ToListAsync(cancellationToken);
}
