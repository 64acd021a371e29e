namespace MusicRec.Catalog.Playlists;

/// <summary>
/// A visitor's list of songs. Whoever knows its id may change it, whoever knows <see cref="ShareId"/> may read it; both are random. Kept
/// until <see cref="ExpiresAt"/>, which every use moves on.
/// </summary>
public sealed class Playlist
{
    /// <summary>Longest name in UTF-16 units.</summary>
    public const int MaxNameLength = 100;

    /// <summary>Songs in one at most.</summary>
    public const int MostSongs = 500;

    /// <summary>How long it is kept after it was last opened or changed.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(365);

    private Playlist()
    {
    }

    internal Playlist(string name, DateTimeOffset now)
    {
        Id = Guid.NewGuid();
        Name = name;
        CreatedAt = now;
        Use(now);
    }

    /// <summary>Random identity (version 4, 122 random bits): the right to change it.</summary>
    public Guid Id { get; private set; }

    /// <summary>Its name, never empty.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>Random identity for readers; null while it is not shared.</summary>
    public Guid? ShareId { get; internal set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it is deleted if nobody uses it, UTC.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>Keeps it for another while.</summary>
    internal void Use(DateTimeOffset now) => ExpiresAt = now + Retention;
}

/// <summary>A song's place in a playlist; a song has one at most, and none when it is deleted from the catalog.</summary>
internal sealed class PlaylistSong
{
    private PlaylistSong()
    {
    }

    public PlaylistSong(Guid playlistId, Guid songId, int position)
    {
        PlaylistId = playlistId;
        SongId = songId;
        Position = position;
    }

    public Guid PlaylistId { get; private set; }

    public Guid SongId { get; private set; }

    /// <summary>Orders the songs; songs that were deleted leave gaps.</summary>
    public int Position { get; set; }
}
