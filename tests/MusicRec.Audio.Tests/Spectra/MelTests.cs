using MusicRec.Audio.Features;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Tests.Spectra;

public sealed class MelTests
{
    private static readonly double[][] Bank = MakeBank();

    [Theory]
    [InlineData(1)]
    [InlineData(4000)]
    [InlineData(30000)]
    public void Apply_Song_EqualsTheMatrixProduct(int length)
    {
        var spectrogram = Signals.Spectrogram(Signals.Mixed(length, seed: 7));
        var mel = new MelSpectrogram();
        Signals.MelPower(spectrogram, mel);

        Assert.Equal(spectrogram.FrameCount, mel.FrameCount);
        var power = new float[FeatureVersion.BinCount];
        for (var t = 0; t < mel.FrameCount; t++)
        {
            spectrogram.CopyFrame(t, power);
            for (var band = 0; band < FeatureVersion.MelBands; band++)
            {
                var expected = power.Zip(Bank[band], (p, weight) => p * weight).Sum();
                Assert.Equal(expected, mel.Band(band)[t], 2e-6 * expected + 1e-30);
            }
        }
    }

    [Fact]
    public void Weight_EveryBandAndBin_IsItsTriangle()
    {
        for (var band = 0; band < FeatureVersion.MelBands; band++)
        {
            for (var bin = 0; bin < FeatureVersion.BinCount; bin++)
            {
                Assert.Equal(Bank[band][bin], MelFilterBank.Weight(band, bin), 3e-9);
            }
        }
    }

    [Fact]
    public void ToDecibels_Song_IsTenLogarithmsWithinEightyOfTheLoudest()
    {
        var mel = new MelSpectrogram();
        Signals.MelPower(Signals.Spectrogram(Signals.Mixed(30000, seed: 8)), mel);
        var power = Enumerable.Range(0, FeatureVersion.MelBands).Select(band => mel.Band(band).ToArray()).ToArray();
        var decibels = power.Select(band => band.Select(p => 10 * Math.Log10(Math.Max(1e-10, p))).ToArray()).ToArray();
        var floor = decibels.Max(band => band.Max()) - 80;

        mel.ToDecibels();

        Assert.Contains(decibels, band => band.Min() < floor);
        for (var band = 0; band < FeatureVersion.MelBands; band++)
        {
            for (var t = 0; t < mel.FrameCount; t++)
            {
                Assert.Equal(Math.Max(floor, decibels[band][t]), mel.Band(band)[t], 2e-5);
            }
        }
    }

    [Fact]
    public void ToDecibels_Silence_IsMinusOneHundred()
    {
        var mel = Signals.Decibels(new float[5000]);
        for (var band = 0; band < FeatureVersion.MelBands; band++)
        {
            Assert.All(mel.Band(band).ToArray(), level => Assert.Equal(-100, level, 1e-5));
        }
    }

    [Fact]
    public void Apply_AfterALongerSong_EqualsFreshOne()
    {
        var used = new MelSpectrogram();
        Signals.MelPower(Signals.Spectrogram(Signals.Noise(40000, seed: 1)), used);
        var samples = Signals.Noise(3000, seed: 2);
        Signals.MelPower(Signals.Spectrogram(samples), used);
        used.ToDecibels();

        var fresh = Signals.Decibels(samples);
        for (var band = 0; band < FeatureVersion.MelBands; band++)
        {
            Assert.Equal(fresh.Band(band).ToArray(), used.Band(band).ToArray());
        }
    }

    /// <summary>librosa's filters.mel: triangles between points that are evenly spaced in Slaney's mel, scaled to unit area.</summary>
    private static double[][] MakeBank()
    {
        var top = 15 + 27 * Math.Log(11.025) / Math.Log(6.4);
        var edges = Enumerable.Range(0, FeatureVersion.MelBands + 2).Select(i => Hertz(top * i / (FeatureVersion.MelBands + 1))).ToArray();
        return [.. Enumerable.Range(0, FeatureVersion.MelBands).Select(band =>
            Enumerable.Range(0, FeatureVersion.BinCount).Select(bin => Triangle(edges[band..(band + 3)], bin * 22050.0 / 2048)).ToArray())];
    }

    private static double Hertz(double mel) => mel < 15 ? mel * 200 / 3 : 1000 * Math.Pow(6.4, (mel - 15) / 27);

    private static double Triangle(double[] edges, double hz)
    {
        var rise = (hz - edges[0]) / (edges[1] - edges[0]);
        var fall = (edges[2] - hz) / (edges[2] - edges[1]);
        return Math.Max(0, Math.Min(rise, fall)) * 2 / (edges[2] - edges[0]);
    }
}
