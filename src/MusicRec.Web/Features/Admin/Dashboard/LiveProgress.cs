using Microsoft.Extensions.Localization;
using MusicRec.Catalog.Backups;
using MusicRec.Catalog.Demo;
using MusicRec.Catalog.Import;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Models;
using MusicRec.Catalog.Songs;
using MusicRec.Web.Features.Admin.Indexing;
using MusicRec.Web.Localization;

namespace MusicRec.Web.Features.Admin.Dashboard;

/// <summary>Something else that is being done in the background.</summary>
/// <param name="Key">Names it within the page.</param>
/// <param name="Name">In words.</param>
/// <param name="Url">The page that tells more.</param>
/// <param name="Done">How much is done.</param>
/// <param name="Total">Of how much; 0 if not known yet.</param>
public sealed record WorkView(string Key, string Name, string Url, long Done, long Total);

/// <summary>What changes while an administrator looks.</summary>
/// <param name="IsBusy">Whether anything is being done, so that looking again soon is worth it.</param>
/// <param name="IsPaused">Whether the queue is paused.</param>
/// <param name="Songs">Songs by state.</param>
/// <param name="Run">The running or latest index run, or null.</param>
/// <param name="Works">What else is being done.</param>
public sealed record LiveSnapshot(bool IsBusy, bool IsPaused, SongCounts Songs, RunView? Run, IReadOnlyList<WorkView> Works)
{
    /// <summary>Changes when the page has other parts than before, not only other numbers.</summary>
    public string Shape => string.Join(' ', [IsBusy, IsPaused, Run is { IsRunning: true }, Songs.Failed, .. Works.Select(work => work.Key)]);
}

/// <summary>Looks at everything that works in the background.</summary>
public sealed class LiveProgress(
    IndexRuns runs, SongCatalog songs, FolderImports imports, TrainingRuns trainings, BackupJobs backups, DemoCatalog demo, IStringLocalizer<AdminText> text)
{
    /// <summary>How it stands now, in words of the language of the request.</summary>
    public async Task<LiveSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var counts = await songs.CountAsync(cancellationToken);
        var isPaused = await runs.IsPausedAsync(cancellationToken);
        var run = await runs.LatestAsync(cancellationToken) is { } latest ? RunView.Of(latest, text) : null;
        var works = await WorksAsync(cancellationToken);
        var isBusy = works.Count > 0 || counts.Analyzing > 0 || (!isPaused && (counts.Queued > 0 || run is { IsRunning: true }));
        return new LiveSnapshot(isBusy, isPaused, counts, run, works);
    }

    private async Task<IReadOnlyList<WorkView>> WorksAsync(CancellationToken cancellationToken)
    {
        var works = new List<WorkView>();
        if (demo.Progress is { IsRunning: true } made)
        {
            works.Add(new WorkView("demo", text["Work.Demo"], "/songs", made.Made, made.Total));
        }

        if (imports.Latest is { State: FolderImportState.Running } import)
        {
            works.Add(new WorkView("import", text["Work.Import"], "/admin/import", import.Done, import.Total));
        }

        if (await trainings.LatestAsync(cancellationToken) is { State: TrainingState.Running } training)
        {
            var epoch = training.Curve is [.., var last] ? last : null;
            works.Add(new WorkView("training", text["Work.Training"], "/admin/model", epoch?.Epoch ?? 0, epoch?.Epochs ?? 0));
        }

        if (backups.Latest is { IsRunning: true } backup)
        {
            works.Add(new WorkView("backup", text[$"Backups.Job.{backup.Kind}"], "/admin/backups", backup.Progress.DoneBytes, backup.Progress.TotalBytes));
        }

        return works;
    }
}
