using MusicRec.Catalog.Similarity.Quality;
using MusicRec.Genres.Evaluation;

namespace MusicRec.Catalog.Tests.Similarity.Quality;

public sealed class BootstrapTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.1, 0.4)]
    [InlineData(0.5, 2)]
    [InlineData(1, 4)]
    public void Percentile_FiveValues_IsInterpolated(double share, double expected) =>
        Assert.Equal(expected, Bootstrap.Percentile([0, 1, 2, 3, 4], share), 1e-12);

    [Fact]
    public void Estimate_EqualValues_HasNoWidth() =>
        Assert.Equal(new Estimate(0.25, 0.25, 0.25), Bootstrap.Estimate([0.25, 0.25, 0.25, 0.25], ListMeasures.Mean));

    /// <summary>The mean of 400 fair coins has the deviation 1/40: about 0.049 to both sides.</summary>
    [Fact]
    public void Estimate_FairCoins_IsTheNormalInterval()
    {
        var estimate = Bootstrap.Estimate([.. Enumerable.Range(0, 400).Select(i => (double)(i % 2))], ListMeasures.Mean)!.Value;

        Assert.Equal(0.5, estimate.Value);
        Assert.Equal(0.451, estimate.Low, 0.006);
        Assert.Equal(0.549, estimate.High, 0.006);
    }

    [Fact]
    public void Estimate_Twice_IsTheSame()
    {
        double[] values = [.. Enumerable.Range(0, 50).Select(i => Math.Sin(i))];

        Assert.Equal(Bootstrap.Estimate(values, ListMeasures.Skewness), Bootstrap.Estimate(values, ListMeasures.Skewness));
    }

    [Fact]
    public void Estimate_NoSong_Null() => Assert.Null(Bootstrap.Estimate([], ListMeasures.Mean));
}
