using MusicRec.Genres.Evaluation;

namespace MusicRec.Genres.Tests.Evaluation;

public class ClusterBootstrapTests
{
    [Theory]
    [InlineData(400, 1)]
    [InlineData(100, 4)]
    public void Intervals_SongsAlikeWithinGroups_HasTheNormalIntervalOfTheGroups(int groups, int songsPerGroup)
    {
        var clusters = Enumerable.Range(0, groups).Select(group => Cluster(songsPerGroup, right: group % 5 < 3)).ToArray();

        var accuracy = ClusterBootstrap.Intervals(clusters, 2, [sums => sums.Accuracy], 1)[0];

        var reach = 1.96 * Math.Sqrt(0.6 * 0.4 / groups);
        Assert.Equal(0.6, accuracy.Value, 1e-12);
        Assert.Equal(0.6 - reach, accuracy.Low, 0.15 * reach);
        Assert.Equal(0.6 + reach, accuracy.High, 0.15 * reach);
    }

    [Fact]
    public void Intervals_CalibrationError_LiesAroundTheMeasuredValue()
    {
        var random = new Random(3);
        var clusters = Enumerable.Range(0, 150).Select(_ => Calibrated(random)).ToArray();

        var error = ClusterBootstrap.Intervals(clusters, 2, [sums => sums.CalibrationError], 1)[0];

        Assert.InRange(error.Value, error.Low, error.High);
    }

    [Fact]
    public void Intervals_GenreWithoutSongs_IsNotANumber() =>
        Assert.True(double.IsNaN(ClusterBootstrap.Intervals([Cluster(2, right: true)], 2, [sums => sums.Recall(1)], 1)[0].Value));

    [Fact]
    public void MeanInterval_GroupsOfUnequalSize_WeighsSongs()
    {
        var interval = ClusterBootstrap.MeanInterval([[1, 1, 1], [0]], 1);

        Assert.Equal(0.75, interval.Value);
        Assert.True(interval.Low < 0.75 && interval.High > 0.75);
        Assert.Equal(interval, ClusterBootstrap.MeanInterval([[1, 1, 1], [0]], 1));
    }

    private static ScoreSums Cluster(int songs, bool right)
    {
        var sums = new ScoreSums(2);
        for (var song = 0; song < songs; song++)
        {
            sums.Add(0, right ? [0.8f, 0.2f] : [0.2f, 0.8f]);
        }

        return sums;
    }

    private static ScoreSums Calibrated(Random random)
    {
        var sums = new ScoreSums(2);
        var confidence = 0.5f + random.NextSingle() / 2;
        sums.Add(random.NextSingle() < confidence ? 0 : 1, [confidence, 1 - confidence]);
        return sums;
    }
}
