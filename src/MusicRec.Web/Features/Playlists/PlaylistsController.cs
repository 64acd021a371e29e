using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using MusicRec.Catalog;
using MusicRec.Catalog.Playlists;
using MusicRec.Catalog.Songs;
using MusicRec.Web.Localization;
using MusicRec.Web.Security;

namespace MusicRec.Web.Features.Playlists;

/// <summary>Visitors' playlists: whoever has the address of one may change it.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Playlists)]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class PlaylistsController(Catalog.Playlists.Playlists playlists, SongCatalog catalog, OwnPlaylists own, IStringLocalizer<Text> text) : Controller
{
    [HttpGet("/playlists")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) => View(await OwnAsync(null, cancellationToken));

    [HttpGet("/playlists/add")]
    public async Task<IActionResult> Choose(Guid song, CancellationToken cancellationToken) =>
        await catalog.FindAsync(song, cancellationToken) is { } found ? View(nameof(Index), await OwnAsync(found, cancellationToken)) : NotFound();

    [HttpPost("/playlists")]
    public async Task<IActionResult> Create(string? name, Guid[] song, CancellationToken cancellationToken)
    {
        if (own.Read(Request).Count >= OwnPlaylists.Most)
        {
            throw new PlaylistException(PlaylistProblem.TooManyPlaylists);
        }

        var made = await playlists.CreateAsync(IsName(name) ? name! : text["Playlists.DefaultName"], song, cancellationToken);
        own.Remember(HttpContext, made.Playlist.Id);
        return Redirect($"~/playlists/{made.Playlist.Id}");
    }

    [HttpGet("/playlists/{id:guid}")]
    public async Task<IActionResult> Show(Guid id, Guid? moved, bool up, CancellationToken cancellationToken)
    {
        if (await playlists.FindAsync(id, cancellationToken) is not { } found)
        {
            return NotFound();
        }

        own.Remember(HttpContext, id);
        return NotForSearchEngines(View(new PlaylistPage(found.Playlist, found.Songs, moved, up)));
    }

    [HttpGet("/playlists/{id:guid}/file")]
    public async Task<IActionResult> Export(Guid id, PlaylistFormat format, CancellationToken cancellationToken) =>
        FileOf(await playlists.FindAsync(id, cancellationToken), format);

    [HttpPost("/playlists/{id:guid}/name")]
    public async Task<IActionResult> Rename(Guid id, string? name, CancellationToken cancellationToken) =>
        BackTo(id, !IsName(name) || await playlists.RenameAsync(id, name!, cancellationToken));

    [HttpPost("/playlists/{id:guid}/songs")]
    public async Task<IActionResult> Add(Guid id, Guid[] song, CancellationToken cancellationToken) =>
        BackTo(id, await playlists.AddAsync(id, song, cancellationToken));

    [HttpPost("/playlists/{id:guid}/remove")]
    public async Task<IActionResult> Remove(Guid id, Guid song, CancellationToken cancellationToken) =>
        BackTo(id, await playlists.RemoveAsync(id, song, cancellationToken));

    [HttpPost("/playlists/{id:guid}/move")]
    public async Task<IActionResult> Move(Guid id, Guid song, int place, bool up, CancellationToken cancellationToken) =>
        await playlists.MoveAsync(id, song, place, cancellationToken)
            // No fragment: a browser that has one gives the focus to nothing else.
            ? Redirect($"~/playlists/{id}?moved={song}&up={(up ? "true" : "false")}")
            : NotFound();

    [HttpPost("/playlists/{id:guid}/share")]
    public async Task<IActionResult> Share(Guid id, CancellationToken cancellationToken) =>
        BackTo(id, await playlists.ShareAsync(id, cancellationToken), "#share");

    [HttpPost("/playlists/{id:guid}/unshare")]
    public async Task<IActionResult> Unshare(Guid id, CancellationToken cancellationToken) =>
        BackTo(id, await playlists.UnshareAsync(id, cancellationToken), "#share");

    [HttpPost("/playlists/{id:guid}/delete")]
    public async Task<IActionResult> Delete(Guid id, CancellationToken cancellationToken)
    {
        await playlists.DeleteAsync(id, cancellationToken);
        own.Forget(HttpContext, [id]);
        return Redirect("~/playlists");
    }

    [HttpGet("/shared/{id:guid}")]
    public async Task<IActionResult> Shared(Guid id, CancellationToken cancellationToken) =>
        await playlists.FindSharedAsync(id, cancellationToken) is { } found
            ? NotForSearchEngines(View(new PlaylistPage(found.Playlist, found.Songs, null, false)))
            : NotFound();

    [HttpGet("/shared/{id:guid}/file")]
    public async Task<IActionResult> ExportShared(Guid id, PlaylistFormat format, CancellationToken cancellationToken) =>
        FileOf(await playlists.FindSharedAsync(id, cancellationToken), format);

    private static bool IsName(string? name) => SongNames.Clean(name ?? "", Playlist.MaxNameLength).Length > 0;

    private IActionResult FileOf(PlaylistWithSongs? found, PlaylistFormat format) =>
        found is null ? NotFound() : Download.Of(this, format, found.Playlist.Name, found.Songs);

    private IActionResult BackTo(Guid id, bool isThere, string part = "") => isThere ? Redirect($"~/playlists/{id}{part}") : NotFound();

    private ViewResult NotForSearchEngines(ViewResult view)
    {
        ViewData["NoIndex"] = true;
        Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        return view;
    }

    private async Task<OwnPlaylistsPage> OwnAsync(Song? song, CancellationToken cancellationToken)
    {
        var ids = own.Read(Request);
        var there = await playlists.ListAsync(ids, cancellationToken);
        own.Forget(HttpContext, [.. ids.Except(there.Select(playlist => playlist.Id))]);
        return new OwnPlaylistsPage(there, song);
    }
}
