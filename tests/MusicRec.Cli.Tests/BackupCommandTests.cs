namespace MusicRec.Cli.Tests;

public sealed class BackupCommandTests
{
    [Fact]
    public async Task Restore_InAnEmptyFolder_BringsTheCatalogBack()
    {
        using var folder = new TempFolder();
        for (var number = 0; number < 5; number++)
        {
            folder.Song($"songs/{number}.wav", number);
        }

        var imported = await Cli.RunAsync("import", folder["songs"], "--index", "--data", folder["data"]);
        Assert.Equal(0, imported.ExitCode);

        var made = await Cli.RunAsync("backup", "--audio", "--out", folder["copy.zip"], "--data", folder["data"]);
        Assert.Equal(0, made.ExitCode);
        Assert.StartsWith(folder["copy.zip"], Assert.Single(made.Lines), StringComparison.Ordinal);
        Assert.Equal(1, (await Cli.RunAsync("backup", "--out", folder["copy.zip"], "--data", folder["data"])).ExitCode);

        var restored = await Cli.RunAsync("restore", folder["copy.zip"], "--data", folder["other"]);

        Assert.Equal((0, ""), (restored.ExitCode, restored.Error.Contains("musicrec:", StringComparison.Ordinal) ? restored.Error : ""));
        var songs = new CatalogFile(folder["data"]);
        var copies = new CatalogFile(folder["other"]);
        Assert.Equal(await songs.PairsAsync("SELECT Id, Sha256 FROM Songs"), await copies.PairsAsync("SELECT Id, Sha256 FROM Songs"));
        Assert.Equal([$"{await songs.NumberAsync("SELECT COUNT(*) FROM Songs")} songs restored"], restored.Lines);
        Assert.Equal(Names(folder["data"]), Names(folder["other"]));
        Assert.Equal(0, (await Cli.RunAsync("reindex", "--all", "--data", folder["other"])).ExitCode);
    }

    [Fact]
    public async Task Restore_NoBackup_SaysSoAndChangesNothing()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["x.zip"], "no backup", TestContext.Current.CancellationToken);
        var result = await Cli.RunAsync("restore", folder["x.zip"], "--data", folder["data"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("no backup of this program", result.Error, StringComparison.Ordinal);
    }

    private static string[] Names(string data) =>
        [.. Directory.GetFiles(Path.Combine(data, "songs")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
