using System.Globalization;
using Microsoft.Extensions.Localization;
using MusicRec.Audio.Features;
using MusicRec.Catalog;
using MusicRec.Catalog.Map;
using MusicRec.Web.Features.Shared;
using MusicRec.Web.Localization;

namespace MusicRec.Web.Features.Map;

/// <summary>The page of the map.</summary>
/// <param name="Map">The map; null while there is no index.</param>
/// <param name="Point">The point to show at first, or null.</param>
/// <param name="IsPossible">Whether there can be a map once there is an index.</param>
internal sealed record MapPage(SongMap? Map, int? Point, bool IsPossible);

/// <summary>One region of the map as a list.</summary>
/// <param name="Map">The map.</param>
/// <param name="Region">0 at the top left to 8 at the bottom right.</param>
/// <param name="Page">Counted from 1.</param>
/// <param name="PageCount">1 or more.</param>
/// <param name="Rows">The songs of this page.</param>
internal sealed record MapList(SongMap Map, int Region, int Page, int PageCount, IReadOnlyList<MapListRow> Rows)
{
    /// <summary>A group in the visitor's language.</summary>
    public static string Name(MapGroup group, IStringLocalizer<Text> text) =>
        group.Kind == MapGroupKind.Genre ? text.Genre(group.Label) : text[$"Map.Group.{group.Kind}"];

    /// <summary>What changes along an axis, in words.</summary>
    public static string Direction(IReadOnlyList<MapDirection> directions, IStringLocalizer<Text> text) =>
        string.Join(" · ", directions.Select(direction => text[direction.Rises ? "Map.More" : "Map.Less", NameWithin(direction.Feature, text)].Value));

    /// <summary>A feature's name in the middle of a sentence.</summary>
    private static string NameWithin(AudioFeature feature, IStringLocalizer<Text> text) =>
        text[$"Feature.{FeatureVector.Names[(int)feature]}"].Value.ToLower(CultureInfo.CurrentUICulture);
}

/// <summary>A song of the list.</summary>
/// <param name="Song">The song.</param>
/// <param name="Nearest">The song that sounds most like it, and how much; null if it is the only one.</param>
internal sealed record MapListRow(Song Song, (Song Song, double Similarity)? Nearest);

/// <summary>A song in an answer to the page's script.</summary>
/// <param name="Point">Number of its point.</param>
/// <param name="Title">Title.</param>
/// <param name="Artist">Artist, in words if unknown.</param>
/// <param name="Genre">Genre in the visitor's language.</param>
/// <param name="Url">Address of its page.</param>
internal sealed record PointSong(int Point, string Title, string Artist, string Genre, string Url);

/// <summary>A song near another in sound.</summary>
/// <param name="Song">The song.</param>
/// <param name="Similarity">As it is shown.</param>
internal sealed record PointNeighbour(PointSong Song, string Similarity);

/// <summary>What is said about the song that a visitor points at.</summary>
/// <param name="Song">The song.</param>
/// <param name="Audio">Address of its sound.</param>
/// <param name="Similar">Songs that sound most like it, best first.</param>
internal sealed record PointDetails(PointSong Song, string Audio, IReadOnlyList<PointNeighbour> Similar);

/// <summary>Songs found on the map.</summary>
/// <param name="Total">How many songs were found; not all of them are listed.</param>
/// <param name="Songs">The first of them.</param>
internal sealed record PointSearch(int Total, IReadOnlyList<PointSong> Songs);
