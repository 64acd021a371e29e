namespace MusicRec.Catalog.Uploads;

/// <summary>
/// Bounds the analyses that visitors wait for: one per processor at a time, a stated number waiting, the rest refused at once
/// rather than slowly.
/// </summary>
/// <param name="atOnce">Analyses at a time.</param>
/// <param name="mostWaiting">Visitors that may wait.</param>
public sealed class AnalysisGate(int atOnce, int mostWaiting) : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _free = new(atOnce);
    private int _inside;
    private int _begun;

    /// <summary>Analyses begun since the start of the program.</summary>
    internal int Begun => _begun;

    /// <summary>Runs the work on a pool thread when it is its turn.</summary>
    /// <exception cref="AnalysisBusyException">Too many wait already.</exception>
    internal async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _inside) > atOnce + mostWaiting)
            {
                throw new AnalysisBusyException(RetryAfter);
            }

            await _free.WaitAsync(cancellationToken);
            Interlocked.Increment(ref _begun);
            try
            {
                return await Task.Run(work, cancellationToken);
            }
            finally
            {
                _free.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();
}
