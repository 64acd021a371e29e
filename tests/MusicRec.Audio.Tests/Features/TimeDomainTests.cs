using MusicRec.Audio.Features;

namespace MusicRec.Audio.Tests.Features;

public sealed class TimeDomainTests
{
    private const int Half = FeatureVersion.FftSize / 2;

    public static TheoryData<int> Lengths => [1, 2, 3, 511, 512, 513, 1023, 1024, 1025, 1536, 2047, 2048, 2049, 5000, 44000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Rms_AnyLength_EqualsThePlainFrames(int length)
    {
        var samples = Signals.Mixed(length, seed: 1);
        var rms = new double[1 + length / FeatureVersion.HopLength];
        TimeDomain.Rms(samples, rms);

        float[] padded = [.. new float[Half], .. samples, .. new float[Half]];
        for (var t = 0; t < rms.Length; t++)
        {
            Assert.Equal(Math.Sqrt(Frame(padded, t).Average(y => (double)y * y)), rms[t], 1e-14);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void ZeroCrossingRate_AnyLength_EqualsThePlainFrames(int length)
    {
        AssertCrossings(Signals.Mixed(length, seed: 2));
        AssertCrossings(Signals.Noise(length, seed: 3));
    }

    /// <summary>Too quiet to count as negative; the limit itself is too quiet.</summary>
    [Fact]
    public void ZeroCrossingRate_SamplesAroundTheThreshold_EqualsThePlainFrames()
    {
        float[] levels = [0, -0f, 1e-10f, -1e-10f, 1.1e-10f, -1.1e-10f, 1e-11f, -1e-11f, 0.5f, -0.5f, -float.Epsilon];
        var random = new Random(4);
        AssertCrossings([.. Enumerable.Range(0, 6000).Select(_ => levels[random.Next(levels.Length)])]);
    }

    [Fact]
    public void ZeroCrossingRate_EverySampleChangesSign_LosesOnlyTheFirstOfTheFrame()
    {
        float[] samples = [.. Enumerable.Range(0, 8192).Select(n => n % 2 == 0 ? 1f : -1f)];
        var rates = new double[17];
        TimeDomain.ZeroCrossingRate(samples, rates);
        Assert.Equal(2047.0 / 2048, rates[8]);
    }

    private static void AssertCrossings(float[] samples)
    {
        var rates = new double[1 + samples.Length / FeatureVersion.HopLength];
        TimeDomain.ZeroCrossingRate(samples, rates);

        float[] padded = [.. Enumerable.Repeat(samples[0], Half), .. samples, .. Enumerable.Repeat(samples[^1], Half)];
        for (var t = 0; t < rates.Length; t++)
        {
            var negative = Frame(padded, t).Select(y => Math.Abs(y) > 1e-10f && y < 0).ToArray();
            var crossings = negative.Zip(negative.Skip(1)).Count(pair => pair.First != pair.Second);
            Assert.Equal(crossings / 2048.0, rates[t]);
        }
    }

    private static float[] Frame(float[] padded, int t) => padded[(t * FeatureVersion.HopLength)..][..FeatureVersion.FftSize];
}
