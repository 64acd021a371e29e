using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MusicRec.Catalog.Backups;

/// <summary>Makes and restores backups in the background, one at a time.</summary>
public sealed partial class BackupJobs(Backups backups, Restorer restorer, TimeProvider time, ILogger<BackupJobs> logger) : BackgroundService
{
    private readonly Channel<(BackupJob Job, Func<BackupJob, CancellationToken, Task> Work)> _next =
        Channel.CreateBounded<(BackupJob, Func<BackupJob, CancellationToken, Task>)>(1);

    private readonly Lock _lock = new();

    /// <summary>The running or the latest job since the start of the program; null before the first.</summary>
    public BackupJob? Latest { get; private set; }

    /// <summary>Begins to make a backup. Returns false if a job is running.</summary>
    public bool TryCreate(bool withAudio) =>
        TryStart(BackupJobKind.Create, (job, stop) => backups.CreateAsync(withAudio, job, stop));

    /// <summary>Begins to restore a backup of the storage folder. Returns false if a job is running.</summary>
    /// <param name="path">As <see cref="Backups.FindPath"/> found it.</param>
    public bool TryRestore(string path) =>
        TryStart(BackupJobKind.Restore, (job, stop) => restorer.RestoreAsync(path, job, stop));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (job, work) in _next.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await work(job, stoppingToken);
                job.End(null);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailure(exception);
                job.End(exception);
            }
        }
    }

    private bool TryStart(BackupJobKind kind, Func<BackupJob, CancellationToken, Task> work)
    {
        lock (_lock)
        {
            if (Latest is { IsRunning: true })
            {
                return false;
            }

            Latest = new BackupJob(kind, time);
            return _next.Writer.TryWrite((Latest, work));
        }
    }

    [LoggerMessage(LogLevel.Error, "A backup could not be made or restored")]
    private partial void LogFailure(Exception exception);
}

/// <summary>What a job does.</summary>
public enum BackupJobKind
{
    /// <summary>Makes a backup.</summary>
    Create,

    /// <summary>Puts one in the place of the catalog.</summary>
    Restore,
}

/// <summary>One backup being made or restored.</summary>
/// <param name="kind">Which of the two.</param>
/// <param name="time">The clock.</param>
public sealed class BackupJob(BackupJobKind kind, TimeProvider time) : IProgress<BackupProgress>
{
    private readonly long _started = time.GetTimestamp();
    private long _done;
    private long _total;
    private volatile bool _hasEnded;

    /// <summary>What it does.</summary>
    public BackupJobKind Kind => kind;

    /// <summary>Whether it still works.</summary>
    public bool IsRunning => !_hasEnded;

    /// <summary>Why it failed; null while it works or if all went well.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Bytes done and in all.</summary>
    public BackupProgress Progress => new(Volatile.Read(ref _done), Volatile.Read(ref _total));

    /// <summary>Measured; null until known.</summary>
    public double? BytesPerSecond => time.GetElapsedTime(_started).TotalSeconds is > 0 and var seconds && Progress.DoneBytes > 0 ? Progress.DoneBytes / seconds : null;

    /// <summary>Estimate; null until known.</summary>
    public TimeSpan? TimeLeft => BytesPerSecond is { } speed ? TimeSpan.FromSeconds((Progress.TotalBytes - Progress.DoneBytes) / speed) : null;

    /// <inheritdoc/>
    public void Report(BackupProgress value)
    {
        Volatile.Write(ref _total, value.TotalBytes);
        Volatile.Write(ref _done, value.DoneBytes);
    }

    internal void End(Exception? failure)
    {
        Failure = failure;
        _hasEnded = true;
    }
}
