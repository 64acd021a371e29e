using MusicRec.Audio.Features;

namespace MusicRec.Audio.Tests.Features;

public sealed class MfccTests
{
    [Fact]
    public void Transform_RandomBands_IsTheOrthonormalCosineTransform()
    {
        var bands = Signals.Noise(FeatureVersion.MelBands, seed: 1).Select(value => value * 100.0).ToArray();
        var coefficients = new double[FeatureVersion.MfccCount];
        Mfcc.Transform(bands, coefficients);
        Assert.All(Expected(bands).Zip(coefficients), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
    }

    /// <summary>With one to seven frames in the last block.</summary>
    [Theory]
    [InlineData(40000)]
    [InlineData(40600)]
    [InlineData(41300)]
    [InlineData(300)]
    public void Describe_Song_IsMeanAndDeviationOfTheTransformedFrames(int samples)
    {
        var decibels = Signals.Decibels(Signals.Mixed(samples, seed: 2));
        var frames = Enumerable.Range(0, decibels.FrameCount)
            .Select(t => Expected([.. Enumerable.Range(0, FeatureVersion.MelBands).Select(band => (double)decibels.Band(band)[t])]))
            .ToArray();

        var means = new double[FeatureVersion.MfccCount];
        var deviations = new double[FeatureVersion.MfccCount];
        new Mfcc().Describe(decibels, 0, decibels.FrameCount, means, deviations);

        for (var i = 0; i < means.Length; i++)
        {
            var mean = frames.Average(frame => frame[i]);
            Assert.Equal(mean, means[i], 1e-9);
            Assert.Equal(Math.Sqrt(frames.Average(frame => Math.Pow(frame[i] - mean, 2))), deviations[i], 1e-9);
        }
    }

    private static double[] Expected(double[] bands) => [.. Enumerable.Range(0, FeatureVersion.MfccCount).Select(i =>
        Math.Sqrt((i == 0 ? 1 : 2) / 128.0) * bands.Select((level, m) => level * Math.Cos(Math.PI * i * (m + 0.5) / 128)).Sum())];
}
