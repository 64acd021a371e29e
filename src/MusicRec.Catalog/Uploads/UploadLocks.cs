using System.Globalization;

namespace MusicRec.Catalog.Uploads;

/// <summary>
/// Holds a stored upload by its hash: the same bytes coming in twice at once are analysed once, and the purge does not
/// delete a file that is just being used again.
/// </summary>
public sealed class UploadLocks
{
    private const int HashDigits = 2;

    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 1 << (4 * HashDigits)).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits until nobody else holds this hash; it is held until the result is disposed.</summary>
    internal async Task<IDisposable> HoldAsync(string sha256, CancellationToken cancellationToken)
    {
        var held = _locks[int.Parse(sha256.AsSpan(0, HashDigits), NumberStyles.HexNumber, CultureInfo.InvariantCulture)];
        await held.WaitAsync(cancellationToken);
        return new Held(held);
    }

    private sealed class Held(SemaphoreSlim held) : IDisposable
    {
        public void Dispose() => held.Release();
    }
}
