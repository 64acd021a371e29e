namespace MusicRec.Catalog.Indexing;

/// <summary>Wakes the worker of this process at once when songs were queued; workers of other processes look by themselves.</summary>
public sealed class IndexingSignal : IDisposable
{
    private readonly SemaphoreSlim _semaphore = new(0, 1);

    /// <summary>There is something to do.</summary>
    internal void Set()
    {
        lock (_semaphore)
        {
            if (_semaphore.CurrentCount == 0)
            {
                _semaphore.Release();
            }
        }
    }

    /// <summary>Waits until there is something to do, or the time is over.</summary>
    internal Task WaitAsync(TimeSpan timeout, CancellationToken cancellationToken) => _semaphore.WaitAsync(timeout, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _semaphore.Dispose();
}
