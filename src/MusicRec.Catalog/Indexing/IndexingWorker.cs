using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MusicRec.Catalog.Indexing;

/// <summary>Settings of section <c>Indexing</c>.</summary>
public sealed class IndexingOptions
{
    /// <summary>Songs analysed at once in the background: 1 to 64; one per processor unless set.</summary>
    public int Workers { get; set; } = Math.Min(Environment.ProcessorCount, 64);
}

/// <summary>Works the queue off, in the background of a server or for a command.</summary>
internal sealed partial class IndexingWorker(
    IndexQueue queue, SongIndexer indexer, IndexRuns runs, IndexingSignal signal, IOptions<IndexingOptions> options, ILogger<IndexingWorker> logger)
    : BackgroundService
{
    // Songs queued by other processes, and those whose worker is gone, are found by looking.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await runs.ResumeAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.WhenAll(Enumerable.Range(0, options.Value.Workers).Select(_ => WorkOffAsync(stoppingToken)));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogTrouble(exception);
            }

            await signal.WaitAsync(Poll, stoppingToken);
        }
    }

    private async Task WorkOffAsync(CancellationToken cancellationToken)
    {
        // Claims are quick and synchronous in SQLite: leave the caller's thread, so that the workers run side by side.
        await Task.Yield();
        while (await queue.ClaimNextAsync(cancellationToken) is { } song)
        {
            await indexer.IndexAsync(song, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Error, "The queue of songs could not be worked off; trying again")]
    private partial void LogTrouble(Exception exception);
}
