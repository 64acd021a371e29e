namespace MusicRec.Cli.Tests;

public sealed class ReindexCommandTests
{
    private const int Songs = 60;
    private const string IndexedTimes = "SELECT Id, IndexedAt FROM Songs WHERE Status = 'Indexed'";

    [Fact]
    public async Task Reindex_KilledInTheMiddle_EverySongIsIndexedExactlyOnce()
    {
        using var folder = new TempFolder();
        var catalog = await ImportAsync(folder, Songs);

        using (var killed = ChildProcess.Start("reindex", "--data", folder["data"]))
        {
            await WaitForIndexedAsync(catalog, killed, 5);
            await killed.KillAsync();
        }

        var before = await catalog.PairsAsync(IndexedTimes);
        Assert.InRange(before.Count, 5, Songs - 1);

        using var resumed = ChildProcess.Start("reindex", "--data", folder["data"]);
        var result = await resumed.EndAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Equal([$"completed: {Songs} of {Songs} songs indexed, 0 failed"], result.Lines);
        Assert.Contains("Going on with the run of", result.Error, StringComparison.Ordinal);
        Assert.Equal(Songs, await catalog.CountAsync("Indexed"));
        Assert.Equal(Songs, await catalog.NumberAsync("SELECT COUNT(*) FROM Songs"));
        Assert.Equal(Songs, await catalog.NumberAsync("SELECT COUNT(DISTINCT SongId) FROM Vectors"));
        Assert.Equal(Songs, await catalog.NumberAsync("SELECT COUNT(*) FROM Vectors"));
        Assert.Equal(1, await catalog.NumberAsync("SELECT COUNT(*) FROM IndexRuns WHERE State = 'Completed'"));
        Assert.Equal(1, await catalog.NumberAsync("SELECT COUNT(*) FROM IndexRuns"));
        var after = await catalog.PairsAsync(IndexedTimes);
        Assert.All(before, song => Assert.Equal(song.Value, after[song.Key]));
    }

    [Fact]
    public async Task Reindex_Interrupted_LeavesARunToGoOnWithOrToCancel()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no signal to send.");
        using var folder = new TempFolder();
        var catalog = await ImportAsync(folder, Songs);

        using var child = ChildProcess.Start("reindex", "--data", folder["data"]);
        await WaitForIndexedAsync(catalog, child, 3);
        await child.InterruptAsync();
        var result = await child.EndAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("'musicrec reindex' goes on from here", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, await catalog.CountAsync("Analyzing"));
        Assert.InRange(await catalog.CountAsync("Queued"), 1, Songs - 3);
        Assert.Equal(1, await catalog.NumberAsync("SELECT COUNT(*) FROM IndexRuns WHERE State = 'Running'"));

        Assert.Equal(["The run is cancelled."], (await Cli.RunAsync("reindex", "--cancel", "--data", folder["data"])).Lines);
        Assert.Equal(["No run is under way."], (await Cli.RunAsync("reindex", "--cancel", "--data", folder["data"])).Lines);
        Assert.Equal(1, await catalog.NumberAsync("SELECT COUNT(*) FROM IndexRuns WHERE State = 'Cancelled'"));
    }

    [Fact]
    public async Task Reindex_NothingStale_DecodesOnlyWhenAsked()
    {
        using var folder = new TempFolder();
        var catalog = await ImportAsync(folder, 3, seconds: 0.5);
        await Cli.RunAsync("reindex", "--data", folder["data"]);
        var first = await catalog.PairsAsync(IndexedTimes);

        var stale = await Cli.RunAsync("reindex", "--data", folder["data"]);
        var untouched = await catalog.PairsAsync(IndexedTimes);
        var all = await Cli.RunAsync("reindex", "--all", "--data", folder["data"]);
        var again = await catalog.PairsAsync(IndexedTimes);

        Assert.Equal(["completed: 0 of 0 songs indexed, 0 failed"], stale.Lines);
        Assert.Equal(first, untouched);
        Assert.Equal(["completed: 3 of 3 songs indexed, 0 failed"], all.Lines);
        Assert.Equal(3, again.Count);
        Assert.All(again, song => Assert.NotEqual(first[song.Key], song.Value));
    }

    [Fact]
    public async Task Reindex_SongThatCannotBeAnalysed_IsNamedWithTheReason()
    {
        using var folder = new TempFolder();
        var catalog = await ImportAsync(folder, 2, seconds: 0.5);
        File.Delete(Directory.GetFiles(folder["data/songs"]).Order().First());

        var result = await Cli.RunAsync("reindex", "--data", folder["data"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(["completed: 1 of 2 songs indexed, 1 failed"], result.Lines);
        Assert.Contains("0.wav: The song's file is missing", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, await catalog.CountAsync("Failed"));
    }

    [Fact]
    public async Task Reindex_DatabaseThatIsNone_ReturnsOneInOneLine()
    {
        using var folder = new TempFolder();
        folder.Text("data/catalog.db", new string('x', 10_000));

        var result = await Cli.RunAsync("reindex", "--data", folder["data"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Single(result.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("reindex")]
    [InlineData("check")]
    [InlineData("backup")]
    public async Task Command_FolderThatIsNotThere_SaysSoAndMakesNone(string command)
    {
        using var folder = new TempFolder();

        var result = await Cli.RunAsync(command, "--data", folder["dtaa"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"There is no catalog in {folder["dtaa"]}", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["dtaa"]));
    }

    [Fact]
    public async Task Reindex_PausedQueue_GoesOnAndSaysSo()
    {
        using var folder = new TempFolder();
        var catalog = await ImportAsync(folder, 2, seconds: 0.5);
        await catalog.PairsAsync("INSERT INTO Settings (\"Key\", \"Value\") VALUES ('indexing-is-paused', 'yes')");

        var result = await Cli.RunAsync("reindex", "--data", folder["data"]);

        Assert.Equal((0, 2), (result.ExitCode, await catalog.CountAsync("Indexed")));
        Assert.Contains("The queue was paused; it goes on.", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, await catalog.NumberAsync("SELECT COUNT(*) FROM Settings WHERE \"Key\" = 'indexing-is-paused'"));
    }

    /// <summary>Songs of low rate and few bytes that still take a while to analyse.</summary>
    private static async Task<CatalogFile> ImportAsync(TempFolder folder, int count, double seconds = 10)
    {
        for (var number = 0; number < count; number++)
        {
            folder.Song($"songs/{number}.wav", number, seconds, sampleRate: 8000);
        }

        var result = await Cli.RunAsync("import", folder["songs"], "--data", folder["data"]);
        Assert.Equal(0, result.ExitCode);
        return new CatalogFile(folder["data"]);
    }

    private static async Task WaitForIndexedAsync(CatalogFile catalog, ChildProcess child, int count)
    {
        while (await catalog.CountAsync("Indexed") < count)
        {
            Assert.False(child.HasExited, "The run was over too early.");
            await Task.Delay(20);
        }
    }
}
