using MusicRec.Catalog.Database;

namespace MusicRec.Catalog.Indexing;

/// <summary>Wakes background work at once, here and, where the database can, in other processes; they also look by themselves.</summary>
public sealed class IndexingSignal : IDisposable
{
    private readonly Dictionary<News, SemaphoreSlim> _semaphores = Enum.GetValues<News>().ToDictionary(news => news, _ => new SemaphoreSlim(0, 1));

    /// <summary>There is something to do, for this process and the others.</summary>
    internal Task SetAsync(CatalogContext context, News news, CancellationToken cancellationToken)
    {
        Set(news);
        return context.AnnounceAsync(news, cancellationToken);
    }

    /// <summary>There is something to do for this process.</summary>
    internal void Set(News news)
    {
        var semaphore = _semaphores[news];
        lock (semaphore)
        {
            if (semaphore.CurrentCount == 0)
            {
                semaphore.Release();
            }
        }
    }

    /// <summary>Waits until there is something to do, or the time is over.</summary>
    internal Task WaitAsync(News news, TimeSpan timeout, CancellationToken cancellationToken) => _semaphores[news].WaitAsync(timeout, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var semaphore in _semaphores.Values)
        {
            semaphore.Dispose();
        }
    }
}
