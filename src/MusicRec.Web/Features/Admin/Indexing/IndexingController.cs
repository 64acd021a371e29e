using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Songs;
using MusicRec.Web.Localization;
using MusicRec.Web.Security;

namespace MusicRec.Web.Features.Admin.Indexing;

/// <summary>The running or latest run, if any, the songs that wait for the index, in a run or not, and whether they have to.</summary>
public sealed record IndexingPage(RunView? Run, SongCounts Songs, bool IsPaused);

/// <summary>Starts, watches, pauses and cancels the reindexing of the catalog.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class IndexingController(IndexRuns runs, SongCatalog songs, IStringLocalizer<AdminText> text) : Controller
{
    /// <param name="refresh">Whether the page asks for itself again while a run works: for browsers without script.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    [HttpGet("/admin/indexing")]
    public async Task<IActionResult> Index(bool refresh, CancellationToken cancellationToken)
    {
        var run = await runs.LatestAsync(cancellationToken);
        if (refresh && run?.State == IndexRunState.Running)
        {
            Response.Headers["Refresh"] = "5";
        }

        return View(new IndexingPage(
            run is null ? null : RunView.Of(run, text), await songs.CountAsync(cancellationToken), await runs.IsPausedAsync(cancellationToken)));
    }

    [HttpGet("/admin/indexing/progress")]
    [ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
    public async Task<IActionResult> Progress(CancellationToken cancellationToken) =>
        await runs.LatestAsync(cancellationToken) is { } run ? Json(RunView.Of(run, text)) : NoContent();

    [HttpPost("/admin/indexing/start")]
    public async Task<IActionResult> Start([BindRequired] ReindexScope scope, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid || !Enum.IsDefined(scope))
        {
            return BadRequest();
        }

        await runs.StartAsync(scope, cancellationToken);
        await runs.GoOnAsync(cancellationToken);
        return Redirect("/admin/indexing");
    }

    [HttpPost("/admin/indexing/pause")]
    public async Task<IActionResult> Pause(string? returnUrl, CancellationToken cancellationToken)
    {
        await runs.PauseAsync(cancellationToken);
        return Back(returnUrl);
    }

    [HttpPost("/admin/indexing/resume")]
    public async Task<IActionResult> Resume(string? returnUrl, CancellationToken cancellationToken)
    {
        await runs.GoOnAsync(cancellationToken);
        return Back(returnUrl);
    }

    /// <param name="song">Only this one, or null for all that failed.</param>
    /// <param name="returnUrl">Where to go then.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    [HttpPost("/admin/indexing/retry")]
    public async Task<IActionResult> Retry(Guid? song, string? returnUrl, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
        {
            return BadRequest();
        }

        await runs.RetryAsync(song, cancellationToken);
        return Back(returnUrl);
    }

    [HttpPost("/admin/indexing/cancel")]
    public async Task<IActionResult> Cancel(string? returnUrl, CancellationToken cancellationToken)
    {
        await runs.CancelAsync(cancellationToken);
        return Back(returnUrl);
    }

    private LocalRedirectResult Back(string? returnUrl) => LocalRedirect(LocalAddress.Of(returnUrl) ?? "/admin/indexing");
}
