using MusicRec.Genres.Embedding;
using MusicRec.Genres.Evaluation.Retrieval;

namespace MusicRec.Cli.Tests;

public sealed class EvaluateRetrievalTests
{
    [Fact]
    public async Task Retrieval_FolderOfSongs_WritesAReportAndSaysTheHeartOfIt()
    {
        using var folder = new TempFolder();
        for (var i = 0; i < 6; i++)
        {
            folder.Song($"music/{(i < 3 ? "one" : "two")}/{i}.wav", 40 * i, seconds: 7);
        }

        folder.Text("music/one/broken.wav", "no song");
        var list = folder.Text(
            "songs.csv", "file,genre,artist,album\none/broken.wav,,,\n" + string.Concat(Enumerable.Range(0, 6).Select(i => $"{(i < 3 ? "one" : "two")}/{i}.wav,genre {i / 3},artist {i},\n")));

        var result = await Cli.RunAsync("evaluate", "--retrieval", folder["music"], "--songs", list, "--out", folder["report"]);
        var json = await File.ReadAllTextAsync(folder["report/retrieval.json"]);
        var again = await Cli.RunAsync("evaluate", "--retrieval", folder["music"], "--songs", list, "--out", folder["report"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("one/broken.wav: ", result.Error, StringComparison.Ordinal);
        Assert.StartsWith("6 songs, 6 with a genre, 6 artists, 0 albums", result.Output, StringComparison.Ordinal);
        Assert.Contains("| same genre | ", result.Output, StringComparison.Ordinal);
        Assert.Contains("noise, 10 dB below: neighbours kept", result.Output, StringComparison.Ordinal);
        Assert.Equal(result.Output, again.Output);
        Assert.Equal(json, await File.ReadAllTextAsync(folder["report/retrieval.json"]));
        var report = RetrievalReport.FromJson(json);
        Assert.Equal((6, 1), (report.Songs, report.Refused.Count));
        Assert.Equal([26, 64, 90, 262, 230], report.Kinds.Select(kind => kind.Dimensions));
        Assert.All(report.Kinds, quality =>
        {
            Assert.Equal((12, 6), (quality.Windows!.Windows, quality.Windows.Songs));
            Assert.Contains(quality.Copies, copy => copy.Name == "2 % faster" && copy.Songs == 6);
            Assert.DoesNotContain(quality.Copies, copy => copy.Name == "the 30 s after");
        });
    }

    [Fact]
    public async Task Retrieval_WithoutAList_TakesTheFoldersForAlbums()
    {
        using var folder = new TempFolder();
        for (var i = 0; i < 4; i++)
        {
            folder.Song($"music/{i % 2}/{i}.wav", 40 * i);
        }

        var result = await Cli.RunAsync("evaluate", "--retrieval", folder["music"], "--out", folder["report"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error.Trim().StartsWith("analysed", StringComparison.Ordinal) ? "" : result.Error));
        Assert.StartsWith("4 songs, 0 with a genre, 0 artists, 2 albums", result.Output, StringComparison.Ordinal);
    }

    /// <summary>Here the bundled one once more: it has to be as good as itself.</summary>
    [Fact]
    public async Task Retrieval_WithAnotherEmbedding_MeasuresItAloneAndWithTheFeatures()
    {
        using var folder = new TempFolder();
        for (var i = 0; i < 6; i++)
        {
            folder.Song($"music/{i % 2}/{i}.wav", 40 * i, seconds: 7);
        }

        var result = await Cli.RunAsync("evaluate", "--retrieval", folder["music"], "--embedding", SoundEmbedding.Bundled, "--out", folder["report"]);

        Assert.Equal(0, result.ExitCode);
        var kinds = RetrievalReport.FromJson(await File.ReadAllTextAsync(folder["report/retrieval.json"])).Kinds;
        Assert.Equal([26, 64, 90, 262, 230, 64, 90], kinds.Select(kind => kind.Dimensions));
        Assert.Equal(["ear.onnx", "ear.onnx and features"], kinds.Skip(5).Select(kind => kind.Name));
        Assert.Equal(kinds.Skip(1).Take(2).SelectMany(kind => kind.Copies), kinds.Skip(5).SelectMany(kind => kind.Copies));
        Assert.Equal(kinds.Skip(1).Take(2).Select(kind => (kind.AlbumHit, kind.Windows)), kinds.Skip(5).Select(kind => (kind.AlbumHit, kind.Windows)));
    }

    [Fact]
    public async Task Retrieval_TooFewSongs_SaysSo()
    {
        using var folder = new TempFolder();
        folder.Song("music/a.wav", 1);

        var result = await Cli.RunAsync("evaluate", "--retrieval", folder["music"], "--out", folder["report"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("1 readable songs", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--folds", "3", "--folds says nothing with --retrieval")]
    [InlineData("--embedding", "missing.onnx", "missing.onnx")]
    public async Task Retrieval_OtherOptions_AreRefused(string option, string value, string expected)
    {
        using var folder = new TempFolder();
        folder.Song("music/a.wav", 1);

        var result = await Cli.RunAsync("evaluate", "--retrieval", folder["music"], option, value, "--out", folder["report"]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }
}
