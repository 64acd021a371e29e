using MusicRec.Genres.Evaluation;

namespace MusicRec.Genres.Tests.Evaluation;

public class GenreEvaluationTests
{
    [Fact]
    public void Of_HandWorkedExample_HasEveryNumber()
    {
        string[] labels = ["A", "B", "C", "D"];
        int[] truth = [0, 0, 0, 1, 2];
        float[][] probabilities =
        [
            [0.5f, 0.25f, 0.25f, 0],
            [0.25f, 0.5f, 0.25f, 0],
            [0.5f, 0.25f, 0.125f, 0.125f],
            [0.25f, 0.5f, 0.25f, 0],
            [1, 0, 0, 0],
        ];

        var evaluation = GenreEvaluation.Of(labels, truth, probabilities);

        Assert.Equal(labels, evaluation.Labels);
        Assert.Equal(5, evaluation.Songs);
        Assert.Equal(0.6, evaluation.Accuracy.Value, 1e-12);
        Assert.Equal(0.6, evaluation.Majority, 1e-12);

        // Cross-entropies: ln 2, ln 4, ln 2, ln 2 and, for a probability of 0, that of the smallest one counted, 1e-7.
        Assert.Equal((5 * Math.Log(2) + Math.Log(1e7)) / 5, evaluation.LogLoss, 1e-6);
        Assert.Equal([2.0 / 3, 1, 0, double.NaN], evaluation.Recalls);
        Assert.Equal([[2, 1, 0, 0], [0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]], evaluation.Confusion);
    }

    [Fact]
    public void Of_NoSong_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => GenreEvaluation.Of(["A", "B"], [], []));

    [Theory]
    [InlineData(0, 0.5f, 0.5f)]
    [InlineData(2, 0.1f, 0.2f, 0.7f)]
    [InlineData(1, 0.1f, 0.45f, 0.45f)]
    public void Best_Probabilities_IsTheFirstOfTheLargest(int expected, params float[] probabilities) =>
        Assert.Equal(expected, GenreEvaluation.Best(probabilities));
}
