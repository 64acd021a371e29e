using MusicRec.Catalog;
using MusicRec.Catalog.Playlists;

namespace MusicRec.Web.Features.Playlists;

/// <summary>The playlists of a browser.</summary>
/// <param name="Playlists">The newest first.</param>
/// <param name="Song">A song that is to be added to one of them; null if none is.</param>
internal sealed record OwnPlaylistsPage(IReadOnlyList<PlaylistSummary> Playlists, Song? Song);

/// <summary>One playlist for its owner or, read-only, for others.</summary>
/// <param name="Playlist">The playlist.</param>
/// <param name="Songs">In its order.</param>
/// <param name="MovedSong">The song that was moved just now, so that its button has the focus again; null if none was.</param>
/// <param name="MovedUp">Which of its buttons.</param>
internal sealed record PlaylistPage(Playlist Playlist, IReadOnlyList<Song> Songs, Guid? MovedSong, bool MovedUp);

/// <summary>For the tools of each song: the playlist that it can be moved in.</summary>
/// <param name="Page">The playlist.</param>
internal sealed record PlaylistEditing(PlaylistPage Page)
{
    private readonly Dictionary<Guid, int> _places = Page.Songs.Index().ToDictionary(song => song.Item.Id, song => song.Index);

    /// <summary>Address of a form.</summary>
    public string Action(string what) => $"~/playlists/{Page.Playlist.Id}/{what}";

    /// <summary>A song's place, counted from 0.</summary>
    public int PlaceOf(Song song) => _places[song.Id];

    /// <summary>Whether a button of a song gets the focus: that which moved it, or the other one at the end of the list.</summary>
    public bool HasFocus(Song song, bool up)
    {
        if (song.Id != Page.MovedSong)
        {
            return false;
        }

        var place = PlaceOf(song);
        return up ? (Page.MovedUp || place == Page.Songs.Count - 1) && place > 0 : (!Page.MovedUp || place == 0) && place < Page.Songs.Count - 1;
    }
}
