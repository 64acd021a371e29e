using MusicRec.Genres.Evaluation;

namespace MusicRec.Genres.Tests.Evaluation;

public class SignificanceTests
{
    [Fact]
    public void CorrectedResampledT_HandWorkedExample_HasIntervalAndPValue()
    {
        // Mean 0.026, variance 0.00053, error sqrt((1/5 + 1/4) 0.00053); t(4) = 2.776445 at 97.5 %.
        var result = Significance.CorrectedResampledT([0.02, 0.05, -0.01, 0.03, 0.04], 0.25);

        Assert.Equal(0.026, result.Difference.Value, 1e-12);
        Assert.Equal(0.026 - 0.042878, result.Difference.Low, 1e-6);
        Assert.Equal(0.026 + 0.042878, result.Difference.High, 1e-6);
        Assert.Equal(0.16755, result.PValue, 1e-5);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.1, 0)]
    public void CorrectedResampledT_EqualFolds_HasNoWidth(double value, double expectedP)
    {
        var result = Significance.CorrectedResampledT([value, value, value], 0.1);

        Assert.Equal((value, value, value), (result.Difference.Value, result.Difference.Low, result.Difference.High));
        Assert.Equal(expectedP, result.PValue);
    }

    [Fact]
    public void CorrectedResampledT_OneFold_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Significance.CorrectedResampledT([0.5], 0.1));

    [Theory]
    [InlineData(1, 9, 22.0 / 1024)]
    [InlineData(9, 1, 22.0 / 1024)]
    [InlineData(10, 2, 2 * 79.0 / 4096)]
    [InlineData(0, 6, 2.0 / 64)]
    [InlineData(5, 5, 1)]
    [InlineData(0, 0, 1)]
    public void McNemar_KnownCounts_HasTheExactPValue(int onlyFirst, int onlySecond, double expected) =>
        Assert.Equal(expected, Significance.McNemar(onlyFirst, onlySecond), 1e-12);

    [Fact]
    public void Holm_KnownPValues_MultipliesBySmallestFirstAndStaysMonotone()
    {
        var adjusted = Significance.Holm([0.01, 0.04, 0.03, 0.9]);

        Assert.Equal([0.04, 0.09, 0.09, 0.9], adjusted.Select(p => Math.Round(p, 12)));
        Assert.Equal([1.0, 1.0], Significance.Holm([0.6, 0.7]));
    }
}
