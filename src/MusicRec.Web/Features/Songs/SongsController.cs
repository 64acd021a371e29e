using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using MusicRec.Catalog.Models;
using MusicRec.Catalog.Songs;
using MusicRec.Genres;
using MusicRec.Web.Features.Mix;
using MusicRec.Web.Features.Sound;
using MusicRec.Web.Security;

namespace MusicRec.Web.Features.Songs;

[AllowAnonymous]
[EnableRateLimiting(RateLimits.Search)]
public sealed class SongsController(SongCatalog catalog, ListsOnPages lists, SoundStories stories, LiveModel model) : Controller
{
    private const int PageSize = 24;

    [HttpGet("/songs")]
    public async Task<IActionResult> Index(string? query, string? genre, int page, CancellationToken cancellationToken)
    {
        query = string.IsNullOrWhiteSpace(query) ? null : query.Trim();
        genre = string.IsNullOrEmpty(genre) ? null : genre;
        page = Math.Max(page, 1);
        var songs = await catalog.ListWithoutFailedAsync(query, genre, page, PageSize, cancellationToken);
        var pageCount = Math.Max(1, (songs.Total + PageSize - 1) / PageSize);
        return page > pageCount
            ? RedirectToAction(nameof(Index), new { query, genre, page = pageCount })
            : View(new SongList(query, genre, await GenresToChooseFromAsync(cancellationToken), page, pageCount, songs.Total, songs.Items));
    }

    [HttpGet("/songs/{id:guid}")]
    public async Task<IActionResult> Show(Guid id, MixQuery list, CancellationToken cancellationToken)
    {
        var song = await catalog.FindAsync(id, cancellationToken);
        if (song is null)
        {
            return NotFound();
        }

        var features = await catalog.FindFeaturesAsync(id, cancellationToken);
        var similar = await lists.LikeSongAsync(id, list, cancellationToken);
        // There are more lists than any search engine has room for.
        ViewData["NoIndex"] = similar.State.IsShaped ? true : null;
        var story = features is null ? null : await stories.TellAsync(song, features, cancellationToken);
        return View(new SongDetails(song, features, similar, story));
    }

    /// <summary>What songs have, and what the model may answer.</summary>
    private async Task<IReadOnlyList<string>> GenresToChooseFromAsync(CancellationToken cancellationToken) =>
        Genre.Order([.. await catalog.GenresAsync(cancellationToken), .. model.Classifier?.Model.Labels ?? []]);
}
