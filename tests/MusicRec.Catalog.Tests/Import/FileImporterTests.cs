using System.Diagnostics;
using MusicRec.Audio.Decoding;
using MusicRec.Catalog.Import;
using MusicRec.Catalog.Songs;
using MusicRec.Catalog.Tags;
using MusicRec.Catalog.Tests.Tags;

namespace MusicRec.Catalog.Tests.Import;

public sealed class FileImporterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("musicrec-import-");

    [Fact]
    public async Task Import_Tags_NameTheSongAndCoverIsStoredAndDeletedWithIt()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        Write("가수_제목.wav", Tagged.WavWithId3(3, 0, "밤편지", "아이유", Tagged.Png));

        var file = Assert.Single(await ImportAsync(catalog));

        var song = await catalog.ReadAsync(file.SongId!.Value);
        Assert.Equal(("밤편지", "아이유", ImageKind.Png, "가수_제목.wav"), (song.Title, song.Artist, song.Cover, song.FileName));
        var songs = catalog.Get<SongCatalog>();
        await using (var cover = songs.OpenCover(song.Id)!)
        {
            Assert.Equal(Tagged.Png.Length, cover.Length);
        }

        await songs.DeleteAsync(song.Id, CancellationToken.None);
        Assert.Empty(Directory.GetFiles(catalog.Storage.Covers));
    }

    [Fact]
    public async Task Import_NoTags_TakesTheFileName()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        Write("아이유_밤편지.wav", Wav.Tone(300));

        var song = await catalog.ReadAsync(Assert.Single(await ImportAsync(catalog)).SongId!.Value);

        Assert.Equal(("밤편지", "아이유", "", null), (song.Title, song.Artist, song.Album, song.Cover));
    }

    [Fact]
    public async Task Import_Again_DoesNotEvenOpenUnchangedFiles()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var path = Write("a.wav", Wav.Tone(300));
        await ImportAsync(catalog);
        var written = File.GetLastWriteTimeUtc(path);
        await using (var file = File.OpenWrite(path))
        {
            // Other bytes, but the size and the time that are remembered.
            file.Write(new byte[100]);
        }

        File.SetLastWriteTimeUtc(path, written);
        Assert.Equal(ImportOutcome.AlreadyThere, Assert.Single(await ImportAsync(catalog)).Outcome);
        File.SetLastWriteTimeUtc(path, written.AddSeconds(1));
        Assert.Equal(ImportOutcome.Refused, Assert.Single(await ImportAsync(catalog)).Outcome);
    }

    [Fact]
    public async Task Import_ChangedFile_IsTheSameSongAndIsAnalysedAgain()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var path = Write("a.wav", Tagged.WavWithId3(3, 3, "옛 제목", "가수", Tagged.Png));
        var before = Assert.Single(await ImportAsync(catalog));
        await catalog.IndexAllAsync();
        File.WriteAllBytes(path, Tagged.WavWithId3(3, 3, "새 제목", "", null, hertz: 880));

        var after = Assert.Single(await ImportAsync(catalog));

        Assert.Equal((ImportOutcome.Changed, before.SongId), (after.Outcome, after.SongId));
        var song = await catalog.ReadAsync(after.SongId!.Value);
        Assert.Equal(("새 제목", "가수", null, SongStatus.Queued), (song.Title, song.Artist, song.Cover, song.Status));
        await using (var audio = (await catalog.Get<SongCatalog>().OpenAudioAsync(song.Id, CancellationToken.None))!)
        {
            Assert.Equal(new FileInfo(path).Length, audio.Length);
        }

        var features = await catalog.Get<SongCatalog>().FindFeaturesAsync(song.Id, CancellationToken.None);
        await catalog.IndexAllAsync();
        Assert.Equal(SongStatus.Indexed, (await catalog.ReadAsync(song.Id)).Status);
        Assert.NotEqual(features!.ToBytes(), (await catalog.Get<SongCatalog>().FindFeaturesAsync(song.Id, CancellationToken.None))!.ToBytes());
        Assert.Equal(ImportOutcome.AlreadyThere, Assert.Single(await ImportAsync(catalog)).Outcome);
    }

    /// <summary>The song has other sound now: a file with the earlier one is a song of its own again, whether it is looked at in the same run or the next.</summary>
    [Theory]
    [InlineData("a.wav", "copy.wav")]
    [InlineData("b.wav", "a copy.wav")]
    public async Task Import_ChangedFileThatHadACopy_TheCopyBecomesASong(string changed, string copy)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        Write(copy, Wav.Tone(300));
        var path = Write(changed, Wav.Tone(300));
        var songs = (await ImportAsync(catalog)).Select(file => file.SongId).Distinct();
        var song = Assert.Single(songs);
        File.WriteAllBytes(path, Wav.Tone(500));

        await ImportAsync(catalog);
        var after = (await ImportAsync(catalog)).ToDictionary(file => Path.GetFileName(file.Path), file => file.SongId);

        Assert.Equal(song, after[changed]);
        Assert.NotEqual(song, after[copy]);
        Assert.NotNull(after[copy]);
        Assert.All(await ImportAsync(catalog), file => Assert.Equal(ImportOutcome.AlreadyThere, file.Outcome));
    }

    /// <summary>Opening a pipe would wait for somebody who writes into it.</summary>
    [Fact]
    public async Task Import_PipesAndLinks_AreNotOpened()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pipes are made by a program of Linux.");
        await using var catalog = await TestCatalog.CreateAsync();
        Write("root/a.wav", Wav.Tone(300));
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "root", "link.wav"), Write("outside/b.wav", Wav.Tone(400)));
        var pipe = Path.Combine(_folder.FullName, "root", "pipe.wav");
        using (var make = Process.Start("mkfifo", [pipe]))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var files = new List<FileImport>();
        var import = Task.Run(() => catalog.Get<FileImporter>().ImportAsync(
            SongFolder.Songs(Path.Combine(_folder.FullName, "root")), _ => null, files.Add, CancellationToken.None));
        await import.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal(
            [("a.wav", ImportOutcome.Added), ("pipe.wav", ImportOutcome.Refused)], files.Select(file => (Path.GetFileName(file.Path), file.Outcome)));

        // A link may also have come into the place of a file since the folder was listed.
        await catalog.Get<FileImporter>().ImportAsync([Path.Combine(_folder.FullName, "root", "link.wav")], _ => null, files.Add, CancellationToken.None);
        Assert.Equal(ImportOutcome.Refused, files[^1].Outcome);
    }

    [Fact]
    public async Task Import_RefusedFiles_DoNotStopTheOthers()
    {
        await using var catalog = await TestCatalog.CreateAsync(settings: new() { ["Upload:MaxBytes"] = "1048576" });
        Write("1.wav", "no song"u8.ToArray());
        Write("2.wav", [.. Wav.Tone(300), .. new byte[1 << 20]]);
        Write("3.wav", []);
        Write("4.wav", Wav.Tone(400));
        Write("5.wav", Wav.Tone(400));
        Write("notes.txt", "no song"u8.ToArray());

        var files = await ImportAsync(catalog);

        Assert.Equal(
            [ImportOutcome.Refused, ImportOutcome.Refused, ImportOutcome.Refused, ImportOutcome.Added, ImportOutcome.AlreadyThere],
            files.Select(file => file.Outcome));
        Assert.IsType<AudioFormatException>(files[0].Refusal, exactMatch: false);
        Assert.Empty(Directory.GetFiles(catalog.Storage.Incoming));
    }

    [Fact]
    public async Task Import_SongThatWasDeleted_ComesAgain()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        Write("a.wav", Wav.Tone(300));
        await catalog.Get<SongCatalog>().DeleteAsync(Assert.Single(await ImportAsync(catalog)).SongId!.Value, CancellationToken.None);

        Assert.Equal(ImportOutcome.Added, Assert.Single(await ImportAsync(catalog)).Outcome);
    }

    [Fact]
    public async Task Find_OnlyRealFoldersBelowARoot()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "root", "발라드", "live"));
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "outside"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "root", "link"), Path.Combine(_folder.FullName, "outside"));
        await using var catalog = await TestCatalog.CreateAsync(settings: new() { ["Import:Roots:0"] = Path.Combine(_folder.FullName, "root") });
        var roots = catalog.Get<ImportRoots>();

        Assert.Equal(Path.Combine(_folder.FullName, "root"), roots.Find(0, ""));
        Assert.Equal(Path.Combine(_folder.FullName, "root", "발라드", "live"), roots.Find(0, "발라드/live"));
        Assert.Equal(["발라드"], SongFolder.Folders(roots.Find(0, "")!));
        foreach (var folder in (string[])["..", "../outside", "link", "발라드/../../outside", "/etc", "missing", "발라드\0", "."])
        {
            Assert.Null(roots.Find(0, folder));
        }

        Assert.Null(roots.Find(1, ""));
        Assert.Null(roots.Find(-1, ""));
    }

    [Fact]
    public async Task FolderImports_Run_ReportsProgressAndEveryFile()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        Write("발라드/a.wav", Wav.Tone(300));
        Write("b.wav", "no song"u8.ToArray());
        var imports = catalog.Get<FolderImports>();
        await imports.StartAsync(CancellationToken.None);

        Assert.True(imports.TryStart(_folder.FullName, folderLabels: true));
        var run = imports.Latest!;
        Assert.Equal((2, _folder.FullName), (run.Total, run.Folder));
        while (run.State == FolderImportState.Running)
        {
            await Task.Delay(10);
        }

        Assert.Equal((FolderImportState.Completed, 2, 1, 1), (run.State, run.Done, run.Count(ImportOutcome.Added), run.Count(ImportOutcome.Refused)));
        Assert.Equal("Ballad", (await catalog.ReadAsync(run.Files().Single(file => file.SongId is not null).SongId!.Value)).Label);
        Assert.True(imports.TryStart(_folder.FullName, folderLabels: true));
        await imports.StopAsync(CancellationToken.None);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<List<FileImport>> ImportAsync(TestCatalog catalog)
    {
        var files = new List<FileImport>();
        catalog.Time.Advance(TimeSpan.FromMilliseconds(1));
        await catalog.Get<FileImporter>().ImportAsync(SongFolder.Songs(_folder.FullName), _ => null, files.Add, CancellationToken.None);
        return files;
    }

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }
}
