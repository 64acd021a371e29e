using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Songs;

namespace MusicRec.Catalog.Files;

/// <summary>How many of some songs have their file.</summary>
public sealed record FileSample(int Present, int Missing);

/// <summary>A song whose file is gone.</summary>
public sealed record SongWithoutFile(Guid Id, string Artist, string Title);

/// <summary>What does not fit together, and out of how much.</summary>
/// <param name="Songs">Songs of the catalog.</param>
/// <param name="Files">Songs' files and covers that are stored.</param>
/// <param name="SongsWithoutFile">Rows whose file is gone.</param>
/// <param name="AudioWithoutSong">Sounds that belong to no song.</param>
/// <param name="CoversWithoutSong">Full paths of covers that belong to no song.</param>
public sealed record Orphans(
    int Songs, int Files, IReadOnlyList<SongWithoutFile> SongsWithoutFile, IReadOnlyList<StoredAudio> AudioWithoutSong, IReadOnlyList<string> CoversWithoutSong)
{
    /// <summary>Where everything lies that belongs to no song.</summary>
    public IReadOnlyList<string> FilesWithoutSong =>
        [.. AudioWithoutSong.Select(sound => sound.Place).Concat(CoversWithoutSong).Order(StringComparer.Ordinal)];

    /// <summary>Whether everything fits together.</summary>
    public bool IsEmpty => SongsWithoutFile.Count == 0 && FilesWithoutSong.Count == 0;
}

/// <summary>More than half of the songs or of the files would be deleted, which looks like a folder or a database that is not the right one.</summary>
public sealed class CheckRefusedException(string what) : Exception(
    $"More than half of the {what} would be deleted: is the storage folder mounted, and the database the right one? Nothing was deleted.");

/// <summary>Compares the songs of the database with their stored files.</summary>
public sealed class StoredSongs(
    IDbContextFactory<CatalogContext> contexts, StorageFolder storage, AudioStore audio, SongCatalog catalog, TimeProvider time)
{
    private const int SampleSize = 10;

    // The file of a song comes before its row: one that is so young may be on its way in.
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(10);

    /// <summary>Looks for the files of the oldest and the newest songs.</summary>
    /// <exception cref="AudioStorageException">The bucket cannot be used.</exception>
    public async Task<FileSample> SampleAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = context.Songs.Select(song => song.Id);
        var oldest = await ids.OrderBy(id => id).Take(SampleSize).ToListAsync(cancellationToken);
        var newest = await ids.OrderByDescending(id => id).Take(SampleSize).ToListAsync(cancellationToken);
        var sample = oldest.Union(newest).ToList();
        var found = await Task.WhenAll(sample.Select(id => audio.ExistsAsync(AudioStore.NameOf(id), cancellationToken)));
        var present = found.Count(exists => exists);
        return new FileSample(present, sample.Count - present);
    }

    /// <summary>Finds songs without file and files without song. Changes nothing.</summary>
    /// <exception cref="AudioStorageException">The bucket cannot be used.</exception>
    public async Task<Orphans> FindOrphansAsync(CancellationToken cancellationToken)
    {
        // Files first: a song that comes meanwhile has its row when the rows are read.
        var sounds = await audio.ListAsync(AudioStore.Songs, cancellationToken).ToListAsync(cancellationToken);
        var coverFiles = Directory.Exists(storage.Covers) ? Directory.GetFiles(storage.Covers) : [];
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var songs = await context.Songs
            .OrderBy(song => song.Id)
            .Select(song => new SongWithoutFile(song.Id, song.Artist, song.Title))
            .ToListAsync(cancellationToken);
        var ids = songs.Select(song => song.Id).ToHashSet();
        var listed = sounds.Select(sound => sound.Name).ToHashSet();
        return new Orphans(
            songs.Count,
            sounds.Count + coverFiles.Length,
            await WithoutFileAsync(songs.Where(song => !listed.Contains(AudioStore.NameOf(song.Id))), cancellationToken),
            [.. sounds.Where(sound => !Belongs(sound.Name, ids) && IsOld(sound.WrittenAt))],
            [.. coverFiles.Where(path => !Belongs(path, ids) && IsOld(File.GetLastWriteTimeUtc(path)))]);
    }

    /// <summary>Deletes what <see cref="FindOrphansAsync"/> found and is still so.</summary>
    /// <exception cref="CheckRefusedException">That would be more than half of the songs or of the files.</exception>
    public async Task DeleteAsync(Orphans orphans, CancellationToken cancellationToken)
    {
        Require(orphans.SongsWithoutFile.Count, orphans.Songs, "songs");
        Require(orphans.FilesWithoutSong.Count, orphans.Files, "files");
        foreach (var song in await WithoutFileAsync(orphans.SongsWithoutFile, cancellationToken))
        {
            await catalog.DeleteAsync(song.Id, cancellationToken);
        }

        foreach (var sound in orphans.AudioWithoutSong)
        {
            await audio.DeleteAsync(sound.Name, cancellationToken);
        }

        foreach (var path in orphans.CoversWithoutSong)
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

    private async Task<IReadOnlyList<SongWithoutFile>> WithoutFileAsync(IEnumerable<SongWithoutFile> songs, CancellationToken cancellationToken)
    {
        var missing = new List<SongWithoutFile>();
        foreach (var song in songs)
        {
            if (!await audio.ExistsAsync(AudioStore.NameOf(song.Id), cancellationToken))
            {
                missing.Add(song);
            }
        }

        return missing;
    }

    private static bool Belongs(string path, HashSet<Guid> ids) =>
        Guid.TryParseExact(Path.GetFileNameWithoutExtension(path), "N", out var id) && ids.Contains(id);

    private bool IsOld(DateTimeOffset writtenAt) => time.GetUtcNow() - writtenAt > Young;
}
