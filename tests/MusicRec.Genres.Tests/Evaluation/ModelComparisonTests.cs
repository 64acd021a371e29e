using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Evaluation.Learners;
using MusicRec.Genres.Training;
using static MusicRec.Genres.Tests.Evaluation.EvaluationSongs;

namespace MusicRec.Genres.Tests.Evaluation;

public class ModelComparisonTests
{
    private static readonly IReadOnlyList<Learner> Learners =
    [
        DenseLearner.Create("small network", "A network", new TrainingOptions { HiddenLayers = [8], Epochs = 12, BatchSize = 16, LearningRate = 0.02 }),
        PlainLearners.NearestNeighbours,
        PlainLearners.Majority,
    ];

    [Fact]
    public void Run_CrossValidation_ReportsEverything()
    {
        var report = Report(EvaluationDesign.CrossValidation(Columns, Many(24, 3, withArtists: true), 4, 2, 5));

        Assert.Equal("No leak found between training and test parts. The artist of every song is known.", report.Headline);
        Assert.Equal("musicrec evaluate", report.Command);
        Assert.Equal((72, 24, 72), (report.Data.Songs, report.Data.Artists, report.Data.SongsWithArtist));
        Assert.Equal(64, report.Data.Fingerprint.Length);
        Assert.Equal((8, 144, 24, 5), (report.Design.Folds, report.Design.Predictions, report.Design.Groups, report.Design.Seed));
        Assert.Contains("Nadeau", report.Design.Test, StringComparison.Ordinal);
        Assert.Contains("Microsoft.ML", report.Versions.Keys);
        Assert.Equal(12, report.LearningCurve.Count);
        Assert.Equal(["small network", "5-NN cosine", "most frequent genre"], report.Learners.Select(learner => learner.Name));
        foreach (var learner in report.Learners)
        {
            Assert.Equal(8, learner.FoldAccuracies.Count);
            Assert.Equal(144, learner.Confusion.Sum(row => row.Sum()));
            Assert.Equal(144, learner.Reliability.Sum(bin => bin.Predictions));
            Assert.InRange(learner.Accuracy.Value, learner.Accuracy.Low, learner.Accuracy.High);
            Assert.NotNull(learner.AccuracyOverFolds);
            Assert.All(learner.Genres, genre => Assert.Equal(48, genre.Predictions));
        }

        Assert.Equal("worse", report.Comparisons[1].Verdict);
        Assert.Equal("small network", report.Comparisons[1].Baseline);
    }

    [Fact]
    public void Run_FixedSplitWithLeak_SaysSoFirst()
    {
        var songs = Many(12, 2, withArtists: false);
        songs[0] = songs[0] with { Values = songs[1].Values };
        var keys = songs.Select(song => song.Key).ToArray();
        var design = EvaluationDesign.FixedSplit(
            Columns, songs, [.. keys.Where((_, i) => i % 2 == 0)], [.. keys.Where((_, i) => i % 2 == 1)], 1);

        var report = Report(design);

        Assert.StartsWith("LEAKS: the numbers below are too good. Of the songs measured on, 1 share their features with", report.Headline, StringComparison.Ordinal);
        Assert.Contains("No artist is known", report.Headline, StringComparison.Ordinal);
        Assert.Contains("McNemar", report.Design.Test, StringComparison.Ordinal);
        Assert.All(report.Learners, learner => Assert.Null(learner.AccuracyOverFolds));
    }

    [Fact]
    public void Run_GenreAlwaysOrNeverRight_HasTheExactIntervalOverGroups()
    {
        EvaluationSong[] songs = [.. Enumerable.Range(0, 30).Select(i => Make($"{i}", i % 3 == 0 ? "B" : "A", $"artist {i % 3 == 0} {i % 3 * 10 + i / 6}"))];
        var design = EvaluationDesign.CrossValidation(Columns, songs, 2, 1, 1);

        var majority = Report(design).Learners[2];

        // Genre A is always said. It has ten artists, genre B five.
        Assert.Equal((1, 1), (majority.Genres[0].Recall!.Value.Value, majority.Genres[0].Recall!.Value.High));
        Assert.Equal(0.6915, majority.Genres[0].Recall!.Value.Low, 1e-4);
        Assert.Equal((0, 0), (majority.Genres[1].Recall!.Value.Value, majority.Genres[1].Recall!.Value.Low));
        Assert.Equal(0.5218, majority.Genres[1].Recall!.Value.High, 1e-4);
    }

