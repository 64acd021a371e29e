using MusicRec.Audio.Features;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Tests.Features;

public sealed class SpectralShapeTests
{
    private const double HzPerBin = 22050.0 / 2048;

    [Theory]
    [InlineData(1)]
    [InlineData(600)]
    [InlineData(4096)]
    [InlineData(60000)]
    public void Compute_Song_EqualsThePlainFormulas(int length)
    {
        var spectrogram = Signals.Spectrogram(Signals.Mixed(length, seed: 5));
        var frames = spectrogram.FrameCount;
        var (centroid, bandwidth, rolloff) = Signals.Shape(spectrogram);

        var power = new float[FeatureVersion.BinCount];
        for (var t = 0; t < frames; t++)
        {
            spectrogram.CopyFrame(t, power);
            var (expectedCentroid, expectedBandwidth, expectedRolloff) = Expected([.. power.Select(p => (double)MathF.Sqrt(p))]);
            Assert.Equal(expectedCentroid, centroid[t], 1e-8);
            Assert.Equal(expectedBandwidth, bandwidth[t], 1e-6);
            Assert.Equal(expectedRolloff, rolloff[t], 1e-8);
        }
    }

    /// <summary>All magnitude in one bin: the spread is 0 and not the root of a rounding error below it.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(777)]
    [InlineData(1024)]
    public void Compute_OneBin_IsItsFrequencyWithoutSpread(int bin)
    {
        var spectrogram = new Spectrogram();
        spectrogram.Resize(1);
        spectrogram.WritableBlock(0)[bin * Spectrogram.BlockFrames] = 0.3f;

        var (centroid, bandwidth, rolloff) = Signals.Shape(spectrogram);

        Assert.Equal(bin * HzPerBin, centroid[0], 1e-9);
        Assert.Equal(bin * HzPerBin, rolloff[0], 1e-9);
        Assert.Equal(0, bandwidth[0], 1e-3);
    }

    private static (double Centroid, double Bandwidth, double Rolloff) Expected(double[] magnitude)
    {
        var total = magnitude.Sum();
        if (total == 0)
        {
            return (0, 0, 0);
        }

        var centroid = magnitude.Select((z, k) => k * HzPerBin * z / total).Sum();
        var variance = magnitude.Select((z, k) => z / total * Math.Pow(k * HzPerBin - centroid, 2)).Sum();
        var (bin, below) = (0, magnitude[0]);
        while (below < 0.85 * total)
        {
            below += magnitude[++bin];
        }

        return (centroid, Math.Sqrt(variance), bin * HzPerBin);
    }
}
