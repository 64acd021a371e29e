namespace MusicRec.Cli.Tests;

public sealed class CheckCommandTests
{
    [Fact]
    public async Task Check_DamagedCatalog_NamesWhatIsWrongAndDeletesOnlyWhenAsked()
    {
        using var folder = new TempFolder();
        foreach (var number in Enumerable.Range(0, 4))
        {
            folder.Song($"songs/{number}.wav", number);
        }

        await Cli.RunAsync("import", folder["songs"], "--data", folder["data"]);
        Assert.Equal(0, (await Cli.RunAsync("check", "--data", folder["data"])).ExitCode);
        File.Delete(Directory.GetFiles(folder["data/songs"]).Order(StringComparer.Ordinal).First());
        var stray = folder.Text($"data/songs/{Guid.NewGuid():N}.wav", "stray");
        File.SetLastWriteTimeUtc(stray, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
        var catalog = new CatalogFile(folder["data"]);

        var found = await Cli.RunAsync("check", "--data", folder["data"]);

        Assert.Equal(1, found.ExitCode);
        Assert.Equal(["song without file", "file without song"], found.Lines.Select(line => line.Split('\t')[0]));
        Assert.Contains(stray, found.Output, StringComparison.Ordinal);
        Assert.Equal(4, await catalog.NumberAsync("SELECT COUNT(*) FROM Songs"));
        Assert.True(File.Exists(stray));

        Assert.Equal(0, (await Cli.RunAsync("check", "--delete-orphans", "--data", folder["data"])).ExitCode);

        Assert.Equal(3, await catalog.NumberAsync("SELECT COUNT(*) FROM Songs"));
        Assert.False(File.Exists(stray));
        Assert.Empty((await Cli.RunAsync("check", "--data", folder["data"])).Lines);
    }

    [Fact]
    public async Task Check_DeleteOrphansWithoutTheFolder_IsRefusedInOneLine()
    {
        using var folder = new TempFolder();
        folder.Song("songs/a.wav", 1);
        folder.Song("songs/b.wav", 2);
        await Cli.RunAsync("import", folder["songs"], "--data", folder["data"]);
        Directory.Move(folder["data/songs"], folder["data/away"]);

        var result = await Cli.RunAsync("check", "--delete-orphans", "--data", folder["data"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("More than half of the songs would be deleted", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, await new CatalogFile(folder["data"]).NumberAsync("SELECT COUNT(*) FROM Songs"));
    }
}
