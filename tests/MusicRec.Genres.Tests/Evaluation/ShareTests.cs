using MathNet.Numerics.Distributions;
using MusicRec.Genres.Evaluation;

namespace MusicRec.Genres.Tests.Evaluation;

public class ShareTests
{
    [Theory]
    [InlineData(0, 10, 0, 0.3085)]
    [InlineData(1, 10, 0.0025, 0.4450)]
    [InlineData(5, 10, 0.1871, 0.8129)]
    [InlineData(10, 10, 0.6915, 1)]
    [InlineData(0, 1, 0, 0.975)]
    [InlineData(1, 1, 0.025, 1)]
    [InlineData(81, 100, 0.7193, 0.8816)]
    public void Of_KnownCounts_HasTheIntervalOfClopperAndPearson(int hits, int trials, double low, double high)
    {
        var share = Share.Of(hits, trials);

        Assert.Equal((double)hits / trials, share.Value);
        Assert.Equal(low, share.Low, 1e-4);
        Assert.Equal(high, share.High, 1e-4);
    }

    [Theory]
    [InlineData(1, 100_000)]
    [InlineData(650, 1000)]
    [InlineData(9_999, 10_000)]
    [InlineData(50_000, 100_000)]
    public void Of_ManyTrials_LeavesTwoAndAHalfPercentOnEachSide(int hits, int trials)
    {
        var share = Share.Of(hits, trials);

        Assert.Equal(0.025, 1 - Binomial.CDF(share.Low, trials, hits - 1), 1e-6);
        Assert.Equal(0.025, Binomial.CDF(share.High, trials, hits), 1e-6);
    }

    [Fact]
    public void Of_NoTrial_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Share.Of(0, 0));

    [Theory]
    [InlineData(-0.95, -1.006, -0.9, -1, -0.9)]
    [InlineData(0.95, 0.9, 1.006, 0.9, 1)]
    [InlineData(0.1, -0.2, 0.4, -0.2, 0.4)]
    public void ClampDifference_BeyondAHundredPoints_EndsThere(double value, double low, double high, double clampedLow, double clampedHigh) =>
        Assert.Equal(new Estimate(value, clampedLow, clampedHigh), ShareInterval.ClampDifference(new Estimate(value, low, high)));
}
