using MusicRec.Catalog.Backups;
using MusicRec.Catalog.Import;
using MusicRec.Catalog.Models;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Tests.Models;
using MusicRec.Catalog.Tests.Tags;

namespace MusicRec.Catalog.Tests.Backups;

/// <summary>Backups whose archive, hashes and database are right, and with which the catalog cannot be used.</summary>
public sealed class RestorePutBackTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("model", true)]
    [InlineData("model", false)]
    [InlineData("index", false)]
    public async Task Restore_CatalogCannotBeUsed_EverythingIsPutBack(string damage, bool hasOwnModel)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        if (hasOwnModel)
        {
            ModelFolder.SaveLive(catalog, seed: 1);
            catalog.Get<LiveModel>().Refresh();
        }

        var folder = Directory.CreateTempSubdirectory("musicrec-test-");
        var path = Path.Combine(folder.FullName, "a.wav");
        await ImportAsync(catalog, path, "옛 제목", 440, Tagged.Png);
        await catalog.AddTonesAsync(3);
        var backup = await catalog.Get<Catalog.Backups.Backups>().CreateAsync(withAudio: true, null, Stop);
        await DamageAsync(backup, damage);

        // Since then a song got another file, and others came.
        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        await ImportAsync(catalog, path, "새 제목", 880, [.. Tagged.Png, 0]);
        var songs = await catalog.AddTonesAsync(4, firstHertz: 1000);
        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        await catalog.RefreshAsync();
        var (answers, files) = (await BackupTests.AnswersAsync(catalog, songs), await FilesAsync(catalog));
        var version = catalog.Get<LiveModel>().Classifier!.Model.Version;

        var refusal = await Assert.ThrowsAsync<BackupException>(() => catalog.Get<Restorer>().RestoreAsync(backup, null, Stop));

        Assert.Equal(BackupProblem.PutBack, refusal.Problem);
        Assert.Contains(damage, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(catalog.Storage.Root, refusal.Message, StringComparison.Ordinal);
        await catalog.RefreshAsync();
        Assert.Equal(answers, await BackupTests.AnswersAsync(catalog, songs));
        Assert.Equal(files, await FilesAsync(catalog));
        Assert.Equal((null, version), (catalog.Get<LiveModel>().Problem, catalog.Get<LiveModel>().Classifier!.Model.Version));
        Assert.Empty(Directory.GetFileSystemEntries(catalog.Storage.Incoming));
        Assert.Single(catalog.Get<Catalog.Backups.Backups>().List(), made => made.IsRestorePoint);

        await using var again = await catalog.StartAgainAsync();
        Assert.Equal(answers, await BackupTests.AnswersAsync(again, songs));
        folder.Delete(recursive: true);
    }

    /// <summary>Whoever has no better backup may want it all the same.</summary>
    [Fact]
    public async Task Restore_ForcedWithDamagedModel_StaysAndTheOldModelAnswers()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(4);
        var answers = await BackupTests.AnswersAsync(catalog, songs);
        var backup = await catalog.Get<Catalog.Backups.Backups>().CreateAsync(withAudio: true, null, Stop);
        await DamageAsync(backup, "model");
        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        await catalog.AddTonesAsync(2, firstHertz: 1000);

        await catalog.Get<Restorer>().RestoreAsync(backup, null, Stop, force: true);

        await catalog.RefreshAsync();
        Assert.Equal(answers, await BackupTests.AnswersAsync(catalog, songs));
        Assert.NotNull(catalog.Get<LiveModel>().Classifier);
        Assert.NotNull(catalog.Get<LiveModel>().Problem);
    }

    /// <summary>A new installation has nothing to lose: an index that is damaged is built anew there.</summary>
    [Fact]
    public async Task Restore_DamagedIndexIntoAnEmptyCatalog_IsBuiltAnew()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(4);
        var backup = await catalog.Get<Catalog.Backups.Backups>().CreateAsync(withAudio: true, null, Stop);
        await DamageAsync(backup, "index");
        await using var other = await TestCatalog.CreateAsync();

        Assert.Equal(4, await other.Get<Restorer>().RestoreAsync(backup, null, Stop));

        other.Time.Advance(TimeSpan.FromMinutes(1));
        await other.RefreshAsync();
        Assert.Equal(4, other.Get<LiveIndex>().Current!.Count);
    }

    /// <summary>What no check of the archive finds, reading does.</summary>
    [Fact]
    public async Task Restore_TableIsMissing_IsRefusedBeforeAnythingChanges()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(2);
        var backup = await catalog.Get<Catalog.Backups.Backups>().CreateAsync(withAudio: false, null, Stop);
        await ChangedBackup.ChangeDatabaseAsync(backup, "DROP TABLE \"Vectors\"");

        var refusal = await Assert.ThrowsAsync<BackupException>(() => catalog.Get<Restorer>().RestoreAsync(backup, null, Stop));

        Assert.Equal(BackupProblem.Damaged, refusal.Problem);
        Assert.DoesNotContain(catalog.Get<Catalog.Backups.Backups>().List(), made => made.IsRestorePoint);
    }

    private static async Task DamageAsync(string backup, string damage)
    {
        if (damage == "index")
        {
            await ChangedBackup.ChangeDatabaseAsync(backup, "UPDATE \"IndexVersions\" SET \"ScalerBytes\" = x'00'");
            return;
        }

        await ChangedBackup.ChangeAsync(backup, "models/live.onnx", path => File.WriteAllTextAsync(path, "no model", Stop));
        await ChangedBackup.ChangeAsync(backup, "models/live.json", path => File.WriteAllTextAsync(path, "{}", Stop));
    }

    private static async Task ImportAsync(TestCatalog catalog, string path, string title, int hertz, byte[] cover)
    {
        await File.WriteAllBytesAsync(path, Tagged.WavWithId3(3, 3, title, "가수", cover, hertz: hertz), Stop);
        await catalog.Get<FileImporter>().ImportAsync([path], _ => null, _ => { }, Stop);
    }

    /// <summary>Sounds, covers and models, to the last byte.</summary>
    /// <summary>All but the file that tells other processes that there is to be no model.</summary>
    private static async Task<string> FilesAsync(TestCatalog catalog)
    {
        var said = new List<string>();
        foreach (var folder in (string[])[catalog.Storage.Songs, catalog.Storage.Covers, catalog.Storage.Models])
        {
            foreach (var path in Directory.GetFiles(folder).Where(path => Path.GetFileName(path) != "live.none").Order(StringComparer.Ordinal))
            {
                said.Add($"{Path.GetFileName(path)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(path, Stop)))}");
            }
        }

        return string.Join('\n', said);
    }
}
