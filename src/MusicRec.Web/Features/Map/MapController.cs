using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;
using MusicRec.Catalog;
using MusicRec.Catalog.Map;
using MusicRec.Catalog.Songs;
using MusicRec.Web.Features.Shared;
using MusicRec.Web.Localization;
using MusicRec.Web.Security;

namespace MusicRec.Web.Features.Map;

/// <summary>The catalog as a map: its page, the points for the page's script, and the same as a list.</summary>
[AllowAnonymous]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class MapController(SongMaps maps, SongCatalog catalog, MapFiles files, IStringLocalizer<Text> text) : Controller
{
    private const int ListSize = 24;
    private const int NeighbourCount = 5;
    private const int MostFound = 100;

    /// <param name="song">The song to show at first.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    [HttpGet("/map")]
    [EnableRateLimiting(RateLimits.Search)]
    public async Task<IActionResult> Index(Guid? song, CancellationToken cancellationToken)
    {
        var map = await maps.CurrentAsync(cancellationToken);
        return View(new MapPage(map, song is { } id ? map?.Find(id) : null, maps.IsPossible));
    }

    [HttpGet("/map/points")]
    [EnableRateLimiting(RateLimits.Search)]
    public async Task<IActionResult> Points(CancellationToken cancellationToken)
    {
        if (await maps.CurrentAsync(cancellationToken) is not { } map)
        {
            return NotFound();
        }

        var file = files.Get(map);
        var (encoding, bytes) = Choose(file);
        Response.Headers.Vary = HeaderNames.AcceptEncoding;
        Response.Headers.CacheControl = "no-cache";
        if (encoding is not null)
        {
            Response.Headers.ContentEncoding = encoding;
        }

        return File(bytes, "application/octet-stream", lastModified: null, new EntityTagHeaderValue($"\"{file.EntityTag}{encoding}\""));
    }

    /// <param name="tag">The map that the point's number belongs to; 404 if this server has another one by now; 410 if the song is gone.</param>
    /// <param name="point">Number of the point.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    [HttpGet("/map/{tag}/songs/{point:int}")]
    [EnableRateLimiting(RateLimits.Api)]
    public async Task<IActionResult> Song(string tag, int point, CancellationToken cancellationToken)
    {
        if (await FindAsync(tag, cancellationToken) is not { } map || point < 0 || point >= map.Count)
        {
            return NotFound();
        }

        var near = map.Neighbours(point, NeighbourCount);
        var songs = await maps.SongsAsync(map, [point, .. near.Select(neighbour => neighbour.Point)], cancellationToken);
        if (songs.Count == 0 || songs[0].Point != point)
        {
            return StatusCode(StatusCodes.Status410Gone);
        }

        var song = songs[0].Song;

        var similarities = near.ToDictionary(neighbour => neighbour.Point, neighbour => Display.Similarity(neighbour.Similarity));
        return Json(new PointDetails(
            Describe(point, song),
            $"{Request.PathBase}/songs/{song.Id}/audio",
            [.. songs.Skip(1).Select(other => new PointNeighbour(Describe(other.Point, other.Song), similarities[other.Point]))]));
    }

    [HttpGet("/map/{tag}/search")]
    [EnableRateLimiting(RateLimits.Search)]
    public async Task<IActionResult> Search(string tag, string? query, CancellationToken cancellationToken)
    {
        if (await FindAsync(tag, cancellationToken) is not { } map)
        {
            return NotFound();
        }

        if (string.IsNullOrWhiteSpace(query))
        {
            return Json(new PointSearch(0, []));
        }

        var found = await catalog.ListWithoutFailedAsync(query, genre: null, page: 1, MostFound, cancellationToken);
        var points = found.Items.Select(song => (Point: map.Find(song.Id), Song: song)).Where(hit => hit.Point is not null);
        return Json(new PointSearch(found.Total, [.. points.Select(hit => Describe(hit.Point!.Value, hit.Song))]));
    }

    /// <param name="region">0 at the top left to 8 at the bottom right.</param>
    /// <param name="page">Counted from 1.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    [HttpGet("/map/list")]
    [EnableRateLimiting(RateLimits.Search)]
    public async Task<IActionResult> List(int region, int page, CancellationToken cancellationToken)
    {
        var map = await maps.CurrentAsync(cancellationToken);
        if (map is null)
        {
            return View(nameof(Index), new MapPage(null, null, maps.IsPossible));
        }

        region = Math.Clamp(region, 0, map.Regions.Count - 1);
        var points = map.Regions.Points(region);
        var pageCount = Math.Max(1, (points.Count + ListSize - 1) / ListSize);
        page = Math.Clamp(page, 1, pageCount);
        var shown = await maps.SongsAsync(map, [.. points.Skip((page - 1) * ListSize).Take(ListSize)], cancellationToken);
        var nearest = shown.Select(item => map.Neighbours(item.Point, 1)).ToList();
        var neighbours = (await maps.SongsAsync(map, [.. nearest.SelectMany(list => list.Select(one => one.Point)).Distinct()], cancellationToken))
            .ToDictionary(item => item.Point, item => item.Song);
        var rows = shown.Zip(nearest, (item, near) => new MapListRow(
            item.Song, near is [var first] && neighbours.TryGetValue(first.Point, out var other) ? (other, first.Similarity) : null));
        return View(new MapList(map, region, page, pageCount, [.. rows]));
    }

    private async Task<SongMap?> FindAsync(string tag, CancellationToken cancellationToken) =>
        await maps.CurrentAsync(cancellationToken) is { } map && map.Tag == tag ? map : null;

    private PointSong Describe(int point, Song song) => new(
        point,
        song.Title,
        song.Artist.Length > 0 ? song.Artist : text["Songs.UnknownArtist"],
        song.Genre is { } genre ? text.Genre(genre) : text["Genre.Unknown"],
        $"{Request.PathBase}/songs/{song.Id}");

    private (string? Encoding, byte[] Bytes) Choose(MapFile file)
    {
        var accepted = Request.GetTypedHeaders().AcceptEncoding.Where(encoding => encoding.Quality is not 0).Select(encoding => encoding.Value.Value).ToList();
        return accepted.Contains("br") ? ("br", file.Brotli) : accepted.Contains("gzip") ? ("gzip", file.Gzip) : (null, file.Plain);
    }
}
