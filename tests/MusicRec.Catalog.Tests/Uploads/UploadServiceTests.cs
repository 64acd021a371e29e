using Microsoft.Extensions.DependencyInjection;
using MusicRec.Audio;
using MusicRec.Audio.Decoding;
using MusicRec.Catalog.Uploads;
using MusicRec.Genres.Embedding;

namespace MusicRec.Catalog.Tests.Uploads;

public sealed class UploadServiceTests
{
    [Fact]
    public async Task Create_Song_IsAnalysedStoredAndFoundAfterARestart()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var wav = Wav.Tone(440, 2);

        var upload = await CreateAsync(catalog, wav, "내 노래.wav");

        await using var again = await catalog.StartAgainAsync();
        var found = await again.Get<UploadService>().FindAsync(upload.Id, CancellationToken.None);
        var expected = SongAnalyzer.Analyze(new MemoryStream(wav), SoundEmbedding.Shared.HearSong, CancellationToken.None);
        Assert.Equal(("내 노래.wav", expected.Features, expected.Tempo, expected.Tuning, 2.0), (found!.FileName, found.Features, found.Tempo, found.Tuning, found.Seconds));
        await using var audio = (await again.Get<UploadService>().OpenAudioAsync(found, CancellationToken.None))!;
        Assert.Equal(wav.Length, audio.Length);
        Assert.Equal(4, upload.Id.Version);
    }

    [Fact]
    public async Task Create_SameBytesAgain_IsNotDecodedAgainAndHasAnAddressOfItsOwn()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var first = await CreateAsync(catalog, Wav.Tone(440), "1.wav");

        var second = await CreateAsync(catalog, Wav.Tone(440), "2.wav");

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(first.Features, second.Features);
        Assert.Single(Directory.GetFiles(catalog.Storage.Uploads));
        Assert.Equal(1, catalog.Get<AnalysisGate>().Begun);
    }

    /// <summary>So it may lie there after the power failed.</summary>
    [Fact]
    public async Task Create_StoredFileIsDamaged_IsReplaced()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var wav = Wav.Tone(440);
        await CreateAsync(catalog, wav, "1.wav");
        var path = Assert.Single(Directory.GetFiles(catalog.Storage.Uploads));
        await File.WriteAllBytesAsync(path, new byte[wav.Length]);

        await CreateAsync(catalog, wav, "2.wav");

        Assert.Equal(wav, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task Create_SameBytesAtOnce_AreDecodedOnce()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var wav = Wav.Tone(440, 5);

        var uploads = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => CreateAsync(catalog, wav, $"{i}.wav"))));

        Assert.Equal(6, uploads.Select(upload => upload.Id).Distinct().Count());
        Assert.Equal(1, catalog.Get<AnalysisGate>().Begun);
    }

    [Fact]
    public async Task Create_BytesOfACatalogSong_AreNotDecodedAgain()
    {
        await using var catalog = await TestCatalog.CreateAsync(NoAnalysis);
        var songs = await catalog.AddTonesAsync(1, firstHertz: 440);

        var upload = await CreateAsync(catalog, Wav.Tone(440), "1.wav");

        Assert.Equal(songs[0].Sha256, upload.Sha256);
    }

    [Fact]
    public async Task Create_NotASong_NothingIsStored()
    {
        await using var catalog = await TestCatalog.CreateAsync();

        await Assert.ThrowsAsync<UnsupportedAudioException>(() => CreateAsync(catalog, "MZ this is a program, not a song"u8.ToArray(), "x.wav"));

        AssertNothingStored(catalog);
    }

    [Fact]
    public async Task Create_TooManyVisitors_AreRefusedAtOnceAndNothingIsStored()
    {
        await using var catalog = await TestCatalog.CreateAsync(NoAnalysis);

        var exception = await Assert.ThrowsAsync<AnalysisBusyException>(() => CreateAsync(catalog, Wav.Tone(440), "1.wav"));

        Assert.True(exception.RetryAfter > TimeSpan.Zero);
        AssertNothingStored(catalog);
    }

    [Fact]
    public async Task Find_Expired_IsGone_AndThePurgeDeletesItsFile()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var old = await CreateAsync(catalog, Wav.Tone(440), "1.wav");
        catalog.Time.Advance(UploadOptions.Retention / 2);
        var shared = await CreateAsync(catalog, Wav.Tone(440), "2.wav");
        catalog.Time.Advance(UploadOptions.Retention / 2);
        var uploads = catalog.Get<UploadService>();

        Assert.Null(await uploads.FindAsync(old.Id, CancellationToken.None));
        await PurgeAsync(catalog);
        Assert.NotNull(await uploads.FindAsync(shared.Id, CancellationToken.None));
        Assert.Single(Directory.GetFiles(catalog.Storage.Uploads));

        catalog.Time.Advance(UploadOptions.Retention);
        await PurgeAsync(catalog);
        AssertNothingStored(catalog);
    }

    [Fact]
    public async Task Purge_FileWithoutARow_IsDeletedOnceItIsOld()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var orphan = Path.Combine(catalog.Storage.Uploads, new string('a', 64) + ".wav");
        await File.WriteAllTextAsync(orphan, "left by a crash");
        File.SetLastWriteTimeUtc(orphan, catalog.Time.GetUtcNow().UtcDateTime);

        await PurgeAsync(catalog);
        Assert.True(File.Exists(orphan));

        catalog.Time.Advance(TimeSpan.FromHours(2));
        await PurgeAsync(catalog);
        Assert.False(File.Exists(orphan));
    }

    private static void NoAnalysis(IServiceCollection services) => services.AddSingleton(new AnalysisGate(0, 0));

    private static Task<Upload> CreateAsync(TestCatalog catalog, byte[] wav, string name) =>
        catalog.Get<UploadService>().CreateAsync(new MemoryStream(wav), name, CancellationToken.None);

    private static Task PurgeAsync(TestCatalog catalog) =>
        ActivatorUtilities.CreateInstance<UploadPurge>(catalog.Get<IServiceProvider>()).PurgeAsync(CancellationToken.None);

    private static void AssertNothingStored(TestCatalog catalog)
    {
        Assert.Empty(Directory.GetFiles(catalog.Storage.Uploads));
        Assert.Empty(Directory.GetFiles(catalog.Storage.Incoming));
        using var context = catalog.Open();
        Assert.Empty(context.Uploads);
    }
}
