namespace MusicRec.Cli.Tests;

public sealed class BenchCommandTests
{
    [Fact]
    public async Task Bench_Ranking_PrintsATableAndThatTheAnswersAreRight()
    {
        var result = await Cli.RunAsync("bench", "ranking", "--songs", "40,300", "--repeat", "1");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("machine: ", result.Lines[0], StringComparison.Ordinal);
        Assert.Contains(".NET 10", result.Lines[0], StringComparison.Ordinal);
        Assert.Equal(2, result.Lines.Count(line => line.EndsWith("median ms     best ms", StringComparison.Ordinal)));
        Assert.Equal(2, result.Lines.Count(line => line.Contains("equal to a plain scan's", StringComparison.Ordinal)));
        Assert.Equal(2, result.Lines.Count(line => line.StartsWith("5 nearest  ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Bench_All_RunsEverySection()
    {
        var result = await Cli.RunAsync("bench", "--songs", "50", "--repeat", "1", "--catalog-songs", "60", "--batch-songs", "2");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(2, result.Lines.Count(line => line.EndsWith(" bytes allocated per song", StringComparison.Ordinal)));
        Assert.Contains(result.Lines, line => line.StartsWith("batch, 2 songs, ", StringComparison.Ordinal));
        Assert.Equal(2, result.Lines.Count(line => line.StartsWith("1000 vectors at once ", StringComparison.Ordinal)));
        Assert.Contains(result.Lines, line => line.StartsWith("ranking, 50 songs, features ", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.StartsWith("catalog, 60 songs ", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.EndsWith(" bytes a song", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.StartsWith("server: left out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bench_Server_StartsTheProgramAndEveryUploadEndsAtAResultPage()
    {
        var result = await Cli.RunAsync(
            "bench", "server", "--web", WebProgram(), "--catalog-songs", "20", "--starts", "1", "--upload-minutes", "0.1", "--upload-seconds", "1");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains(result.Lines, line => line.StartsWith("process started to ready ", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.Contains("result page read, alone", StringComparison.Ordinal));
        Assert.Matches("^answers: [0-9]+ times 200$", Assert.Single(result.Lines, line => line.StartsWith("answers: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Bench_Server_NoSuchProgram_SaysSo()
    {
        var result = await Cli.RunAsync("bench", "server", "--web", "nowhere/MusicRec.Web.dll");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("There is no file", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bench_CatalogThere_IsLeftAlone()
    {
        using var folder = new TempFolder();
        await Cli.RunAsync("bench", "catalog", "--catalog-songs", "10", "--keep", folder["data"]);

        var again = await Cli.RunAsync("bench", "catalog", "--catalog-songs", "10", "--keep", folder["data"]);

        Assert.Equal(1, again.ExitCode);
        Assert.Contains("already", again.Error, StringComparison.Ordinal);
    }

    /// <summary>The checksum is that of the answers to the last bit: the same where the processor knows less than this one.</summary>
    [Fact]
    public async Task Bench_Ranking_InstructionsSwitchedOff_SameAnswers()
    {
        string[] command = ["bench", "ranking", "--songs", "500", "--repeat", "1"];
        var here = Checksum(await Cli.RunAsync(command));
        using var withoutAvx2 = ChildProcess.StartWithout("EnableAVX2", command);
        using var withoutAny = ChildProcess.StartWithout("EnableHWIntrinsic", command);

        Assert.Equal(here, Checksum(await withoutAvx2.EndAsync()));
        Assert.Equal(here, Checksum(await withoutAny.EndAsync()));
    }

    /// <summary>The web program as it was built beside this one, by the same configuration.</summary>
    private static string WebProgram() =>
        Path.GetFullPath(Path.Combine(
            AppContext.BaseDirectory.Replace(Path.Combine("tests", "MusicRec.Cli.Tests"), Path.Combine("src", "MusicRec.Web"), StringComparison.Ordinal),
            "MusicRec.Web.dll"));

    private static string Checksum(CliResult result)
    {
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return Assert.Single(result.Lines, line => line.Contains("checksum", StringComparison.Ordinal));
    }
}
