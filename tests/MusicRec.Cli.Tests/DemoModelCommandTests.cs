using System.Globalization;
using MusicRec.Audio.Features;
using MusicRec.Cli.Commands;
using MusicRec.Genres;
using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Training;

namespace MusicRec.Cli.Tests;

public sealed class DemoModelCommandTests
{
    [Fact]
    public void Write_TwoRuns_GiveTheSameBytesAndTheCardOfTheReport()
    {
        using var folder = new TempFolder();
        var (others, catalog) = (Table(65, seed: 1), Table(6, seed: 2));
        foreach (var name in new[] { "one", "two" })
        {
            Directory.CreateDirectory(folder[name]);
            DemoModelCommand.Write(folder[$"{name}/demo.onnx"], others, catalog, 52, "musicrec demo-model --out demo.onnx", TextWriter.Null, CancellationToken.None);
        }

        foreach (var file in new[] { "demo.onnx", "demo.json", "demo.report.json", "MODEL_CARD.md" })
        {
            Assert.Equal(File.ReadAllBytes(folder[$"one/{file}"]), File.ReadAllBytes(folder[$"two/{file}"]));
        }

        var report = EvaluationReport.FromJson(File.ReadAllText(folder["one/demo.report.json"]));
        var card = File.ReadAllText(folder["one/MODEL_CARD.md"]);
        Assert.Equal(DemoModelCommand.CardOf(report), card);
        Assert.Contains("says little about real music", card, StringComparison.Ordinal);
        Assert.Contains("one fixed split, 104 songs to fit to, 26 to measure on; seed 1", card, StringComparison.Ordinal);
        Assert.Contains($"`{others.Fingerprint()}`", card, StringComparison.Ordinal);
        Assert.Contains("Accuracy on 12 songs, none of which it saw: 100.0 % (73.5 % to 100.0 %;", card, StringComparison.Ordinal);
        Assert.Equal(2, report.Rankings.Count);
        Assert.NotNull(report.Improved!.Abstention!.NonMusic);
    }

    [Fact]
    public void Write_SongsOfTheTestPart_AreAnsweredByTheFileAsInTheReport()
    {
        using var folder = new TempFolder();
        var others = Table(65, seed: 1, distance: 0.1);

        var report = DemoModelCommand.Write(folder["demo.onnx"], others, Table(6, seed: 2), 52, "", TextWriter.Null, CancellationToken.None);

        using var classifier = GenreClassifier.Load(folder["demo.onnx"]);
        var confusion = new[] { new int[2], new int[2] };
        var (loss, doubted) = (0.0, 0);
        foreach (var song in others.Rows.Skip(104))
        {
            var prediction = classifier.Classify(new FeatureVector(song.Values.Span));
            confusion[song.Label == "Ballad" ? 0 : 1][prediction.Top.Label == "Ballad" ? 0 : 1]++;
            loss -= Math.Log(prediction.Genres.Single(genre => genre.Label == song.Label).Probability) / 26;
            doubted += prediction.Doubt == PredictionDoubt.None ? 0 : 1;
        }

        Assert.Equal(["Ballad", "Rock"], classifier.Model.Labels);
        Assert.Equal(report.Improved!.Confusion, confusion);
        Assert.InRange(report.Improved.Accuracy.Value, 0.1, 0.99);
        Assert.Equal(report.Improved.LogLoss.Value, loss, 1e-4);
        Assert.Equal(report.Improved.Abstention!.Abstained.Value, doubted / 26.0, 1e-12);
        Assert.Equal(report.Improved.Accuracy.Value.ToString("F4", CultureInfo.InvariantCulture), classifier.Model.Provenance["accuracy"]);
    }

    [Fact]
    public void Write_CatalogOfTheOtherGenre_CountsTheErrors()
    {
        using var folder = new TempFolder();
        var catalog = Table(6, seed: 2);
        var swapped = catalog with { Rows = [.. catalog.Rows.Select(row => row with { Label = row.Label == "Rock" ? "Ballad" : "Rock" })] };

        var report = DemoModelCommand.Write(folder["demo.onnx"], Table(12, seed: 1), swapped, 9, "", TextWriter.Null, CancellationToken.None);

        Assert.Equal((12, 0), (report.Further[0].Songs, report.Further[0].Accuracy.Value));
        Assert.Contains("always answers", File.ReadAllText(folder["MODEL_CARD.md"]), StringComparison.Ordinal);
    }

    /// <summary>Two genres a line tells apart, if they lie more than 1 apart.</summary>
    private static Dataset Table(int perGenre, int seed, double distance = 2)
    {
        var random = new Random(seed);
        return Dataset.FromVectors(Enumerable.Range(0, 2 * perGenre).Select(i =>
        {
            var values = Enumerable.Range(0, FeatureVector.Length).Select(_ => random.NextDouble() + i % 2 * distance).ToArray();
            return ($"{i}.wav", new FeatureVector(values), i % 2 == 0 ? "Rock" : "Ballad");
        }));
    }
}
