using MusicRec.Genres.Training;

namespace MusicRec.Genres.Tests.Training;

public class GenreTrainerTests
{
    [Fact]
    public void Train_SeparableGenres_LearnsThemAll()
    {
        var result = GenreTrainer.Train(ToyProblem.Make(), ToyProblem.Options);

        Assert.Equal(ToyProblem.Labels, result.Model.Labels);
        Assert.Equal(1, result.History[^1].Accuracy);
        Assert.Equal(1, result.HeldOut!.Accuracy.Value);
        Assert.Equal(1, result.Baseline!.Accuracy.Value);
        Assert.Equal(18, result.HeldOut.Songs);
        foreach (var row in ToyProblem.Make(seed: 99).Rows)
        {
            var probabilities = result.Model.Predict(row.Values.Span);
            Assert.Equal(row.Label, result.Model.Labels[Array.IndexOf(probabilities, probabilities.Max())]);
        }
    }

    [Fact]
    public void Train_History_HasEveryEpochAndFallingLoss()
    {
        var reports = new List<EpochReport>();

        var result = GenreTrainer.Train(ToyProblem.Make(), ToyProblem.Options, new DirectProgress<EpochReport>(reports.Add));

        Assert.Equal(result.History, reports);
        Assert.Equal(Enumerable.Range(1, 40), result.History.Select(report => report.Epoch));
        Assert.All(result.History, report => Assert.Equal(40, report.Epochs));
        Assert.True(result.History[^1].Loss < 0.1 * result.History[0].Loss);
        Assert.Equal(result.HeldOut!.LogLoss, result.History[^1].HeldOutLoss!.Value, 1e-9);
        Assert.Equal(result.HeldOut.Accuracy.Value, result.History[^1].HeldOutAccuracy);
    }

    [Fact]
    public void Train_SameSeed_IsTheSameModelToTheLastBit()
    {
        var first = GenreTrainer.Train(ToyProblem.Make(), ToyProblem.Options);
        var second = GenreTrainer.Train(ToyProblem.Make(), ToyProblem.Options);

        Assert.Equal(OnnxWriter.Write(first.Model, []), OnnxWriter.Write(second.Model, []));
        Assert.Equal(first.History, second.History);
        Assert.Equal(first.Split.HeldOut, second.Split.HeldOut);
        Assert.Equal(first.Baseline!.LogLoss, second.Baseline!.LogLoss);
    }

    [Fact]
    public void Train_OtherSeed_IsAnotherModel()
    {
        var first = GenreTrainer.Train(ToyProblem.Make(), ToyProblem.Options);
        var second = GenreTrainer.Train(ToyProblem.Make(), ToyProblem.Options with { Seed = 8 });

        Assert.NotEqual(first.Split.HeldOut, second.Split.HeldOut);
        Assert.NotEqual(first.Model.Members[0].Layers[0].Weights, second.Model.Members[0].Layers[0].Weights);
    }

    [Fact]
    public void Train_Scaler_IsFittedToTheTrainingPartOnly()
    {
        var dataset = ToyProblem.Make();

        var result = GenreTrainer.Train(dataset, ToyProblem.Options with { Epochs = 1 });

        var expected = FeatureScaler.Fit([.. result.Split.Training.Select(row => dataset.Rows[row].Values)]);
        var all = FeatureScaler.Fit([.. dataset.Rows.Select(row => row.Values)]);
        Assert.Equal(expected.ToBytes(), result.Model.Scaler.ToBytes());
        Assert.NotEqual(all.ToBytes(), result.Model.Scaler.ToBytes());
    }

    [Fact]
    public void Train_RowsWithoutLabel_AreLeftOut()
    {
        var dataset = ToyProblem.Make();
        var unlabelled = dataset.Rows.Select(row => row with { Label = "", FileName = "unknown.wav" });

        var result = GenreTrainer.Train(dataset with { Rows = [.. unlabelled, .. dataset.Rows] }, ToyProblem.Options);

        var alone = GenreTrainer.Train(dataset, ToyProblem.Options);
        Assert.Equal(OnnxWriter.Write(alone.Model, []), OnnxWriter.Write(result.Model, []));
    }

    [Fact]
    public void Train_NothingHeldOut_EvaluatesNothing()
    {
        var result = GenreTrainer.Train(ToyProblem.Make(), ToyProblem.Options with { HeldOutShare = 0 });

        Assert.Equal(90, result.Split.Training.Count);
        Assert.Null(result.HeldOut);
        Assert.Null(result.Baseline);
        Assert.All(result.History, report => Assert.Null(report.HeldOutLoss));
        Assert.Equal(1, result.History[^1].Accuracy);
    }

