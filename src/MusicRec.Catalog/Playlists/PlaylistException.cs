namespace MusicRec.Catalog.Playlists;

/// <summary>Why a playlist cannot be as it was to be.</summary>
public enum PlaylistProblem
{
    /// <summary>It would have more than <see cref="Playlist.MostSongs"/> songs.</summary>
    TooManySongs,

    /// <summary>The site keeps as many playlists as it can.</summary>
    TooManyPlaylists,
}

/// <summary>A playlist cannot be as it was to be; nothing was changed.</summary>
public sealed class PlaylistException(PlaylistProblem problem) : Exception($"The playlist was not changed: {problem}.")
{
    /// <summary>What is wrong.</summary>
    public PlaylistProblem Problem => problem;
}
