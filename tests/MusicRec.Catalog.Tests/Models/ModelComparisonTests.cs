using MusicRec.Catalog.Models;

namespace MusicRec.Catalog.Tests.Models;

public sealed class ModelComparisonTests
{
    // Two-sided binomial by hand: 2 * (C(n,0) + ... + C(n,k)) / 2^n, at most 1.
    [Theory]
    [InlineData(0, 0, 1.0, false)]
    [InlineData(5, 0, 2.0 / 32, false)]
    [InlineData(6, 0, 2.0 / 64, true)]
    [InlineData(0, 6, 2.0 / 64, true)]
    [InlineData(9, 1, 22.0 / 1024, true)]
    [InlineData(3, 3, 1.0, false)]
    public void PValue_Disagreements_IsTheExactOne(int onlyNew, int onlyLive, double expected, bool beyondNoise)
    {
        var truth = Enumerable.Repeat("A", onlyNew + onlyLive + 2).ToList();
        List<string> newAnswers = [.. Enumerable.Repeat("A", onlyNew), .. Enumerable.Repeat("B", onlyLive), "A", "B"];
        List<string> liveAnswers = [.. Enumerable.Repeat("B", onlyNew), .. Enumerable.Repeat("A", onlyLive), "A", "B"];

        var comparison = ModelComparison.Of("live", ["B"], truth, newAnswers, liveAnswers, seenSongs: null);

        Assert.Equal((onlyNew, onlyLive), (comparison.OnlyNewRight, comparison.OnlyLiveRight));
        Assert.Equal(expected, comparison.PValue, 12);
        Assert.Equal(beyondNoise, comparison.IsBeyondNoise);
        Assert.Equal(["A"], comparison.UnknownGenres);
        Assert.Equal((onlyLive + 1.0) / truth.Count, comparison.Accuracy.Value, 12);
    }
}
