using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using MusicRec.Catalog.Playlists;
using MusicRec.Catalog.Similarity.Lists;
using MusicRec.Catalog.Songs;
using MusicRec.Catalog.Uploads;
using MusicRec.Web.Features.Playlists;
using MusicRec.Web.Localization;
using MusicRec.Web.Security;

namespace MusicRec.Web.Features.Mix;

/// <summary>Lists that visitors shape: songs like others, and ways from one song to another. An address is a list.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Search)]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class MixController(SongLists lists, SongCatalog catalog, UploadService uploads, IStringLocalizer<Text> text) : Controller
{
    private const int MostFound = 8;

    [HttpGet("/mix")]
    public async Task<IActionResult> Index(MixQuery query, CancellationToken cancellationToken)
    {
        var state = MixState.Of(query) with { From = null, To = null };
        var upload = await UploadOfAsync(state, cancellationToken);
        return View(await PageOfAsync(query, state, upload, await MakeAsync(state, upload, cancellationToken), cancellationToken));
    }

    [HttpGet("/mix/path")]
    public async Task<IActionResult> Path(MixQuery query, CancellationToken cancellationToken)
    {
        var state = MixState.Of(query) with { Like = [], Unlike = [], Upload = null };
        return View(await PageOfAsync(query, state, null, await FindPathAsync(state, cancellationToken), cancellationToken));
    }

    [HttpGet("/mix/file")]
    public async Task<IActionResult> Export(MixQuery query, PlaylistFormat format, CancellationToken cancellationToken)
    {
        var state = MixState.Of(query);
        var list = state is { From: not null, To: not null }
            ? await FindPathAsync(state, cancellationToken)
            : await MakeAsync(state, await UploadOfAsync(state, cancellationToken), cancellationToken);
        return list is null ? NotFound() : Download.Of(this, format, text["Mix.Title"], [.. list.Songs.Select(hit => hit.Song)]);
    }

    private async Task<SongList?> MakeAsync(MixState state, Catalog.Uploads.Upload? upload, CancellationToken cancellationToken) => state.HasSeeds
        ? await lists.MakeAsync(new ListQuestion(state.Like, state.Unlike, upload, state.Rules), cancellationToken)
        : null;

    private async Task<SongList?> FindPathAsync(MixState state, CancellationToken cancellationToken) => state is { From: { } from, To: { } to }
        ? await lists.FindPathAsync(from, to, state.Rules, cancellationToken)
        : null;

    private async Task<Catalog.Uploads.Upload?> UploadOfAsync(MixState state, CancellationToken cancellationToken) =>
        state.Upload is { } id ? await uploads.FindAsync(id, cancellationToken) : null;

    private async Task<MixPage> PageOfAsync(
        MixQuery query, MixState state, Catalog.Uploads.Upload? upload, SongList? list, CancellationToken cancellationToken)
    {
        // There are more lists than any search engine has room for; and whoever has the address of an upload has the upload.
        if (list is not null)
        {
            ViewData["NoIndex"] = true;
        }

        var find = string.IsNullOrWhiteSpace(query.Find) ? null : query.Find.Trim();
        var found = find is null ? [] : (await catalog.ListWithoutFailedAsync(find, null, 1, MostFound, cancellationToken)).Items;
        Guid[] named = [.. state.Like, .. state.Unlike, .. new[] { state.From, state.To }.OfType<Guid>()];
        return new MixPage(
            state, await lists.ChoicesAsync(cancellationToken), await catalog.FindAllAsync(named, cancellationToken), upload?.FileName, list, find, found, query.Play);
    }
}
