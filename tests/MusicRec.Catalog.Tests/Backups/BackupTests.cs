using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Backups;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Songs;

namespace MusicRec.Catalog.Tests.Backups;

public sealed class BackupTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restore_AfterEverythingWasWiped_GivesTheSameRecommendations()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(8);
        var before = await AnswersAsync(catalog, songs);
        var sound = await File.ReadAllBytesAsync(PathOf(catalog, songs[0]), Stop);
        var backup = await catalog.Get<Catalog.Backups.Backups>().CreateAsync(withAudio: true, null, Stop);

        foreach (var song in songs)
        {
            await catalog.Get<SongCatalog>().DeleteAsync(song.Id, Stop);
        }

        await catalog.AddTonesAsync(3, firstHertz: 1000);
        Assert.NotEqual(before, await AnswersAsync(catalog, songs));
        Assert.Equal(8, await catalog.Get<Restorer>().RestoreAsync(backup, null, Stop));

        await catalog.RefreshAsync();
        Assert.Equal(before, await AnswersAsync(catalog, songs));
        Assert.Equal(sound, await File.ReadAllBytesAsync(PathOf(catalog, songs[0]), Stop));

        await using var again = await catalog.StartAgainAsync();
        Assert.Equal(before, await AnswersAsync(again, songs));
    }

    /// <summary>The other process has an index of the same version number, built from other songs.</summary>
    [Theory]
    [InlineData(Ranking.Cosine)]
    [InlineData(Ranking.LocalScaling)]
    public async Task Restore_WithAnotherProcessOnTheDatabase_IsSeenThere(Ranking ranking)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.Get<RankingChoice>().ChooseAsync(ranking, Stop);
        var songs = await catalog.AddTonesAsync(6);
        var before = await AnswersAsync(catalog, songs);
        var backup = await catalog.Get<Catalog.Backups.Backups>().CreateAsync(withAudio: false, null, Stop);
        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        await catalog.AddTonesAsync(4, firstHertz: 1500);
        await using var other = await catalog.StartAgainAsync();
        Assert.NotEqual(before, await AnswersAsync(other, songs));

        await catalog.Get<Restorer>().RestoreAsync(backup, null, Stop);

        await other.RefreshAsync();
        Assert.Equal(before, await AnswersAsync(other, songs));

        // The next version is built from the restored songs, not from what the process remembers.
        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        await other.AddVectorAsync(FeaturesOf(7));
        await other.RefreshAsync();
        Assert.Equal(7, other.Get<LiveIndex>().Current!.Count);
    }

    [Fact]
    public async Task Restore_RestorePoint_LeadsBack()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var backups = catalog.Get<Catalog.Backups.Backups>();
        var empty = await backups.CreateAsync(withAudio: false, null, Stop);
        var songs = await catalog.AddTonesAsync(5);
        var before = await AnswersAsync(catalog, songs);

        catalog.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, await catalog.Get<Restorer>().RestoreAsync(empty, null, Stop));
        await catalog.RefreshAsync();
        Assert.Null(catalog.Get<LiveIndex>().Current);

        var point = Assert.Single(backups.List(), backup => backup.IsRestorePoint);
        Assert.Equal(5, await catalog.Get<Restorer>().RestoreAsync(backups.FindPath(point.Name)!, null, Stop));
        await catalog.RefreshAsync();
        Assert.Equal(before, await AnswersAsync(catalog, songs));
    }

    [Fact]
    public async Task Create_WhileSongsAreIndexed_HoldsOneMoment()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(3);
        var progress = new List<BackupProgress>();
        await Task.WhenAll(
            catalog.AddTonesAsync(6, firstHertz: 900),
            Task.Run(() => catalog.Get<Catalog.Backups.Backups>().CreateAsync(true, new Recorder(progress), Stop), Stop));

        Assert.Equal(progress[^1].TotalBytes, progress[^1].DoneBytes);
        var backup = catalog.Get<Catalog.Backups.Backups>().List().Single();
        Assert.InRange(await catalog.Get<Restorer>().RestoreAsync(catalog.Get<Catalog.Backups.Backups>().FindPath(backup.Name)!, null, Stop), 3, 9);
        Assert.Empty(Directory.GetFileSystemEntries(catalog.Storage.Incoming));
    }

    [Fact]
    public async Task Restore_BackupOfANewerProgram_IsRefused()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(2);
        var backup = await catalog.Get<Catalog.Backups.Backups>().CreateAsync(false, null, Stop);
        await ChangedBackup.ChangeDatabaseAsync(backup, "INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Future', '99.0')");

        await RefusesAsync(catalog, backup, BackupProblem.Newer);
    }

    [Theory]
    [InlineData("this is no archive", BackupProblem.NotABackup)]
    [InlineData("", BackupProblem.NotABackup)]
    public async Task Restore_NoArchive_IsRefused(string content, BackupProblem problem)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(2);
        var path = Path.Combine(catalog.Storage.Root, "file.zip");
        await File.WriteAllTextAsync(path, content, Stop);
        await RefusesAsync(catalog, path, problem);
    }

    [Theory]
    [InlineData("""{"format":2}""", BackupProblem.Newer)]
    [InlineData("""{"format":1,"files":[]}""", BackupProblem.NotABackup)]
    [InlineData("[]", BackupProblem.NotABackup)]
    [InlineData("{", BackupProblem.NotABackup)]
    [InlineData("""{"format":1,"files":[{"name":"catalog.db","bytes":1,"sha256":"HASH"},{"name":"models/../../x","bytes":1,"sha256":"HASH"}]}""", BackupProblem.NotABackup)]
    [InlineData("""{"format":1,"files":[{"name":"catalog.db","bytes":1,"sha256":"HASH"},{"name":"/etc/passwd","bytes":1,"sha256":"HASH"}]}""", BackupProblem.NotABackup)]
    [InlineData("""{"format":1,"files":[{"name":"catalog.db","bytes":1,"sha256":"HASH"},{"name":"keys/key-1.xml","bytes":1,"sha256":"HASH"}]}""", BackupProblem.NotABackup)]
    [InlineData("""{"format":1,"files":[{"name":"catalog.db","bytes":1,"sha256":"HASH"}]}""", BackupProblem.Damaged)]
    [InlineData("""{"format":1,"files":[{"name":"catalog.db","bytes":9000000000000000,"sha256":"HASH"}]}""", BackupProblem.NoRoom)]
    public async Task Restore_StrangeManifest_IsRefused(string manifest, BackupProblem problem)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(2);
        var path = Path.Combine(catalog.Storage.Root, "file.zip");
        await using (var archive = await ZipFile.OpenAsync(path, ZipArchiveMode.Create, Stop))
        {
            await WriteEntryAsync(archive, "catalog.db", new byte[5000]);
            await WriteEntryAsync(archive, "manifest.json", Encoding.UTF8.GetBytes(manifest.Replace("HASH", new string('0', 64), StringComparison.Ordinal)));
        }

        await RefusesAsync(catalog, path, problem);
        Assert.False(File.Exists(Path.Combine(catalog.Storage.Root, "x")));
    }

    /// <summary>Damage anywhere is found by the archive, the hashes or the database, or is in bytes that mean nothing.</summary>
    [Fact]
    public async Task Restore_FlippedBytes_RefusesOrRestoresWhole()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(3);
        var before = await AnswersAsync(catalog, songs);
        var whole = await File.ReadAllBytesAsync(await catalog.Get<Catalog.Backups.Backups>().CreateAsync(false, null, Stop), Stop);
        var random = new Random(5);
        var path = Path.Combine(catalog.Storage.Root, "file.zip");
        var refused = 0;
        for (var i = 0; i < 40; i++)
        {
            var damaged = whole.ToArray();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(path, damaged, Stop);
            try
            {
                await catalog.Get<Restorer>().RestoreAsync(path, null, Stop);
                catalog.Time.Advance(TimeSpan.FromSeconds(1));
            }
            catch (BackupException)
            {
                refused++;
            }

            await catalog.RefreshAsync();
            Assert.Equal(before, await AnswersAsync(catalog, songs));
        }

        Assert.InRange(refused, 30, 40);
    }

    [Fact]
    public async Task Create_WhileAnotherIsUnderWay_IsRefused()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var backups = catalog.Get<Catalog.Backups.Backups>();
        using (backups.TakeTurn())
        {
            var refusal = await Assert.ThrowsAsync<BackupException>(() => backups.CreateAsync(false, null, Stop));
            Assert.Equal(BackupProblem.Busy, refusal.Problem);
        }

        Assert.Empty(backups.List());
        await backups.CreateAsync(false, null, Stop);
        Assert.Single(backups.List());
    }

    [Theory]
    [InlineData("../catalog.db")]
    [InlineData("musicrec-../x.zip")]
    [InlineData("other.zip")]
    [InlineData("musicrec-1.zip.part")]
    [InlineData("")]
    public async Task FindPath_NamesThatNoBackupHas_FindNothing(string name)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await File.WriteAllTextAsync(Path.Combine(catalog.Storage.Backups, "other.zip"), "", Stop);
        await File.WriteAllTextAsync(Path.Combine(catalog.Storage.Backups, "musicrec-1.zip.part"), "", Stop);
        Assert.Null(catalog.Get<Catalog.Backups.Backups>().FindPath(name));
        Assert.Empty(catalog.Get<Catalog.Backups.Backups>().List());
    }

    private static async Task RefusesAsync(TestCatalog catalog, string path, BackupProblem problem)
    {
        var before = await StateAsync(catalog);
        var refusal = await Assert.ThrowsAsync<BackupException>(() => catalog.Get<Restorer>().RestoreAsync(path, null, Stop));
        Assert.Equal(problem, refusal.Problem);
        Assert.Equal(before, await StateAsync(catalog));
        Assert.Empty(Directory.GetFileSystemEntries(catalog.Storage.Incoming));
        Assert.DoesNotContain(catalog.Get<Catalog.Backups.Backups>().List(), backup => backup.IsRestorePoint);
    }

    private static async Task<string> StateAsync(TestCatalog catalog)
    {
        await using var context = catalog.Open();
        return string.Join(',', await context.Songs.OrderBy(song => song.Id).Select(song => song.Id.ToString() + song.Status).ToListAsync(Stop));
    }

    /// <summary>Every recommendation to the last bit.</summary>
    internal static async Task<string> AnswersAsync(TestCatalog catalog, IReadOnlyList<Song> songs)
    {
        var answers = new StringBuilder();
        foreach (var song in songs)
        {
            foreach (var similar in await catalog.Get<Recommender>().SimilarToSongAsync(song.Id, 5, Stop) ?? [])
            {
                answers.Append(song.Id).Append(' ').Append(similar.Song.Id).Append(' ').Append(BitConverter.DoubleToInt64Bits(similar.Similarity)).Append('\n');
            }
        }

        return answers.ToString();
    }

    private static async Task WriteEntryAsync(ZipArchive archive, string name, byte[] content)
    {
        await using var entry = await archive.CreateEntry(name).OpenAsync(Stop);
        await entry.WriteAsync(content, Stop);
    }

    private static string PathOf(TestCatalog catalog, Song song) => Path.Combine(catalog.Storage.Songs, $"{song.Id:N}.wav");

    private static FeatureVector FeaturesOf(int seed)
    {
        using var wav = new MemoryStream(Wav.Tone(100 + seed));
        return Audio.SongAnalyzer.Analyze(wav, Stop).Features;
    }

    private sealed class Recorder(List<BackupProgress> progress) : IProgress<BackupProgress>
    {
        public void Report(BackupProgress value) => progress.Add(value);
    }
}
