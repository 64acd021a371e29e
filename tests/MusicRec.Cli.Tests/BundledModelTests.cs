using System.Globalization;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Demo;
using MusicRec.Cli.Commands;
using MusicRec.Genres;
using MusicRec.Genres.Evaluation;

namespace MusicRec.Cli.Tests;

public sealed class BundledModelTests
{
    private static readonly string Model = Path.Combine(AppContext.BaseDirectory, "models", "genre-demo.onnx");

    [Fact]
    public void Classify_SilenceNoiseTonesClicksSweeps_AtLeastNineInTenAreRefused()
    {
        using var classifier = GenreClassifier.Load(Model);
        var sounds = NonMusic.Analyze();

        var accepted = sounds.Where(sound => classifier.Classify(sound.Features).Doubt == PredictionDoubt.None).Select(sound => sound.Name).ToArray();

        Assert.True(accepted.Length <= 0.1 * sounds.Count, string.Join(", ", accepted));
    }

    [Fact]
    public void Card_BundledReport_IsMadeOfItAndJudgesThisModel()
    {
        var file = DemoModelCommand.ReportOf(Model);
        using var classifier = GenreClassifier.Load(Model);

        var report = EvaluationReport.FromJson(File.ReadAllText(file));

        Assert.Equal(DemoModelCommand.CardOf(report), File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "models", "MODEL_CARD.md")));
        Assert.Equal(report.Improved!.Accuracy.Value.ToString("F4", CultureInfo.InvariantCulture), classifier.Model.Provenance["accuracy"]);
        Assert.Equal(report.Improved.Calibration!.Temperature.Value.ToString("F4", CultureInfo.InvariantCulture), classifier.Model.Provenance["temperature"]);
        Assert.InRange(new FileInfo(file).Length, 1, 300_000);
    }

    [Fact]
    public void Classify_DemoSongsItNeverSaw_AreNamedWithoutDoubt()
    {
        using var classifier = GenreClassifier.Load(Model);
        var songs = DemoDataset.Make([.. DemoSongs.Catalog.Where(song => song.Seed % 4 == 0)], TextWriter.Null, CancellationToken.None);

        var predictions = songs.Rows.Select(row => (row.Label, Prediction: classifier.Classify(new FeatureVector(row.Values.Span)))).ToArray();

        Assert.All(predictions, song => Assert.Equal(song.Label, song.Prediction.Top.Label));
        Assert.True(predictions.Count(song => song.Prediction.Doubt != PredictionDoubt.None) <= 1);
    }
}
