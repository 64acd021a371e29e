using MusicRec.Audio.Features;

namespace MusicRec.Audio.Tests.Features;

public sealed class StatisticsTests
{
    public static TheoryData<int> Lengths => [1, 2, 7, 8, 9, 15, 16, 17, 1000, 1293];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Sum_AnyLength_IsThePlainSum(int length)
    {
        var values = Signals.Noise(length, seed: length);
        Assert.Equal(values.Sum(value => (double)value), Statistics.Sum(values), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Describe_AnyLength_IsMeanAndPopulationDeviation(int length)
    {
        var values = Signals.Noise(length, seed: length).Select(value => 1000 + value * 10.0).ToArray();
        var mean = values.Average();
        var (actualMean, actualDeviation) = Statistics.Describe(values);
        Assert.Equal(mean, actualMean, 1e-10);
        Assert.Equal(Math.Sqrt(values.Average(value => Math.Pow(value - mean, 2))), actualDeviation, 1e-10);
    }
}
