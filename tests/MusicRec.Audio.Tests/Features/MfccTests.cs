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

    [Fact]
    public void Means_Song_IsTheMeanOfTheTransformedFrames()
    {
        var decibels = Signals.Decibels(Signals.Mixed(40000, seed: 2));
        var frames = Enumerable.Range(0, decibels.FrameCount)
            .Select(t => Expected([.. Enumerable.Range(0, FeatureVersion.MelBands).Select(band => (double)decibels.Band(band)[t])]))
            .ToArray();

        var means = new double[FeatureVersion.MfccCount];
        Mfcc.Means(decibels, means);

        for (var i = 0; i < means.Length; i++)
        {
            Assert.Equal(frames.Average(frame => frame[i]), means[i], 1e-9);
        }
    }

    private static double[] Expected(double[] bands) => [.. Enumerable.Range(0, FeatureVersion.MfccCount).Select(i =>
        Math.Sqrt((i == 0 ? 1 : 2) / 128.0) * bands.Select((level, m) => level * Math.Cos(Math.PI * i * (m + 0.5) / 128)).Sum())];
}
