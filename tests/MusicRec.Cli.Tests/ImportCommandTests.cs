namespace MusicRec.Cli.Tests;

public sealed class ImportCommandTests
{
    [Fact]
    public async Task Import_Folder_SaysWhatBecameOfEachFile()
    {
        using var folder = new TempFolder();
        folder.Song("songs/발라드/live/아이유_밤편지.wav", 1);
        folder.Song("songs/락/b.wav", 2);
        folder.Song("songs/c.wav", 3);
        folder.Song("songs/copy.wav", 3);
        folder.Text("songs/text.wav", "no song");

        var result = await Cli.RunAsync("import", folder["songs"], "--labels-from-folders", "--data", folder["data"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            [
                $"added\t{folder["songs/c.wav"]}",
                $"already there\t{folder["songs/copy.wav"]}",
                $"refused\t{folder["songs/text.wav"]}",
                $"added\t{folder["songs/락/b.wav"]}",
                $"added\t{folder["songs/발라드/live/아이유_밤편지.wav"]}",
            ],
            result.Lines.Select(line => string.Join('\t', line.Split('\t')[..2])));
        Assert.NotEmpty(result.Lines[2].Split('\t')[2]);
        Assert.Contains("3 added, 1 already there, 0 changed, 1 refused", result.Error, StringComparison.Ordinal);
        Assert.Contains("musicrec reindex", result.Error, StringComparison.Ordinal);
        var labels = await new CatalogFile(folder["data"]).PairsAsync("SELECT Title, COALESCE(Label, 'none') FROM Songs");
        Assert.Equal(new Dictionary<string, string> { ["밤편지"] = "Ballad", ["b"] = "Rock", ["c"] = "none" }, labels);
    }

    [Fact]
    public async Task Import_Again_ReadsNothingAndTellsWhatChanged()
    {
        using var folder = new TempFolder();
        folder.Song("songs/a.wav", 1);
        folder.Song("songs/b.wav", 2);
        await Cli.RunAsync("import", folder["songs"], "--data", folder["data"]);
        File.SetLastWriteTimeUtc(folder["songs/a.wav"], new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        folder.Song("songs/b.wav", 3);
        folder.Song("songs/c.wav", 4);

        var changed = await Cli.RunAsync("import", folder["songs"], "--data", folder["data"]);
        var again = await Cli.RunAsync("import", folder["songs"], "--data", folder["data"]);

        Assert.Equal(["already there", "changed", "added"], changed.Lines.Select(line => line.Split('\t')[0]));
        Assert.Equal(["already there", "already there", "already there"], again.Lines.Select(line => line.Split('\t')[0]));
        Assert.Contains("imported 3/3", again.Error, StringComparison.Ordinal);
        Assert.Equal(3, await new CatalogFile(folder["data"]).NumberAsync("SELECT COUNT(*) FROM Songs"));
    }

    [Fact]
    public async Task Import_Genre_LabelsEverySong()
    {
        using var folder = new TempFolder();
        folder.Song("songs/x/a.wav", 1);
        folder.Song("songs/b.wav", 2);

        var result = await Cli.RunAsync("import", folder["songs"], "--genre", "트로트", "--data", folder["data"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2, await new CatalogFile(folder["data"]).NumberAsync("SELECT COUNT(*) FROM Songs WHERE Label = 'Trot'"));
    }

    [Fact]
    public async Task Import_LinksInACircle_AreNotFollowed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        using var folder = new TempFolder();
        folder.Song("songs/a.wav", 1);
        Directory.CreateSymbolicLink(folder["songs/again"], folder["songs"]);
        Directory.CreateSymbolicLink(folder["songs/and again"], folder["songs"]);

        var result = await Cli.RunAsync("import", folder["songs"], "--data", folder["data"]);

        Assert.Single(result.Lines);
    }

    /// <summary>Songs get the bundled model's genre here as in the web, and its runtime writes nothing outside the folder.</summary>
    [Fact]
    public async Task Import_Index_AsksTheBundledModelAndKeepsItsTelemetryOff()
    {
        using var folder = new TempFolder();
        folder.Song("songs/a.wav", 1);
        Directory.CreateDirectory(folder["home"]);

        using var child = ChildProcess.StartAt(folder["home"], "import", folder["songs"], "--index", "--data", folder["data"]);
        var result = await child.EndAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(1, await new CatalogFile(folder["data"]).NumberAsync("SELECT COUNT(*) FROM Songs WHERE ModelVersion IS NOT NULL"));
        Assert.Empty(Directory.GetFiles(folder["home"], "*onnx*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Import_Index_IndexesAtOnce()
    {
        using var folder = new TempFolder();
        folder.Song("songs/a.wav", 1);
        folder.Song("songs/b.wav", 2);

        var result = await Cli.RunAsync("import", folder["songs"], "--index", "--data", folder["data"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("completed: 2 of 2 songs indexed, 0 failed", result.Lines[^1]);
        Assert.DoesNotContain("musicrec reindex", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, await new CatalogFile(folder["data"]).CountAsync("Indexed"));
    }

    [Theory]
    [InlineData("missing", "There is no folder")]
    [InlineData(".", "No song lies in")]
    public async Task Import_NothingToImport_ReturnsOneAndMakesNoCatalog(string name, string message)
    {
        using var folder = new TempFolder();

        var result = await Cli.RunAsync("import", folder[name], "--data", folder["data"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["data"]));
    }
}
