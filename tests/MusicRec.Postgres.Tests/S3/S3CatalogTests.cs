using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog;
using MusicRec.Catalog.Backups;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Songs;
using MusicRec.Catalog.Tests;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Postgres.Tests.S3;

/// <summary>A catalog whose sound lies in a bucket.</summary>
public sealed class S3CatalogTests : IAsyncLifetime
{
    private S3Bucket _bucket = null!;
    private TestCatalog _catalog = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private AudioStore Audio => _catalog.Get<AudioStore>();

    public async ValueTask InitializeAsync()
    {
        _bucket = await S3Bucket.CreateAsync();
        _catalog = await CreateAsync(_bucket);
    }

    public ValueTask DisposeAsync() => _catalog?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Song_ImportedReindexedAndDeleted_LiesInTheBucketAlone()
    {
        var wav = Wav.Tone(300);
        var song = (await _catalog.ImportAsync(wav, "가수_곡.wav")).Song!;
        Assert.Equal([AudioStore.NameOf(song.Id)], await NamesAsync());
        Assert.Empty(LocalFiles());

        await _catalog.IndexAllAsync();
        await _catalog.Get<IndexRuns>().StartAsync(ReindexScope.All, Stop);
        await _catalog.IndexAllAsync();
        Assert.Equal(SongStatus.Indexed, (await _catalog.ReadAsync(song.Id)).Status);
        Assert.Equal(wav, await ReadAsync(await _catalog.Get<SongCatalog>().OpenAudioAsync(song.Id, Stop)));
        Assert.Empty(LocalFiles());

        await _catalog.Get<SongCatalog>().DeleteAsync(song.Id, Stop);
        Assert.Empty(await NamesAsync());
        Assert.Null(await _catalog.Get<SongCatalog>().OpenAudioAsync(song.Id, Stop));
    }

    [Fact]
    public async Task Upload_OfManyMegabytes_IsReadFromAnywhere()
    {
        var wav = Wav.Tone(200, seconds: 150);
        Assert.InRange(wav.Length, 6_000_000, int.MaxValue);
        var upload = await UploadAsync(wav);

        await using var audio = (await _catalog.Get<UploadService>().OpenAudioAsync(upload, Stop))!;

        Assert.Equal(wav.Length, audio.Length);
        var random = new Random(1);
        foreach (var position in (int[])[0, 65_535, 65_536, wav.Length - 1, wav.Length, .. Enumerable.Range(0, 20).Select(_ => random.Next(wav.Length))])
        {
            var some = new byte[Math.Min(1000, wav.Length - position)];
            audio.Position = position;
            await audio.ReadExactlyAsync(some, Stop);
            Assert.Equal(wav[position..(position + some.Length)], some);
        }

        audio.Position = 0;
        Assert.Equal(wav, await ReadAsync(audio));
        Assert.Empty(LocalFiles());
    }

