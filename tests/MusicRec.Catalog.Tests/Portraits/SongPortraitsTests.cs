using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MusicRec.Audio.Portraits;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Portraits;
using MusicRec.Catalog.Songs;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Catalog.Tests.Portraits;

public sealed class SongPortraitsTests
{
    [Fact]
    public async Task Find_Upload_BroughtItsPortraitFromItsOwnAnalysis()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var upload = await UploadAsync(catalog, Wav.Tone(440, 4));

        var portrait = await FindAsync(catalog, upload);

        Assert.Equal(4, portrait!.Seconds);
        Assert.Equal(1, catalog.Get<AnalysisGate>().Begun);
    }

    [Fact]
    public async Task Find_CatalogSong_IsPaintedOnceForAllWhoLook()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var song = (await catalog.AddTonesAsync(1))[0];
        Assert.Empty(Directory.GetFiles(catalog.Storage.Portraits));

        var portraits = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => FindAsync(catalog, song))));

        Assert.All(portraits, portrait => Assert.Equal(portraits[0]!.ToBytes(), portrait!.ToBytes()));
        Assert.Equal(1, catalog.Get<AnalysisGate>().Begun);
        Assert.Single(Directory.GetFiles(catalog.Storage.Portraits));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task Find_DamagedFile_IsPaintedAnew(int length)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var song = (await catalog.AddTonesAsync(1))[0];
        var whole = (await FindAsync(catalog, song))!.ToBytes();
        var file = Directory.GetFiles(catalog.Storage.Portraits).Single();
        await File.WriteAllBytesAsync(file, whole[..length]);

        Assert.Equal(whole, (await FindAsync(catalog, song))!.ToBytes());
        Assert.Equal(whole, await File.ReadAllBytesAsync(file));
    }

    [Fact]
    public async Task Find_SoundThatIsGoneOrNoLongerReadable_IsNone()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(2);
        var files = Directory.GetFiles(catalog.Storage.Songs).Order().ToArray();
        File.Delete(files[0]);
        await File.WriteAllTextAsync(files[1], "no song");

        Assert.All(await Task.WhenAll(songs.Select(song => FindAsync(catalog, song))), Assert.Null);
        Assert.Empty(Directory.GetFiles(catalog.Storage.Portraits));
    }

    [Fact]
    public async Task Find_DiskNearlyFull_IsPaintedButNotKept()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var song = (await catalog.AddTonesAsync(1))[0];
        var full = new SongPortraits(
            new StorageFolder(catalog.Storage.Root, leastFreeBytes: long.MaxValue), catalog.Get<AnalysisGate>(), catalog.Get<UploadLocks>(), catalog.Time,
            NullLogger<SongPortraits>.Instance);

        Assert.NotNull(await full.FindAsync(song.Sha256, stop => catalog.Get<SongCatalog>().OpenForDecodingAsync(song.Id, stop), CancellationToken.None));
        Assert.Empty(Directory.GetFiles(catalog.Storage.Portraits));
        Assert.Empty(Directory.GetFiles(catalog.Storage.Incoming));
    }

    [Fact]
    public async Task Purge_ExpiredUpload_TakesItsPortraitWithIt()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await UploadAsync(catalog, Wav.Tone(440));
        Assert.Single(Directory.GetFiles(catalog.Storage.Portraits));

        catalog.Time.Advance(UploadOptions.Retention);
        await PurgeAsync(catalog);

        Assert.Empty(Directory.GetFiles(catalog.Storage.Portraits));
    }

    [Fact]
    public async Task Purge_OldPortraitOfACatalogSong_IsDeletedAndPaintedAgain()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var song = (await catalog.AddTonesAsync(1))[0];
        await FindAsync(catalog, song);
        var file = Directory.GetFiles(catalog.Storage.Portraits).Single();
        File.SetLastWriteTimeUtc(file, catalog.Time.GetUtcNow().UtcDateTime - UploadOptions.Retention + TimeSpan.FromMinutes(1));
        await PurgeAsync(catalog);
        Assert.True(File.Exists(file));

        catalog.Time.Advance(TimeSpan.FromMinutes(2));
        await PurgeAsync(catalog);

        Assert.False(File.Exists(file));
        Assert.NotNull(await FindAsync(catalog, song));
    }

    private static Task PurgeAsync(TestCatalog catalog) =>
        ActivatorUtilities.CreateInstance<UploadPurge>(catalog.Get<IServiceProvider>()).PurgeAsync(CancellationToken.None);

    private static Task<Upload> UploadAsync(TestCatalog catalog, byte[] wav) =>
        catalog.Get<UploadService>().CreateAsync(new MemoryStream(wav), "a.wav", CancellationToken.None);

    private static Task<SongPortrait?> FindAsync(TestCatalog catalog, Upload upload) => catalog.Get<SongPortraits>()
        .FindAsync(upload.Sha256, stop => catalog.Get<UploadService>().OpenForDecodingAsync(upload, stop), CancellationToken.None);

    private static Task<SongPortrait?> FindAsync(TestCatalog catalog, Song song) => catalog.Get<SongPortraits>()
        .FindAsync(song.Sha256, stop => catalog.Get<SongCatalog>().OpenForDecodingAsync(song.Id, stop), CancellationToken.None);
}
