using MusicRec.Catalog.Backups;
using MusicRec.Catalog.Import;
using MusicRec.Catalog.Tests.Tags;

namespace MusicRec.Catalog.Tests.Backups;

public sealed class RestoreChangedSongTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A song may have got a new file since: its sound and cover come back with its row.</summary>
    [Fact]
    public async Task Restore_SongChangedSince_BringsItsSoundAndCoverBack()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var folder = Directory.CreateTempSubdirectory("musicrec-test-");
        var path = Path.Combine(folder.FullName, "a.wav");
        var before = Tagged.WavWithId3(3, 3, "옛 제목", "가수", Tagged.Png);
        await File.WriteAllBytesAsync(path, before, Stop);
        var song = await ImportAsync(catalog, path);
        var backup = await catalog.Get<Catalog.Backups.Backups>().CreateAsync(withAudio: true, null, Stop);
        catalog.Time.Advance(TimeSpan.FromSeconds(1));
        byte[] otherCover = [.. Tagged.Png, 0];
        await File.WriteAllBytesAsync(path, Tagged.WavWithId3(3, 3, "새 제목", "가수", otherCover, hertz: 880), Stop);
        Assert.Equal(song.Id, (await ImportAsync(catalog, path)).Id);

        await catalog.Get<Restorer>().RestoreAsync(backup, null, Stop);

        Assert.Equal("옛 제목", (await catalog.ReadAsync(song.Id)).Title);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(catalog.Storage.Songs, $"{song.Id:N}.wav"), Stop));
        Assert.Equal(Tagged.Png, await File.ReadAllBytesAsync(Path.Combine(catalog.Storage.Covers, $"{song.Id:N}"), Stop));
        folder.Delete(recursive: true);
    }

    private static async Task<Song> ImportAsync(TestCatalog catalog, string path)
    {
        var files = new List<FileImport>();
        await catalog.Get<FileImporter>().ImportAsync([path], _ => null, files.Add, Stop);
        return await catalog.ReadAsync(Assert.Single(files).SongId!.Value);
    }
}
