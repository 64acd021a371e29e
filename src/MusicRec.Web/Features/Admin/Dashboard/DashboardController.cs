using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using MusicRec.Catalog;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Models;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Songs;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Web.Features.Admin.Dashboard;

/// <summary>What the administrator sees first.</summary>
/// <param name="Live">What changes.</param>
/// <param name="Genres">Songs by genre.</param>
/// <param name="Failures">Failed songs by reason.</param>
/// <param name="Failed">Some of them.</param>
/// <param name="Runs">The latest index runs.</param>
/// <param name="Index">The index that answers, if any.</param>
/// <param name="Model">The genre model.</param>
/// <param name="Storage">How full the disk is; null if the folder cannot be read.</param>
/// <param name="Settings">How the settings stand.</param>
internal sealed record DashboardPage(
    LiveSnapshot Live, IReadOnlyList<GenreCount> Genres, IReadOnlyList<FailureCount> Failures, IReadOnlyList<Song> Failed,
    IReadOnlyList<IndexRunProgress> Runs, SimilarityIndex? Index, LiveModel Model, StorageReport? Storage, IReadOnlyList<SettingRow> Settings);

/// <summary>The state of everything on one page.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class DashboardController(
    LiveProgress progress, CatalogOverview overview, SongCatalog songs, IndexRuns runs, LiveIndex index, LiveModel model, StorageUse storage,
    StorageFolder folder, IConfiguration configuration, IOptions<UploadOptions> uploads, IOptions<IndexingOptions> indexing) : Controller
{
    private const int FailedShown = 5;
    private const int RunsShown = 6;

    [HttpGet("/admin")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) => View(new DashboardPage(
        await progress.ReadAsync(cancellationToken),
        await overview.CountGenresAsync(cancellationToken),
        await overview.CountFailuresAsync(cancellationToken),
        (await songs.ListAsync(query: null, genre: null, SongStatus.Failed, page: 1, FailedShown, cancellationToken)).Items,
        await runs.RecentAsync(RunsShown, cancellationToken),
        index.Current,
        model,
        await ReadStorageAsync(cancellationToken),
        SettingsTable.Read(configuration, folder, uploads.Value, indexing.Value)));

    private async Task<StorageReport?> ReadStorageAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await storage.ReadAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
