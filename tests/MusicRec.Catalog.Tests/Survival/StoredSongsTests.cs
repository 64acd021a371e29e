using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Similarity;

namespace MusicRec.Catalog.Tests.Survival;

public sealed class StoredSongsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FindOrphans_DamagedCopy_FindsBothKindsAndDeletesOnlyWhenAsked()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(6);
        File.Delete(PathOf(catalog, songs[1]));
        var sound = Old(catalog, Path.Combine(catalog.Storage.Songs, $"{Guid.NewGuid():N}.wav"));
        var other = Old(catalog, Path.Combine(catalog.Storage.Songs, "notes.txt"));
        var cover = Old(catalog, Path.Combine(catalog.Storage.Covers, $"{Guid.NewGuid():N}"));
        Assert.NotNull(Young(catalog));
        var stored = catalog.Get<StoredSongs>();

        var orphans = await stored.FindOrphansAsync(Stop);

        Assert.Equal([songs[1].Id], orphans.SongsWithoutFile.Select(song => song.Id));
        Assert.Equal(new[] { sound, other, cover }.Order(StringComparer.Ordinal), orphans.FilesWithoutSong);
        Assert.Equal(6, await CountAsync(catalog));
        Assert.True(File.Exists(sound));

        await stored.DeleteAsync(orphans, Stop);

        Assert.Equal(5, await CountAsync(catalog));
        Assert.True((await stored.FindOrphansAsync(Stop)).IsEmpty);
        Assert.All(songs.Where(song => song != songs[1]), song => Assert.True(File.Exists(PathOf(catalog, song))));
    }

    [Fact]
    public async Task Delete_FolderNotThere_IsRefusedAndDeletesNothing()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(4);
        Directory.Move(catalog.Storage.Songs, catalog.Storage.Songs + "-away");
        var stored = catalog.Get<StoredSongs>();

        var orphans = await stored.FindOrphansAsync(Stop);

        Assert.Equal(4, orphans.SongsWithoutFile.Count);
        await Assert.ThrowsAsync<CheckRefusedException>(() => stored.DeleteAsync(orphans, Stop));
        Assert.Equal(4, await CountAsync(catalog));
    }

    [Fact]
    public async Task Delete_AnotherDatabase_IsRefusedAndDeletesNoFile()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(4);
        await using var context = catalog.Open();
        await context.Songs.Where(song => song.Id != songs[0].Id).ExecuteDeleteAsync(Stop);
        foreach (var song in songs)
        {
            MakeOld(catalog, PathOf(catalog, song));
        }

        var stored = catalog.Get<StoredSongs>();
        var orphans = await stored.FindOrphansAsync(Stop);

        Assert.Equal(3, orphans.FilesWithoutSong.Count);
        await Assert.ThrowsAsync<CheckRefusedException>(() => stored.DeleteAsync(orphans, Stop));
        Assert.Equal(4, Directory.GetFiles(catalog.Storage.Songs).Length);
    }

    [Fact]
    public async Task Reindex_FolderNotThere_DeletesNoRowAndRecovers()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(5);
        var before = await ListAsync(catalog, songs[0]);
        Directory.Move(catalog.Storage.Songs, catalog.Storage.Songs + "-away");
        await using var again = await catalog.StartAgainAsync();
        Assert.Equal(new FileSample(0, 5), await again.Get<StoredSongs>().SampleAsync(Stop));

        await again.Get<IndexRuns>().StartAsync(ReindexScope.All, Stop);
        await again.IndexAllAsync();

        await using var context = catalog.Open();
        Assert.All(await context.Songs.AsNoTracking().ToListAsync(Stop), song => Assert.Equal(("FileMissing", SongStatus.Failed), (song.FailureCode, song.Status)));
        Assert.Equal(5, await context.Vectors.CountAsync(Stop));

        Directory.Delete(catalog.Storage.Songs);
        Directory.Move(catalog.Storage.Songs + "-away", catalog.Storage.Songs);
        Assert.Equal(new FileSample(5, 0), await again.Get<StoredSongs>().SampleAsync(Stop));
        await again.Get<IndexRuns>().StartAsync(ReindexScope.Stale, Stop);
        await again.IndexAllAsync();

        Assert.Equal(5, await context.Songs.CountAsync(song => song.Status == SongStatus.Indexed, Stop));
        Assert.Equal(before, await ListAsync(again, songs[0]));
    }

    private static string PathOf(TestCatalog catalog, Song song) => Path.Combine(catalog.Storage.Songs, $"{song.Id:N}.wav");

    private static string Old(TestCatalog catalog, string path)
    {
        File.WriteAllText(path, "left over");
        MakeOld(catalog, path);
        return path;
    }

    private static string Young(TestCatalog catalog)
    {
        var path = Path.Combine(catalog.Storage.Songs, $"{Guid.NewGuid():N}.wav");
        File.WriteAllText(path, "on its way in");
        File.SetLastWriteTimeUtc(path, catalog.Time.GetUtcNow().UtcDateTime.AddMinutes(-1));
        return path;
    }

    private static void MakeOld(TestCatalog catalog, string path) =>
        File.SetLastWriteTimeUtc(path, catalog.Time.GetUtcNow().UtcDateTime.AddHours(-1));

    private static async Task<int> CountAsync(TestCatalog catalog)
    {
        await using var context = catalog.Open();
        return await context.Songs.CountAsync(Stop);
    }

    private static async Task<IReadOnlyList<(Guid Id, double Similarity)>> ListAsync(TestCatalog catalog, Song song) =>
        [.. (await catalog.Get<Recommender>().SimilarToSongAsync(song.Id, 10, Stop))!.Select(one => (one.Song.Id, one.Similarity))];
}