    [Fact]
    public async Task Upload_AgainAndExpired_IsThereOnceAndThenGone()
    {
        var upload = await UploadAsync(Wav.Tone(200));
        await UploadAsync(Wav.Tone(200));
        Assert.Equal([AudioStore.NameOf(upload.Sha256)], await NamesAsync());
        await _catalog.Get<UploadPurge>().PurgeAsync(Stop);
        Assert.Single(await NamesAsync());

        _catalog.Time.Advance(UploadOptions.Retention);
        await _catalog.Get<UploadPurge>().PurgeAsync(Stop);

        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task Purge_SoundsWithoutRow_DeletesOldUploadsAndNothingElse()
    {
        var song = (await _catalog.ImportAsync(Wav.Tone(300), "곡.wav")).Song!;
        foreach (var name in (string[])[AudioStore.NameOf(new string('a', 64)), "uploads/somebody-elses.wav"])
        {
            await PutAsync(name);
        }

        await _catalog.Get<UploadPurge>().PurgeAsync(Stop);
        Assert.Equal(3, (await NamesAsync()).Count);

        // The server's clock is the machine's.
        _catalog.Time.SetUtcNow(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(2));
        await _catalog.Get<UploadPurge>().PurgeAsync(Stop);

        Assert.Equal([AudioStore.NameOf(song.Id), "uploads/somebody-elses.wav"], await NamesAsync());
    }

    [Theory]
    [InlineData(nameof(S3Fault.Away))]
    [InlineData(nameof(S3Fault.CutPut))]
    [InlineData(nameof(S3Fault.LostPut))]
    public async Task Put_Fails_LeavesNoRowAndTheNextOneSucceeds(string fault)
    {
        await _bucket.SetAsync(Enum.Parse<S3Fault>(fault));

        await Assert.ThrowsAsync<AudioStorageException>(() => _catalog.ImportAsync(Wav.Tone(300), "곡.wav"));
        await Assert.ThrowsAsync<AudioStorageException>(() => UploadAsync(Wav.Tone(300)));

        await _bucket.SetAsync(S3Fault.None);
        await using var context = _catalog.Open();
        Assert.Equal((0, 0), (await context.Songs.CountAsync(Stop), await context.Uploads.CountAsync(Stop)));
        Assert.Empty(await NamesAsync());
        Assert.Empty(LocalFiles());
        await _catalog.ImportAsync(Wav.Tone(300), "곡.wav");
        await UploadAsync(Wav.Tone(300));
        Assert.Equal(2, (await NamesAsync()).Count);
    }

    [Fact]
    public async Task Put_CutOffOnce_IsSentAgainWhole()
    {
        await _bucket.SetAsync(S3Fault.CutPutOnce);
        var wav = Wav.Tone(300, seconds: 30);

        var song = (await _catalog.ImportAsync(wav, "곡.wav")).Song!;

        Assert.Equal(wav, await ReadAsync(await _catalog.Get<SongCatalog>().OpenAudioAsync(song.Id, Stop)));
    }

    [Fact]
    public async Task Check_NoAnswer_IsNotWaitedForLonger()
    {
        await _bucket.SetAsync(S3Fault.Stall);

        var check = Audio.CheckAsync(Stop);
        await Task.Delay(TimeSpan.FromMilliseconds(200), Stop);
        Assert.False(check.IsCompleted);
        _catalog.Time.Advance(TimeSpan.FromSeconds(15));

        Assert.Contains("in time", (await Assert.ThrowsAsync<AudioStorageException>(() => check)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_BucketIsFull_IsSaidAsOfADisk()
    {
        await _bucket.SetAsync(S3Fault.Full);

        await Assert.ThrowsAsync<StorageFullException>(() => _catalog.ImportAsync(Wav.Tone(300), "곡.wav"));
    }

    /// <summary>The keys were withdrawn while the program runs.</summary>
    [Fact]
    public async Task Keys_Refused_AreNamedAndNoSoundCountsAsMissing()
    {
        var song = (await _catalog.ImportAsync(Wav.Tone(300), "곡.wav")).Song!;
        await _bucket.SetAsync(S3Fault.Refuse);

        var name = AudioStore.NameOf(song.Id);
        foreach (var ask in (Func<Task>[])[
            () => Audio.CheckAsync(Stop), () => Audio.ExistsAsync(name, Stop), () => Audio.OpenAsync(name, Stop),
            () => _catalog.ImportAsync(Wav.Tone(500), "곡.wav"), () => _catalog.WorkOffAsync()])
        {
            Assert.Matches("refuses the keys.*Storage:S3:AccessKey", (await Assert.ThrowsAsync<AudioStorageException>(ask)).Message);
        }

        Assert.Equal(SongStatus.Queued, (await _catalog.ReadAsync(song.Id)).Status);
    }

    [Theory]
    [InlineData(nameof(S3Fault.Away))]
    [InlineData(nameof(S3Fault.CutGet))]
    public async Task Index_BucketFails_SongWaitsAndIsIndexedLater(string fault)
    {
        var song = (await _catalog.ImportAsync(Wav.Tone(300, seconds: 5), "곡.wav")).Song!;
        await _bucket.SetAsync(Enum.Parse<S3Fault>(fault));

        await Assert.ThrowsAsync<AudioStorageException>(() => _catalog.WorkOffAsync());
        Assert.Equal((SongStatus.Queued, 0), (await _catalog.ReadAsync(song.Id)) is var waiting ? (waiting.Status, waiting.Attempts) : default);
        Assert.Empty(LocalFiles());

        await _bucket.SetAsync(S3Fault.None);
        await _catalog.IndexAllAsync();
        Assert.Equal(SongStatus.Indexed, (await _catalog.ReadAsync(song.Id)).Status);
    }

    [Fact]
    public async Task Open_CutOff_IsAnErrorAndNoEnd()
    {
        var upload = await UploadAsync(Wav.Tone(200, seconds: 20));
        await using var audio = await _catalog.Get<UploadService>().OpenAudioAsync(upload, Stop);
        await _bucket.SetAsync(S3Fault.CutGet);

        await Assert.ThrowsAsync<AudioStorageException>(() => ReadAsync(audio));
    }

    [Fact]
    public async Task Orphans_BothKinds_AreFoundAndDeletedAndNothingIsWhileTheBucketIsAway()
    {
        var songs = await _catalog.AddTonesAsync(5);
        await Audio.DeleteAsync(AudioStore.NameOf(songs[0].Id), Stop);
        var stray = AudioStore.NameOf(Guid.NewGuid());
        await PutAsync(stray);
        _catalog.Time.SetUtcNow(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(2));
        var stored = _catalog.Get<StoredSongs>();

        var orphans = await stored.FindOrphansAsync(Stop);

        Assert.Equal([songs[0].Id], orphans.SongsWithoutFile.Select(song => song.Id));
        Assert.EndsWith(stray, Assert.Single(orphans.FilesWithoutSong), StringComparison.Ordinal);
        Assert.Equal(new FileSample(4, 1), await stored.SampleAsync(Stop));
        await _bucket.SetAsync(S3Fault.Away);
        await Assert.ThrowsAsync<AudioStorageException>(() => stored.SampleAsync(Stop));
        await Assert.ThrowsAsync<AudioStorageException>(() => stored.FindOrphansAsync(Stop));
        await Assert.ThrowsAsync<AudioStorageException>(() => stored.DeleteAsync(orphans, Stop));
        await using var context = _catalog.Open();
        Assert.Equal(5, await context.Songs.CountAsync(Stop));

        await _bucket.SetAsync(S3Fault.None);
        await stored.DeleteAsync(orphans, Stop);

        Assert.True((await stored.FindOrphansAsync(Stop)).IsEmpty);
        Assert.Equal(songs.Skip(1).Select(song => AudioStore.NameOf(song.Id)).Order(StringComparer.Ordinal), await NamesAsync());
    }

    [Fact]
    public async Task Backup_WithSound_IsRestoredIntoAnotherBucketAndIntoAFolder()
    {
        var wav = Wav.Tone(300);
        var song = (await _catalog.ImportAsync(wav, "가수_곡.wav")).Song!;
        await _catalog.AddTonesAsync(2);
        var backup = await _catalog.Get<Backups>().CreateAsync(withAudio: true, null, Stop);

        var bucket = await S3Bucket.CreateAsync();
        await using var another = await CreateAsync(bucket);
        await using var folder = await TestCatalog.CreateAsync();
        foreach (var catalog in (TestCatalog[])[another, folder])
        {
            Assert.Equal(3, await catalog.Get<Restorer>().RestoreAsync(backup, null, Stop));
            Assert.Equal(wav, await ReadAsync(await catalog.Get<SongCatalog>().OpenAudioAsync(song.Id, Stop)));
        }

        Assert.Equal(await NamesAsync(), await S3Bucket.NamesAsync(another.Get<AudioStore>(), Stop));
        Assert.Empty(Directory.GetFiles(another.Storage.Songs));
        Assert.Equal(3, Directory.GetFiles(folder.Storage.Songs).Length);
    }

    [Theory]
    [InlineData("Bucket", "no-such-bucket", "Storage:S3:Bucket")]
    [InlineData("AccessKey", "wrong-key", "Storage:S3:AccessKey")]
    [InlineData("Endpoint", "http://127.0.0.1:1", "http://127.0.0.1:1")]
    public async Task Start_SettingIsWrong_IsSaidWithoutTheSecret(string key, string value, string named)
    {
        var settings = new Dictionary<string, string?>(_bucket.Settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))) { [$"Storage:S3:{key}"] = value };

        var exception = await Assert.ThrowsAsync<AudioStorageException>(() => TestCatalog.CreateAsync(settings: settings));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(S3Bucket.Secret, exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-key", exception.ToString(), StringComparison.Ordinal);
    }

    private static Task<TestCatalog> CreateAsync(S3Bucket bucket) =>
        TestCatalog.CreateAsync(services => services.AddSingleton<UploadPurge>(), new Dictionary<string, string?>(bucket.Settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))));

    private Task<Upload> UploadAsync(byte[] wav) => _catalog.Get<UploadService>().CreateAsync(new MemoryStream(wav), "노래.wav", Stop);

    private Task<IReadOnlyList<string>> NamesAsync() => S3Bucket.NamesAsync(Audio, Stop);

    private string[] LocalFiles() =>
        [.. ((string[])[_catalog.Storage.Incoming, _catalog.Storage.Songs, _catalog.Storage.Uploads]).SelectMany(folder => Directory.GetFiles(folder))];

    private async Task PutAsync(string name)
    {
        var path = Path.Combine(_catalog.Storage.Root, "some.wav");
        await File.WriteAllBytesAsync(path, Wav.Tone(100), Stop);
        await Audio.PutAsync(path, name, Stop);
    }

    private static async Task<byte[]> ReadAsync(Stream? audio)
    {
        Assert.NotNull(audio);
        await using (audio)
        {
            using var bytes = new MemoryStream();
            await audio.CopyToAsync(bytes, Stop);
            return bytes.ToArray();
        }
    }
}
