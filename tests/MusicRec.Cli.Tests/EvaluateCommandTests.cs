using System.Globalization;
using System.Text;
using MusicRec.Genres.Evaluation;

namespace MusicRec.Cli.Tests;

public sealed class EvaluateCommandTests
{
    [Fact]
    public async Task Evaluate_ArtistsGiven_WritesReportAndSummary()
    {
        using var folder = new TempFolder();
        var groups = folder.Text("artists.csv", "filename,artist\n" + string.Concat(Names().Select(name => $"{name}.wav,artist of {name[..1]}{name[^2..^1]}\n")));

        var result = await Cli.RunAsync("evaluate", Table(folder), "--groups", groups, "--folds", "3", "--repeats", "1", "--out", folder["report"]);

        Assert.Equal((0, "No leak found between training and test parts. The artist of every song is known."), (result.ExitCode, result.Lines[0]));
        foreach (var learner in new[] { "dense network", "improved network", "logistic regression", "LightGBM", "5-NN cosine", "most frequent genre" })
        {
            Assert.Contains(result.Lines, line => line.StartsWith(learner, StringComparison.Ordinal) && line.Contains(" % (", StringComparison.Ordinal));
        }

        Assert.Contains(result.Lines, line => line.StartsWith("most frequent genre", StringComparison.Ordinal) && line.EndsWith("worse", StringComparison.Ordinal));
        Assert.Contains("fitted 18/18, 0:00:00 left", result.Error, StringComparison.Ordinal);
        Assert.Contains(result.Lines, line => line.StartsWith("compared with the improved network", StringComparison.Ordinal));
        var report = EvaluationReport.FromJson(await File.ReadAllTextAsync(folder["report/report.json"]));
        Assert.Equal(["a", "b"], report.Data.Columns);
        Assert.Equal($"musicrec evaluate {folder["data.csv"]} --groups {groups} --folds 3 --repeats 1 --out {folder["report"]}", report.Command);
        Assert.Equal(["cosine", "local scaling (k = 10)"], report.Rankings.Select(ranking => ranking.Name));
        Assert.StartsWith("<!DOCTYPE html>", await File.ReadAllTextAsync(folder["report/index.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_OwnFeaturesWithDeviations_ReportsDoubtAndTheGainOfTheDeviations()
    {
        using var folder = new TempFolder();

        var result = await Cli.RunAsync("evaluate", OwnFeatures(folder), "--folds", "2", "--repeats", "1", "--out", folder["report"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(result.Lines, line => line.StartsWith("improved network, means only", StringComparison.Ordinal) && line.EndsWith("no difference beyond noise", StringComparison.Ordinal));
        var report = EvaluationReport.FromJson(await File.ReadAllTextAsync(folder["report/report.json"]));
        var abstention = report.Improved!.Abstention!;
        Assert.All(AbstentionText.Sentences(abstention), sentence => Assert.Contains("  " + sentence, result.Lines));
        Assert.Equal((70, 2), (abstention.NonMusic!.Sounds, abstention.NonMusic.Folds));
        Assert.Contains("Not sure: improved network", await File.ReadAllTextAsync(folder["report/index.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_Twice_WritesTheSameBytes()
    {
        using var folder = new TempFolder();
        string[] command = ["evaluate", Table(folder), "--folds", "2", "--repeats", "1", "--out", folder["report"]];

        await Cli.RunAsync(command);
        var first = (await File.ReadAllTextAsync(folder["report/report.json"]), await File.ReadAllTextAsync(folder["report/index.html"]));
        await Cli.RunAsync(command);

        Assert.Equal(first, (await File.ReadAllTextAsync(folder["report/report.json"]), await File.ReadAllTextAsync(folder["report/index.html"])));
    }

    [Fact]
    public async Task Evaluate_ArtistInBothLists_RefusesAndGoesOnWhenTold()
    {
        using var folder = new TempFolder();
        var names = Names().ToArray();
        var split = folder.Text("train.txt", string.Join('\n', names.Where((_, i) => i % 3 > 0).Select(name => $"genre/{name}.wav")))
            + "," + folder.Text("test.txt", string.Join('\n', names.Where((_, i) => i % 3 == 0).Select(name => $"genre/{name}.au")));
        var groups = folder.Text("index.txt", $"{names[0]}.wav ::: Someone ::: A\n{names[1]}.wav ::: someone ::: B\n");
        string[] command = ["evaluate", Table(folder), "--groups", groups, "--split", split, "--out", folder["report"]];

        var refused = await Cli.RunAsync(command);
        var told = await Cli.RunAsync([.. command, "--allow-leaks"]);

        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Contains($"1 share their artist with a song of the training part, for example {names[0]}.wav and {names[1]}.wav", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, told.ExitCode);
        Assert.StartsWith("LEAKS: ", told.Lines[0], StringComparison.Ordinal);
        Assert.Contains("20 songs to fit to, 10 to measure on", told.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("genre/nobody.wav", "nobody")]
    [InlineData("", "the list is empty")]
    public async Task Evaluate_UnfitSplit_ReturnsOne(string content, string expected)
    {
        using var folder = new TempFolder();
        var list = folder.Text("list.txt", content);

        var result = await Cli.RunAsync("evaluate", Table(folder), "--split", $"{list},{list}", "--out", folder["report"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    /// <summary>Thirty songs of two genres that lie apart, with columns that are not this program's own and a length.</summary>
    private static string Table(TempFolder folder)
    {
        var random = new Random(1);
        var table = new StringBuilder("filename,length,a,b,label\n");
        foreach (var name in Names())
        {
            var center = name[0] == 'r' ? 5 : 0;
            table.Append(CultureInfo.InvariantCulture, $"{name}.wav,661794,{center + random.NextDouble()},{random.NextDouble()},{(name[0] == 'r' ? "Rock" : "Folk")}\n");
        }

        return folder.Text("data.csv", table.ToString());
    }

    /// <summary>Songs of two genres by two of this program's features, enough of them to learn when to doubt.</summary>
    private static string OwnFeatures(TempFolder folder)
    {
        var random = new Random(1);
        var table = new StringBuilder("filename,rmse,mfcc2,rmse_std,mfcc2_std,label\n");
        for (var i = 0; i < 240; i++)
        {
            var center = i % 2;
            table.Append(CultureInfo.InvariantCulture, $"{i}.wav,{0.2 * center + random.NextDouble()},{random.NextDouble()},{random.NextDouble()},{random.NextDouble()},{(center == 0 ? "Rock" : "Folk")}\n");
        }

        return folder.Text("own.csv", table.ToString());
    }

    private static IEnumerable<string> Names() => Enumerable.Range(0, 30).Select(i => string.Create(CultureInfo.InvariantCulture, $"{(i % 2 == 0 ? "rock" : "folk")}{i:D2}"));
}
