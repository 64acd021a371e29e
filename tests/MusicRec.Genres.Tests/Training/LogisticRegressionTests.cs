using MusicRec.Genres.Training;

namespace MusicRec.Genres.Tests.Training;

public class LogisticRegressionTests
{
    [Fact]
    public void Evaluate_SeparableGenres_LearnsThemAll()
    {
        var evaluation = LogisticRegression.Evaluate(ToyProblem.Labels, Songs(seed: 1), Songs(seed: 2), seed: 1);

        Assert.Equal(90, evaluation.Songs);
        Assert.Equal(1, evaluation.Accuracy.Value);
        Assert.Equal(1.0 / 3, evaluation.Majority, 1e-12);
        Assert.InRange(evaluation.LogLoss, 0, 0.2);
    }

    [Fact]
    public void Evaluate_OneGenreMissingFromTheHeldOutPart_KeepsTheOrderOfTheLabels()
    {
        var dataset = ToyProblem.Make(seed: 2);
        var trots = dataset with { Rows = [.. dataset.Rows.Where(row => row.Label == "Trot")] };

        var evaluation = LogisticRegression.Evaluate(ToyProblem.Labels, Songs(seed: 1), BatchOf(trots), seed: 1);

        Assert.Equal(30, evaluation.Confusion[2][2]);
        Assert.Equal(30, evaluation.Songs);
    }

    private static Batch Songs(int seed) => BatchOf(ToyProblem.Make(seed: seed));

    private static Batch BatchOf(Dataset dataset)
    {
        var scaler = FeatureScaler.Fit([.. ToyProblem.Make().Rows.Select(row => row.Values)]);
        var targets = dataset.Rows.Select(row => Array.IndexOf(ToyProblem.Labels, row.Label)).ToArray();
        return Batch.Of(scaler, [.. dataset.Rows], targets, ToyProblem.Labels.Length, [.. Enumerable.Range(0, targets.Length)]);
    }
}
