using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using MusicRec.Catalog;
using MusicRec.Catalog.Playlists;
using MusicRec.Catalog.Similarity.Lists;

namespace MusicRec.Web.Api;

/// <summary>The rules of a list.</summary>
public sealed class ListRulesQuery
{
    /// <summary>Songs wanted.</summary>
    [Range(1, ListRules.MostSongs)]
    [FromQuery(Name = "count")]
    [Description("Songs wanted.")]
    public int Count { get; set; } = 20;

    /// <summary>Songs by one artist at most.</summary>
    [Range(0, 50)]
    [FromQuery(Name = "perArtist")]
    [Description("Songs by one artist at most; 0 for any number.")]
    public int PerArtist { get; set; }

    /// <summary>Whether versions of one song count as one.</summary>
    [FromQuery(Name = "oneOfEachSong")]
    [Description("Whether versions of one song (live, remastered, another file of it) count as one.")]
    public bool OneOfEachSong { get; set; }

    /// <summary>A genre label.</summary>
    [StringLength(SongNames.MaxGenreLength)]
    [FromQuery(Name = "genre")]
    [Description("Only songs of this genre label, for example `Ballad`.")]
    public string? Genre { get; set; }

    /// <summary>Least beats per minute.</summary>
    [Range(1.0, 1000.0)]
    [FromQuery(Name = "tempoFrom")]
    [Description("Only songs of at least so many beats per minute.")]
    public double? TempoFrom { get; set; }

    /// <summary>Most beats per minute.</summary>
    [Range(1.0, 1000.0)]
    [FromQuery(Name = "tempoTo")]
    [Description("Only songs of at most so many beats per minute.")]
    public double? TempoTo { get; set; }

    /// <summary>First year of ten.</summary>
    [Range(1900, 2100)]
    [FromQuery(Name = "decade")]
    [Description("Only songs of the ten years from this one, by their tags.")]
    public int? Decade { get; set; }

    internal ListRules ToRules() => new(Count, PerArtist, OneOfEachSong, LabelOf(Genre), TempoFrom, TempoTo, Decade);

    private static string? LabelOf(string? written) => MusicRec.Genres.Genre.LabelOf(SongNames.Clean(written ?? "", SongNames.MaxGenreLength));
}

/// <summary>A list of songs.</summary>
/// <param name="Songs">In order.</param>
/// <param name="Shortage">Why there are fewer than asked for; null if there are not.</param>
public sealed record ListResponse(IReadOnlyList<SimilarSongResponse> Songs, ShortageResponse? Shortage)
{
    internal static ListResponse Of(SongList list) => new(
        [.. list.Songs.Select(SimilarSongResponse.Of)],
        list.Shortage is { } shortage
            ? new ShortageResponse(shortage.Gap.ToString(), shortage.Others, shortage.Matching, shortage.SameArtist, shortage.Versions)
            : null);
}

/// <summary>Why a list is short.</summary>
/// <param name="Reason"><c>NoIndex</c> (nothing is analysed yet), <c>NotInMemory</c> (the database ranks the songs), <c>NoSeed</c> (no named song can be compared) or <c>Rules</c>.</param>
/// <param name="Others">Songs beside those named.</param>
/// <param name="Matching">Those of them that the filters let through.</param>
/// <param name="SameArtist">Those left out because their artist is in the list often enough.</param>
/// <param name="Versions">Those left out as versions of other songs.</param>
public sealed record ShortageResponse(string Reason, int Others, int Matching, int SameArtist, int Versions);

/// <summary>A playlist as it is to be.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Songs">Songs in their order; those that are not in the catalog are left out, a song named twice is there once.</param>
public sealed record PlaylistRequest(
    [Required][StringLength(Playlist.MaxNameLength, MinimumLength = 1)] string Name,
    [Required][MaxLength(Playlist.MostSongs)] IReadOnlyList<Guid> Songs);

/// <summary>A playlist.</summary>
/// <param name="Id">Identity; unguessable, and whoever knows it may change the playlist. Null for readers.</param>
/// <param name="Name">Its name.</param>
/// <param name="ShareId">Identity for readers; null while it is not shared.</param>
/// <param name="ExpiresAt">When it is deleted if nobody uses it.</param>
/// <param name="Songs">In order.</param>
public sealed record PlaylistResponse(Guid? Id, string Name, Guid? ShareId, DateTimeOffset ExpiresAt, IReadOnlyList<SongResponse> Songs)
{
    internal static PlaylistResponse Of(PlaylistWithSongs found) => ForReaders(found) with { Id = found.Playlist.Id };

    internal static PlaylistResponse ForReaders(PlaylistWithSongs found) => new(
        null, found.Playlist.Name, found.Playlist.ShareId, found.Playlist.ExpiresAt, [.. found.Songs.Select(SongResponse.Of)]);
}