    [Fact]
    public void Train_GenreWithOneSong_IsKeptForTraining()
    {
        var dataset = ToyProblem.Make();
        var single = dataset.Rows[0] with { Label = "국악" };

        var result = GenreTrainer.Train(dataset with { Rows = [.. dataset.Rows, single] }, ToyProblem.Options);

        Assert.Equal([.. ToyProblem.Labels, "국악"], result.Model.Labels);
        Assert.Contains(90, result.Split.Training);
        Assert.True(double.IsNaN(result.HeldOut!.Recalls[3]));
    }

    [Fact]
    public void Train_NoHiddenLayerAndBatchLargerThanTheData_Works()
    {
        var options = ToyProblem.Options with { HiddenLayers = [], BatchSize = 10_000, LearningRate = 0.1 };

        var result = GenreTrainer.Train(ToyProblem.Make(), options);

        Assert.Single(result.Model.Members[0].Layers);
        Assert.Equal(1, result.HeldOut!.Accuracy.Value);
    }

    [Fact]
    public void Train_FewerThanTwoGenres_Throws()
    {
        var dataset = ToyProblem.Make();
        var ballads = dataset with { Rows = [.. dataset.Rows.Where(row => row.Label == "Ballad")] };
        var nothing = dataset with { Rows = [.. dataset.Rows.Select(row => row with { Label = "" })] };

        Assert.Contains("1 genre", Refusal(ballads, ToyProblem.Options), StringComparison.Ordinal);
        Assert.Contains("0 genre", Refusal(nothing, ToyProblem.Options), StringComparison.Ordinal);
    }

    [Fact]
    public void Train_Diverging_ThrowsInsteadOfReturningAModelWithoutNumbers() =>
        Assert.Contains("diverged", Refusal(ToyProblem.Make(), ToyProblem.Options with { LearningRate = 1e30 }), StringComparison.Ordinal);

    [Fact]
    public void Train_Cancelled_StopsAfterTheEpoch()
    {
        using var cancellation = new CancellationTokenSource();
        var epochs = 0;
        var progress = new DirectProgress<EpochReport>(report =>
        {
            epochs = report.Epoch;
            if (epochs == 3)
            {
                cancellation.Cancel();
            }
        });

        Assert.Throws<OperationCanceledException>(() => GenreTrainer.Train(ToyProblem.Make(), ToyProblem.Options, progress, cancellation.Token));
        Assert.Equal(3, epochs);
    }

    public static TheoryData<TrainingOptions> BadOptions => new(
        new TrainingOptions { Epochs = 0 },
        new TrainingOptions { BatchSize = 0 },
        new TrainingOptions { LearningRate = 0 },
        new TrainingOptions { LearningRate = -1 },
        new TrainingOptions { LearningRate = double.NaN },
        new TrainingOptions { LearningRate = -double.NaN },
        new TrainingOptions { LearningRate = double.PositiveInfinity },
        new TrainingOptions { HeldOutShare = -0.1 },
        new TrainingOptions { HeldOutShare = 0.91 },
        new TrainingOptions { HeldOutShare = double.NaN },
        new TrainingOptions { HeldOutShare = -double.NaN },
        new TrainingOptions { Dropout = 0.91 },
        new TrainingOptions { Dropout = double.NaN },
        new TrainingOptions { WeightDecay = -0.1 },
        new TrainingOptions { WeightDecay = double.PositiveInfinity },
        new TrainingOptions { Mixup = -1 },
        new TrainingOptions { Mixup = 11 },
        new TrainingOptions { Folds = 1 },
        new TrainingOptions { Folds = -1 },
        new TrainingOptions { HiddenLayers = [8, 0] });

    [Theory]
    [MemberData(nameof(BadOptions))]
    public void Train_OptionOutOfRange_Throws(TrainingOptions options) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => GenreTrainer.Train(ToyProblem.Make(), options));

    [Fact]
    public void Options_Defaults_AreThoseOfTheOriginal()
    {
        var options = new TrainingOptions();

        Assert.Equal([256, 128, 64, 32, 16], options.HiddenLayers);
        Assert.Equal((100, 128, 0.001, 0.2), (options.Epochs, options.BatchSize, options.LearningRate, options.HeldOutShare));
        Assert.Equal((0, 0, 0, 0), (options.Dropout, options.WeightDecay, options.Mixup, options.Folds));
        options.Validate();
        TrainingOptions.Improved.Validate();
    }

    private static string Refusal(Dataset dataset, TrainingOptions options) =>
        Assert.Throws<InvalidDataException>(() => GenreTrainer.Train(dataset, options)).Message;
}
