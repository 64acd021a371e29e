using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MusicRec.Catalog.Database;
using MusicRec.Catalog.Models;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Pgvector;

namespace MusicRec.Catalog.Indexing;

/// <summary>Keeps what answers up to date: publishes new index versions, loads those of other processes, notices a new model.</summary>
internal sealed partial class IndexKeeper(
    IndexPublisher publisher, LiveIndex index, LiveModel model, IndexingSignal signal, TimeProvider time, ILogger<IndexKeeper> logger, VectorTable? table = null)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>The index answers before the first request is served.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await index.LoadLatestAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync(() => KeepUpAsync(stoppingToken), () => signal.WaitAsync(News.IndexChanged, Interval, stoppingToken), stoppingToken),
        RepeatAsync(() => PrepareAsync(stoppingToken), () => Task.Delay(Interval, time, stoppingToken), stoppingToken));

    private async Task KeepUpAsync(CancellationToken cancellationToken)
    {
        model.Refresh();
        await publisher.PublishIfDueAsync(cancellationToken);
        await index.LoadLatestAsync(cancellationToken);
    }

    /// <summary>What takes its time, beside it.</summary>
    private Task PrepareAsync(CancellationToken cancellationToken) =>
        table?.KeepUpAsync(cancellationToken) ?? Task.Run(() => index.PrepareRanking(cancellationToken), cancellationToken);

    private async Task RepeatAsync(Func<Task> work, Func<Task> waitAsync, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await waitAsync();
            try
            {
                await work();
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogTrouble(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The index could not be brought up to date; trying again")]
    private partial void LogTrouble(Exception exception);
}
