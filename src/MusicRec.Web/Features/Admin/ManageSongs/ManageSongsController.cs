using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using MusicRec.Catalog;
using MusicRec.Catalog.Songs;
using MusicRec.Web.Localization;

namespace MusicRec.Web.Features.Admin.ManageSongs;

/// <summary>Lists, edits and deletes songs.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class ManageSongsController(SongCatalog songs, IStringLocalizer<AdminText> text) : Controller
{
    private const int PageSize = 50;

    [HttpGet("/admin/songs")]
    public async Task<IActionResult> Index(SongFilter filter, CancellationToken cancellationToken)
    {
        filter.Page = Math.Clamp(filter.Page, 1, int.MaxValue / PageSize);
        var page = await songs.ListAsync(
            EmptyToNull(filter.Query), EmptyToNull(filter.Genre), filter.Status, filter.Page, PageSize, cancellationToken);
        return View(new SongListPage(filter, page, PageSize, await songs.GenresAsync(cancellationToken)));
    }

    [HttpGet("/admin/songs/{id:guid}")]
    public async Task<IActionResult> Edit(Guid id, CancellationToken cancellationToken) =>
        await songs.FindAsync(id, cancellationToken) is { } song
            ? View(new SongForm { Song = song, Title = song.Title, Artist = song.Artist, Label = song.Label })
            : NotFound();

    [HttpPost("/admin/songs/{id:guid}")]
    public async Task<IActionResult> Edit(Guid id, SongForm form, CancellationToken cancellationToken)
    {
        if (await songs.FindAsync(id, cancellationToken) is not { } song)
        {
            return NotFound();
        }

        Check(form);
        if (!ModelState.IsValid)
        {
            form.Song = song;
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View(form);
        }

        await songs.EditAsync(id, form.Title!, form.Artist ?? "", form.Label, cancellationToken);
        return Redirect("/admin/songs");
    }

    [HttpGet("/admin/songs/{id:guid}/delete")]
    public async Task<IActionResult> Delete(Guid id, CancellationToken cancellationToken) =>
        await songs.FindAsync(id, cancellationToken) is { } song ? View(song) : NotFound();

    [HttpPost("/admin/songs/{id:guid}/delete")]
    [ActionName(nameof(Delete))]
    public async Task<IActionResult> DeleteConfirmed(Guid id, CancellationToken cancellationToken) =>
        await songs.DeleteAsync(id, cancellationToken) ? Redirect("/admin/songs") : NotFound();

    private void Check(SongForm form)
    {
        if (SongNames.Clean(form.Title ?? "", SongNames.MaxLength).Length == 0)
        {
            ModelState.AddModelError(nameof(form.Title), text["Edit.TitleMissing"]);
        }

        RequireLength(nameof(form.Title), form.Title, SongNames.MaxLength);
        RequireLength(nameof(form.Artist), form.Artist, SongNames.MaxLength);
        RequireLength(nameof(form.Label), form.Label, SongNames.MaxGenreLength);
    }

    private void RequireLength(string field, string? value, int most)
    {
        if (value?.Length > most)
        {
            ModelState.AddModelError(field, text["Edit.TooLong", most]);
        }
    }

    private static string? EmptyToNull(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}

/// <summary>Which songs to list.</summary>
public sealed class SongFilter
{
    public string? Query { get; set; }

    public string? Genre { get; set; }

    public SongStatus? Status { get; set; }

    public int Page { get; set; } = 1;
}

/// <summary>A page of the list with the filter that made it.</summary>
public sealed record SongListPage(SongFilter Filter, SongPage Songs, int PageSize, IReadOnlyList<string> Genres)
{
    public int PageCount => Math.Max(1, (Songs.Total + PageSize - 1) / PageSize);

    /// <summary>Address of another page of the same list.</summary>
    public string Address(int page) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString("/admin/songs", new Dictionary<string, string?>
    {
        ["query"] = Filter.Query,
        ["genre"] = Filter.Genre,
        ["status"] = Filter.Status?.ToString(),
        ["page"] = page.ToString(System.Globalization.CultureInfo.InvariantCulture),
    });
}

/// <summary>What a person may change of a song.</summary>
public sealed class SongForm
{
    public string? Title { get; set; }

    public string? Artist { get; set; }

    public string? Label { get; set; }

    [Microsoft.AspNetCore.Mvc.ModelBinding.BindNever]
    public Song? Song { get; set; }
}
