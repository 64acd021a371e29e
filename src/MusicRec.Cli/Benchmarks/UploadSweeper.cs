namespace MusicRec.Cli.Benchmarks;

/// <summary>Deletes stored uploads some seconds after they came: a minute of large songs would be many gigabytes.</summary>
internal sealed class UploadSweeper : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _uploads;
    private readonly Timer _timer;

    public UploadSweeper(string storage)
    {
        _uploads = new DirectoryInfo(Path.Combine(storage, "uploads"));
        _timer = new Timer(_ => Sweep(), null, Interval, Interval);
    }

    public void Dispose() => _timer.Dispose();

    private void Sweep()
    {
        foreach (var file in _uploads.EnumerateFiles().Where(file => file.LastWriteTimeUtc < TimeProvider.System.GetUtcNow().UtcDateTime - Kept))
        {
            file.Delete();
        }
    }
}
