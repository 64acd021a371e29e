using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MusicRec.Catalog.Indexing;

namespace MusicRec.Catalog.Models;

/// <summary>
/// After a model was activated, asks it about every song of the catalog. The wish is stored: an index run that is under way,
/// or a restart, only delays it.
/// </summary>
public sealed partial class PredictionRefresh(
    IDbContextFactory<CatalogContext> contexts, LiveModel live, IndexRuns runs, TimeProvider time, ILogger<PredictionRefresh> logger)
    : BackgroundService
{
    private const string Key = "predictions-of-model";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Stores the wish.</summary>
    internal async Task RequestAsync(CatalogContext context, string version, CancellationToken cancellationToken)
    {
        await Setting.SetAsync(context, Key, version, cancellationToken);
        await StartIfDueAsync(cancellationToken);
    }

    /// <summary>Starts an index run if songs still carry another model's predictions and no run is under way.</summary>
    internal async Task StartIfDueAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var version = live.Classifier?.Model.Version;
        if (version is null || await Setting.FindAsync(context, Key, cancellationToken) != version
            || await context.IndexRuns.AnyAsync(run => run.State == IndexRunState.Running, cancellationToken))
        {
            return;
        }

        if (await context.Songs.AnyAsync(song => song.Status == SongStatus.Indexed && song.ModelVersion != version, cancellationToken))
        {
            await runs.StartAsync(ReindexScope.Stale, cancellationToken);
        }
        else if (!await context.Songs.AnyAsync(song => song.Status == SongStatus.Analyzing, cancellationToken))
        {
            await context.Settings.Where(setting => setting.Key == Key).ExecuteDeleteAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await StartIfDueAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogTrouble(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The catalog's predictions could not be renewed; trying again")]
    private partial void LogTrouble(Exception exception);
}
