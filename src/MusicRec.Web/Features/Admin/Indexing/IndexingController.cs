using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Songs;
using MusicRec.Web.Localization;

namespace MusicRec.Web.Features.Admin.Indexing;

/// <summary>A run in words of the administrator's language; the page shows it, and its script asks for it again.</summary>
/// <param name="IsRunning">Whether it still works.</param>
/// <param name="State">In words.</param>
/// <param name="Total">Songs in the run.</param>
/// <param name="Finished">Songs done or failed.</param>
/// <param name="Failed">Songs that failed.</param>
/// <param name="Speed">Songs per minute, in words.</param>
/// <param name="TimeLeft">In words.</param>
public sealed record RunView(bool IsRunning, string State, int Total, int Finished, int Failed, string Speed, string TimeLeft);

/// <summary>The running or latest run, if any, and the songs that wait for the index, in a run or not.</summary>
public sealed record IndexingPage(RunView? Run, SongCounts Songs);

/// <summary>Starts, watches and cancels the reindexing of the catalog.</summary>
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

        return View(new IndexingPage(run is null ? null : Describe(run), await songs.CountAsync(cancellationToken)));
    }

    [HttpGet("/admin/indexing/progress")]
    [ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
    public async Task<IActionResult> Progress(CancellationToken cancellationToken) =>
        await runs.LatestAsync(cancellationToken) is { } run ? Json(Describe(run)) : NoContent();

    [HttpPost("/admin/indexing/start")]
    public async Task<IActionResult> Start([BindRequired] ReindexScope scope, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid || !Enum.IsDefined(scope))
        {
            return BadRequest();
        }

        await runs.StartAsync(scope, cancellationToken);
        return Redirect("/admin/indexing");
    }

    [HttpPost("/admin/indexing/cancel")]
    public async Task<IActionResult> Cancel(CancellationToken cancellationToken)
    {
        await runs.CancelAsync(cancellationToken);
        return Redirect("/admin/indexing");
    }

    private RunView Describe(IndexRunProgress run) => new(
        run.State == IndexRunState.Running,
        text[$"Run.{run.State}"],
        run.Total,
        run.Done + run.Failed,
        run.Failed,
        run.SongsPerMinute is { } speed ? text["Run.Speed", Math.Round(speed, 1)] : text["Run.Unknown"],
        run.TimeLeft is { } left ? text.Span(left) : text["Run.Unknown"]);
}
