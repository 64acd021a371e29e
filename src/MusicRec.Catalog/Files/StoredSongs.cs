using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Songs;

namespace MusicRec.Catalog.Files;

/// <summary>How many of some songs have their file.</summary>
public sealed record FileSample(int Present, int Missing);

/// <summary>A song whose file is gone.</summary>
public sealed record SongWithoutFile(Guid Id, string Artist, string Title);

/// <summary>What does not fit together, and out of how much.</summary>
/// <param name="Songs">Songs of the catalog.</param>
/// <param name="Files">Songs' files and covers in the storage folder.</param>
/// <param name="SongsWithoutFile">Rows whose file is gone.</param>
/// <param name="FilesWithoutSong">Full paths of files that belong to no song.</param>
public sealed record Orphans(
    int Songs, int Files, IReadOnlyList<SongWithoutFile> SongsWithoutFile, IReadOnlyList<string> FilesWithoutSong)
{
    /// <summary>Whether everything fits together.</summary>
    public bool IsEmpty => SongsWithoutFile.Count == 0 && FilesWithoutSong.Count == 0;
}

/// <summary>More than half of the songs or of the files would be deleted, which looks like a folder or a database that is not the right one.</summary>
public sealed class CheckRefusedException(string what) : Exception(
    $"More than half of the {what} would be deleted: is the storage folder mounted, and the database the right one? Nothing was deleted.");

/// <summary>Compares the songs of the database with the files in the storage folder.</summary>
public sealed class StoredSongs(
    IDbContextFactory<CatalogContext> contexts, StorageFolder storage, AudioFiles files, SongCatalog catalog, TimeProvider time)
{
    private const int SampleSize = 10;

    // The file of a song comes before its row: one that is so young may be on its way in.
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(10);

    /// <summary>Looks for the files of the oldest and the newest songs.</summary>
    public async Task<FileSample> SampleAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = context.Songs.Select(song => song.Id);
        var oldest = await ids.OrderBy(id => id).Take(SampleSize).ToListAsync(cancellationToken);
        var newest = await ids.OrderByDescending(id => id).Take(SampleSize).ToListAsync(cancellationToken);
        var sample = oldest.Union(newest).ToList();
        var present = sample.Count(id => File.Exists(files.SongPath(id)));
        return new FileSample(present, sample.Count - present);
    }

    /// <summary>Finds songs without file and files without song. Changes nothing.</summary>
    public async Task<Orphans> FindOrphansAsync(CancellationToken cancellationToken)
    {
        // Files first: a song that comes meanwhile has its row when the rows are read.
        var (songFiles, coverFiles) = (FilesIn(storage.Songs), FilesIn(storage.Covers));
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var songs = await context.Songs
            .OrderBy(song => song.Id)
            .Select(song => new SongWithoutFile(song.Id, song.Artist, song.Title))
            .ToListAsync(cancellationToken);
        var ids = songs.Select(song => song.Id).ToHashSet();
        return new Orphans(
            songs.Count,
            songFiles.Length + coverFiles.Length,
            [.. songs.Where(song => !File.Exists(files.SongPath(song.Id)))],
            [.. songFiles.Concat(coverFiles).Where(path => !Belongs(path, ids)).Where(IsOld).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Deletes what <see cref="FindOrphansAsync"/> found and is still so.</summary>
    /// <exception cref="CheckRefusedException">That would be more than half of the songs or of the files.</exception>
    public async Task DeleteAsync(Orphans orphans, CancellationToken cancellationToken)
    {
        Require(orphans.SongsWithoutFile.Count, orphans.Songs, "songs");
        Require(orphans.FilesWithoutSong.Count, orphans.Files, "files");
        foreach (var song in orphans.SongsWithoutFile.Where(song => !File.Exists(files.SongPath(song.Id))))
        {
            await catalog.DeleteAsync(song.Id, cancellationToken);
        }

        foreach (var path in orphans.FilesWithoutSong)
        {
            File.Delete(path);
        }
    }

    private static void Require(int deleted, int all, string what)
    {
        if (deleted * 2L > all)
        {
            throw new CheckRefusedException(what);
        }
    }

    private static string[] FilesIn(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder) : [];

    private static bool Belongs(string path, HashSet<Guid> ids) =>
        Guid.TryParseExact(Path.GetFileNameWithoutExtension(path), "N", out var id) && ids.Contains(id);

    private bool IsOld(string path) => time.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(path) > Young;
}
