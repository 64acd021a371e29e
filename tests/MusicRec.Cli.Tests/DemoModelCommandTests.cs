using MusicRec.Audio.Features;
using MusicRec.Cli.Commands;
using MusicRec.Genres;
using MusicRec.Genres.Training;

namespace MusicRec.Cli.Tests;

public sealed class DemoModelCommandTests
{
    [Fact]
    public void Write_TwoRuns_GiveTheSameBytesAndAnHonestCard()
    {
        using var folder = new TempFolder();
        var (others, catalog) = (Table(25, seed: 1), Table(6, seed: 2));
        foreach (var name in new[] { "one", "two" })
        {
            Directory.CreateDirectory(folder[name]);
            DemoModelCommand.Write(folder[$"{name}/demo.onnx"], others, catalog, 20, TextWriter.Null, CancellationToken.None);
        }

        foreach (var file in new[] { "demo.onnx", "demo.json", "MODEL_CARD.md" })
        {
            Assert.Equal(File.ReadAllBytes(folder[$"one/{file}"]), File.ReadAllBytes(folder[$"two/{file}"]));
        }

        var card = File.ReadAllText(folder["one/MODEL_CARD.md"]);
        Assert.Contains("says little about real music", card, StringComparison.Ordinal);
        Assert.Contains("**Trained on**: 40 songs of 2 genres", card, StringComparison.Ordinal);
        Assert.Contains("## Accuracy on 10 songs it never saw", card, StringComparison.Ordinal);
        Assert.Contains("| logistic regression | 100.0 %", card, StringComparison.Ordinal);
        Assert.Contains("on the 12 songs of the demo catalog, none of which it saw: 100.0 % (95 % interval 73.5 % to 100.0 %)", card, StringComparison.Ordinal);
        using var classifier = GenreClassifier.Load(folder["one/demo.onnx"]);
        Assert.Equal(["Ballad", "Rock"], classifier.Model.Labels);
        Assert.Equal("1.0000", classifier.Model.Provenance["accuracy"]);
    }

    [Fact]
    public void Write_CatalogOfTheOtherGenre_CountsTheErrors()
    {
        using var folder = new TempFolder();
        var catalog = Table(6, seed: 2);
        var swapped = catalog with { Rows = [.. catalog.Rows.Select(row => row with { Label = row.Label == "Rock" ? "Ballad" : "Rock" })] };
        using var output = new StringWriter();

        DemoModelCommand.Write(folder["demo.onnx"], Table(25, seed: 1), swapped, 20, output, CancellationToken.None);

        Assert.Contains("accuracy on the 12 songs of the demo catalog: 0.0 %", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Two genres a line tells apart.</summary>
    private static Dataset Table(int perGenre, int seed)
    {
        var random = new Random(seed);
        return Dataset.FromVectors(Enumerable.Range(0, 2 * perGenre).Select(i =>
        {
            var values = Enumerable.Range(0, FeatureVector.Length).Select(_ => random.NextDouble() + i % 2 * 2).ToArray();
            return ($"{i}.wav", new FeatureVector(values), i % 2 == 0 ? "Rock" : "Ballad");
        }));
    }
}
