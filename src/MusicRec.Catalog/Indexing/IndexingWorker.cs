using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MusicRec.Catalog.Database;
using MusicRec.Catalog.Files;

namespace MusicRec.Catalog.Indexing;

/// <summary>Settings of section <c>Indexing</c>.</summary>
public sealed class IndexingOptions
{
    /// <summary>Songs analysed at once in the background: 0 (others on the same database do it) to 64; one per processor unless set.</summary>
    public int Workers { get; set; } = Math.Min(Environment.ProcessorCount, 64);
}

/// <summary>Works the queue off, in the background of a server or for a command.</summary>
internal sealed partial class IndexingWorker(
    IndexQueue queue, SongIndexer indexer, IndexRuns runs, IndexingSignal signal, IOptions<IndexingOptions> options, ILogger<IndexingWorker> logger)
    : BackgroundService
{
    // Songs of which no news came, and those whose worker is gone, are found by looking.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Workers == 0)
        {
            return;
        }

        while (await TryAsync(() => runs.ResumeAsync(stoppingToken)) is not null)
        {
            await Task.Delay(Poll, stoppingToken);
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(Enumerable.Range(0, options.Value.Workers).Select(_ => TryAsync(() => WorkOffAsync(stoppingToken))));
            await signal.WaitAsync(News.SongsQueued, Poll, stoppingToken);
        }
    }

    private async Task WorkOffAsync(CancellationToken cancellationToken)
    {
        // Claims are quick and synchronous in SQLite: leave the caller's thread, so that the workers run side by side.
        await Task.Yield();
        while (await queue.ClaimNextAsync(cancellationToken) is { } song)
        {
            // A database that was busy for too long costs this song its turn, not the worker: the claim lapses. Without the bucket, or room to copy from it, no song can be analysed.
            if (await TryAsync(() => indexer.IndexAsync(song, cancellationToken)) is AudioStorageException or StorageFullException)
            {
                return;
            }
        }
    }

    /// <summary>Does the work and returns what went wrong, or null.</summary>
    private async Task<Exception?> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogTrouble(exception);
            return exception;
        }
    }

    [LoggerMessage(LogLevel.Error, "The queue of songs could not be worked off; trying again")]
    private partial void LogTrouble(Exception exception);
}
