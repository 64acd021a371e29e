using Microsoft.AspNetCore.Mvc;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Models;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Songs;

namespace MusicRec.Web.Features.Admin.Dashboard;

/// <summary>What the administrator sees first.</summary>
/// <param name="Songs">Songs by state.</param>
/// <param name="Index">The index that answers, if any.</param>
/// <param name="Model">The genre model.</param>
/// <param name="Run">The running or the latest run, if any.</param>
public sealed record DashboardPage(SongCounts Songs, SimilarityIndex? Index, LiveModel Model, IndexRunProgress? Run);

/// <summary>The state of catalog, index and model on one page.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class DashboardController(SongCatalog songs, LiveIndex index, LiveModel model, IndexRuns runs) : Controller
{
    [HttpGet("/admin")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) => View(new DashboardPage(
        await songs.CountAsync(cancellationToken), index.Current, model, await runs.LatestAsync(cancellationToken)));
}