    [Fact]
    public void ToJson_TwoRuns_AreTheSameAndReadBack()
    {
        EvaluationReport Run() => Report(EvaluationDesign.CrossValidation(Columns, Many(12, 2, withArtists: true), 3, 1, 2));

        var json = Run().ToJson();

        Assert.Equal(json, Run().ToJson());
        Assert.Equal(json, EvaluationReport.FromJson(json).ToJson());
        Assert.Throws<InvalidDataException>(() => EvaluationReport.FromJson("no report"));
    }

    [Fact]
    public void Run_TrainingPartOfOneGenre_ThrowsItsOwnMessage()
    {
        var songs = Many(4, 2, withArtists: false);
        var design = new EvaluationDesign(Columns, songs, [new Fold(0, [0, 1, 2], [3, 4])], 1, "");

        Assert.Contains("at least 2", Assert.Throws<InvalidDataException>(() => Report(design)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.02, 0.01, 0.03, 0.04, "better")]
    [InlineData(-0.02, -0.03, -0.01, 0.04, "worse")]
    [InlineData(0.02, 0.01, 0.03, 0.06, "no difference beyond noise")]
    [InlineData(0.02, -0.01, 0.05, 0.01, "no difference beyond noise")]
    public void Verdict_DifferenceAndPValue_BothDecide(double value, double low, double high, double p, string expected) =>
        Assert.Equal(expected, Comparisons.Verdict(new Estimate(value, low, high), p));

    [Fact]
    public void RunAndKeep_FixedSplit_KeepsTheNetworkThatWasMeasured()
    {
        var songs = Many(70, 2, withArtists: false);
        var keys = songs.Select(song => song.Key).ToLookup(key => key[^1] is '0' or '5');
        var design = EvaluationDesign.FixedSplit(Columns, songs, [.. keys[false]], [.. keys[true]], 3);

        var (report, network) = ModelComparison.RunAndKeep(design, TableOf(songs), "songs.csv", "musicrec demo-model");

        var improved = report.Improved!;
        var confusion = new int[2][] { new int[2], new int[2] };
        foreach (var song in design.Folds[0].Test)
        {
            confusion[design.Targets[song]][GenreEvaluation.Best(network.Model.Predict(design.Songs[song].Values.Span))]++;
        }

        Assert.Equal(improved.Confusion, confusion);
        Assert.Equal(improved.Confusion, network.HeldOut!.Confusion);
        Assert.Equal(improved.LogLoss.Value, network.HeldOut.LogLoss, 1e-9);
        Assert.Equal((improved.Calibration!.Temperature.Value, 28), (network.Model.Temperature, network.Calibration!.Songs));
        Assert.Equal((improved.CalibrationError.Value, improved.LogLoss.Value), (network.Calibration.EceAfter, network.Calibration.LogLossAfter));
        Assert.NotNull(improved.Abstention);
        Assert.Null(improved.Abstention.NonMusic);
        Assert.Equal(["dense network", "logistic regression", "LightGBM", "5-NN cosine", "most frequent genre"], report.ComparisonsWithImproved.Select(other => other.Name));
        Assert.All(report.ComparisonsWithImproved, other => Assert.Equal("improved network", other.Baseline));
        Assert.Equal(report.Comparisons[0].Difference.Value, -report.ComparisonsWithImproved[0].Difference.Value, 1e-12);
        Assert.Null(report.Learners[0].Calibration);
        Assert.Equal(report.ToJson(), EvaluationReport.FromJson(report.ToJson()).ToJson());
    }

    [Fact]
    public void RunAndKeep_SeveralFolds_IsRefused()
    {
        var songs = Many(12, 2, withArtists: false);

        Assert.Throws<ArgumentException>(() => ModelComparison.RunAndKeep(EvaluationDesign.CrossValidation(Columns, songs, 2, 1, 1), TableOf(songs), "", ""));
    }

    internal static EvaluationReport Report(EvaluationDesign design) =>
        ModelComparison.Run(design, TableOf(design.Songs), "songs.csv", "musicrec evaluate", Learners, null, CancellationToken.None).Report;
}
