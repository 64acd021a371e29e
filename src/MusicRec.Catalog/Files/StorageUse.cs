namespace MusicRec.Catalog.Files;

/// <summary>What a part of the storage folder takes.</summary>
/// <param name="Part">What it is.</param>
/// <param name="Bytes">Length of its files.</param>
public sealed record StoragePartSize(StoragePart Part, long Bytes);

/// <summary>A part of the storage folder.</summary>
public enum StoragePart
{
    /// <summary>Sound of the catalog's songs.</summary>
    Songs,

    /// <summary>The SQLite file with what belongs to it.</summary>
    Database,

    /// <summary>Visitors' songs.</summary>
    Uploads,

    /// <summary>Backups that were made here.</summary>
    Backups,

    /// <summary>Cover pictures.</summary>
    Covers,

    /// <summary>Genre models.</summary>
    Models,
}

/// <summary>How full the disk is.</summary>
/// <param name="TotalBytes">Of the disk.</param>
/// <param name="FreeBytes">What the program may still write.</param>
/// <param name="Parts">What the program has written.</param>
/// <param name="Bucket">Where the sound lies instead of the disk; not measured, for its songs would have to be counted one by one. Null if it lies on the disk.</param>
public sealed record StorageReport(long TotalBytes, long FreeBytes, IReadOnlyList<StoragePartSize> Parts, string? Bucket);

/// <summary>Measures the storage folder; its files are counted at most once a minute, for there may be many.</summary>
public sealed class StorageUse(StorageFolder folder, AudioStore audio, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private volatile Measured? _last;

    /// <summary>How full it is now.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public async Task<StorageReport> ReadAsync(CancellationToken cancellationToken)
    {
        if (_last is not { } last || time.GetElapsedTime(last.At) >= Patience)
        {
            _last = last = new Measured(await Task.Run(Measure, cancellationToken), time.GetTimestamp());
        }

        var drive = new DriveInfo(folder.Root);
        return new StorageReport(drive.TotalSize, drive.AvailableFreeSpace, last.Parts, audio.Bucket);
    }

    private IReadOnlyList<StoragePartSize> Measure() =>
    [
        .. SoundSize(StoragePart.Songs, folder.Songs),
        new(StoragePart.Database, SizeOf(folder.Root, Path.GetFileName(folder.Database) + "*", SearchOption.TopDirectoryOnly)),
        .. SoundSize(StoragePart.Uploads, folder.Uploads),
        new(StoragePart.Backups, SizeOf(folder.Backups)),
        new(StoragePart.Covers, SizeOf(folder.Covers)),
        new(StoragePart.Models, SizeOf(folder.Models)),
    ];

    private IReadOnlyList<StoragePartSize> SoundSize(StoragePart part, string path) => audio.Bucket is null ? [new(part, SizeOf(path))] : [];

    private static long SizeOf(string path, string pattern = "*", SearchOption depth = SearchOption.AllDirectories)
    {
        var files = new DirectoryInfo(path);
        return files.Exists ? files.EnumerateFiles(pattern, depth).Sum(LengthOf) : 0;
    }

    /// <summary>A file may go while it is counted.</summary>
    private static long LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    private sealed record Measured(IReadOnlyList<StoragePartSize> Parts, long At);
}
