namespace MusicRec.Catalog.Import;

/// <summary>How an import of a folder stands.</summary>
public enum FolderImportState
{
    /// <summary>It works.</summary>
    Running,

    /// <summary>All files are done.</summary>
    Completed,

    /// <summary>A person or the end of the program stopped it; started again, it goes on where it was.</summary>
    Cancelled,

    /// <summary>It could not go on; the log says why.</summary>
    Failed,

    /// <summary>The disk is nearly full.</summary>
    StorageFull,

    /// <summary>The bucket of the songs' sound cannot be used.</summary>
    StorageAway,
}

/// <summary>One import of a folder of the server, while it works and after. Safe to use from several threads.</summary>
public sealed class FolderImportRun
{
    private readonly Lock _lock = new();
    private readonly List<FileImport> _files = [];
    private readonly Dictionary<ImportOutcome, int> _counts = [];
    private readonly TimeProvider _time;
    private readonly long _started;
    private TimeSpan? _took;

    internal FolderImportRun(string folder, IReadOnlyList<string> paths, TimeProvider time)
    {
        (Folder, Paths, _time, _started) = (folder, paths, time, time.GetTimestamp());
    }

    /// <summary>Full path of the folder.</summary>
    public string Folder { get; }

    /// <summary>How it stands.</summary>
    public FolderImportState State { get; private set; }

    /// <summary>Files in the folder and below.</summary>
    public int Total => Paths.Count;

    /// <summary>Files done.</summary>
    public int Done => Read(() => _files.Count);

    /// <summary>Files a minute since the start; null until one is done.</summary>
    public double? FilesPerMinute => Read<double?>(() => _files.Count == 0 ? null : _files.Count / Math.Max(Elapsed.TotalMinutes, 1e-6));

    /// <summary>Time left at that speed; null until one is done.</summary>
    public TimeSpan? TimeLeft => Read<TimeSpan?>(() => _files.Count == 0 ? null : Elapsed * (Total - _files.Count) / _files.Count);

    internal IReadOnlyList<string> Paths { get; }

    private TimeSpan Elapsed => _took ?? _time.GetElapsedTime(_started);

    /// <summary>How many files had an outcome.</summary>
    public int Count(ImportOutcome outcome) => Read(() => _counts.GetValueOrDefault(outcome));

    /// <summary>What became of each file so far, in order.</summary>
    public IReadOnlyList<FileImport> Files() => Read(() => _files.ToList());

    internal void Add(FileImport file)
    {
        lock (_lock)
        {
            _files.Add(file);
            _counts[file.Outcome] = _counts.GetValueOrDefault(file.Outcome) + 1;
        }
    }

    internal void End(FolderImportState state)
    {
        lock (_lock)
        {
            _took = Elapsed;
            State = state;
        }
    }

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
