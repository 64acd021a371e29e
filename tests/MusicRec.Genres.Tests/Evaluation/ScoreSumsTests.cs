using MusicRec.Genres.Evaluation;

namespace MusicRec.Genres.Tests.Evaluation;

public class ScoreSumsTests
{
    private static readonly (int Truth, float[] Probabilities)[] Predictions =
    [
        (0, [0.5f, 0.25f, 0.25f, 0]),
        (0, [0.25f, 0.5f, 0.25f, 0]),
        (0, [0.5f, 0.25f, 0.125f, 0.125f]),
        (1, [0.25f, 0.5f, 0.25f, 0]),
        (2, [1, 0, 0, 0]),
    ];

    [Fact]
    public void Add_HandWorkedExample_HasEveryMeasure()
    {
        var sums = Sum(Predictions);

        Assert.Equal(0.6, sums.Accuracy, 1e-12);

        // F1: genre 0 has 2 right of 3 songs and 3 answers, genre 1 has 1 of 1 and 2, genre 2 none; genre 3 has no song.
        Assert.Equal((2 * 2.0 / 6 + 2 * 1.0 / 3 + 0) / 3, sums.MacroF1, 1e-12);
        Assert.Equal(0.8, sums.TopTwo, 1e-12);
        Assert.Equal((5 * Math.Log(2) + Math.Log(1e7)) / 5, sums.LogLoss, 1e-9);
        Assert.Equal(2.0 / 3, sums.Recall(0), 1e-12);
        Assert.Equal(2.0 / 3, sums.Precision(0), 1e-12);
        Assert.True(double.IsNaN(sums.Recall(3)));
        Assert.Equal(1, sums.Cell(0, 1));

        // Four answers of confidence 0.5, three of them right, and one of 1 that is wrong.
        Assert.Equal((Math.Abs(4 * 0.5 - 3) + Math.Abs(1 - 0)) / 5, sums.CalibrationError, 1e-12);
        Assert.Equal((4, 0.5, 0.75), sums.Bin(7));
        Assert.Equal((1, 1, 0), sums.Bin(14));
    }

    [Fact]
    public void Add_Parts_GivesTheWhole()
    {
        var (first, second) = (Sum(Predictions[..2]), Sum(Predictions[2..]));

        first.Add(second);

        var whole = Sum(Predictions);
        Assert.Equal(whole.LogLoss, first.LogLoss, 1e-12);
        Assert.Equal(whole.MacroF1, first.MacroF1);
        Assert.Equal(whole.CalibrationError, first.CalibrationError, 1e-12);
        first.Clear();
        Assert.Equal(0, first.Count);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public void TopTwo_EquallyProbable_TakesTheFirst(int truth, double expected) =>
        Assert.Equal(expected, Sum([(truth, [0.25f, 0.25f, 0.25f, 0.25f])]).TopTwo);

    private static ScoreSums Sum(IEnumerable<(int Truth, float[] Probabilities)> predictions)
    {
        var sums = new ScoreSums(4);
        foreach (var (truth, probabilities) in predictions)
        {
            sums.Add(truth, probabilities);
        }

        return sums;
    }
}
