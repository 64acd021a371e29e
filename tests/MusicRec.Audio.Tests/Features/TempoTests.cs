using MusicRec.Audio.Features;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Tests.Features;

public sealed class TempoTests
{
    private const int Window = 344;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1535)]
    [InlineData(3000)]
    [InlineData(60000)]
    [InlineData(250000)]
    public void Estimate_Song_EqualsThePlainAutocorrelation(int length)
    {
        var decibels = Signals.Decibels(Signals.Mixed(length, seed: length));
        Assert.Equal(Expected(decibels), new Tempo().Estimate(decibels), 1e-9);
    }

    /// <summary>On the grid of one hop a beat lasts a whole number of frames; the nearest to 120 is 117.45.</summary>
    [Theory]
    [InlineData(120, 117.45383522727273)]
    [InlineData(100, 99.38401442307692)]
    [InlineData(150, 151.99908088235293)]
    [InlineData(80, 80.74951171875)]
    public void Estimate_Clicks_IsTheNearestTempoOfTheGrid(double bpm, double expected)
    {
        var decibels = Signals.Decibels(Signals.Clicks(bpm, seconds: 20));
        Assert.Equal(expected, new Tempo().Estimate(decibels), 1e-9);
        Assert.Equal(expected, Expected(decibels), 1e-9);
    }

    [Fact]
    public void Estimate_AfterALongerSong_EqualsFreshOne()
    {
        var tempo = new Tempo();
        tempo.Estimate(Signals.Decibels(Signals.Clicks(90, seconds: 12)));
        var shorter = Signals.Decibels(Signals.Mixed(50000, seed: 9));
        Assert.Equal(new Tempo().Estimate(shorter), tempo.Estimate(shorter));
    }

    [Theory]
    [InlineData(512)]
    [InlineData(1600)]
    [InlineData(30000)]
    public void OnsetStrength_Song_IsTheMeanRiseThreeFramesLater(int length)
    {
        var decibels = Signals.Decibels(Signals.Mixed(length, seed: 3));
        var strength = new float[decibels.FrameCount];
        Array.Fill(strength, float.NaN);
        Tempo.OnsetStrength(decibels, strength);
        Assert.All(Envelope(decibels).Zip(strength), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    private static double[] Envelope(MelSpectrogram decibels)
    {
        var envelope = new double[decibels.FrameCount];
        for (var t = 3; t < envelope.Length; t++)
        {
            envelope[t] = Enumerable.Range(0, FeatureVersion.MelBands)
                .Average(band => Math.Max(0.0, decibels.Band(band)[t - 2] - decibels.Band(band)[t - 3]));
        }

        return envelope;
    }

    private static double Expected(MelSpectrogram decibels)
    {
        var envelope = Envelope(decibels);
        double[] padded = [
            .. Enumerable.Range(0, Window / 2).Select(i => envelope[0] * i / (Window / 2)),
            .. envelope,
            .. Enumerable.Range(0, Window / 2).Reverse().Select(i => envelope[^1] * i / (Window / 2)),
        ];
        var mean = new double[Window];
        for (var t = 0; t < envelope.Length; t++)
        {
            var correlation = Autocorrelation([.. padded[t..(t + Window)].Select((e, i) => e * Math.Pow(Math.Sin(Math.PI * i / Window), 2))]);
            var largest = correlation.Max(Math.Abs);
            for (var lag = 0; lag < Window; lag++)
            {
                mean[lag] += correlation[lag] / (largest < 1.17549435e-38 ? 1 : largest) / envelope.Length;
            }
        }

        return Enumerable.Range(1, Window - 1)
            .Select(lag => (Bpm: 60 * 22050 / (512.0 * lag), Strength: mean[lag]))
            .Where(candidate => candidate.Bpm < 320)
            .MaxBy(candidate => Math.Log(1 + 1e6 * candidate.Strength) - 0.5 * Math.Pow(Math.Log2(candidate.Bpm / 120), 2)).Bpm;
    }

    private static double[] Autocorrelation(double[] x)
    {
        var result = new double[x.Length];
        for (var lag = 0; lag < x.Length; lag++)
        {
            for (var i = lag; i < x.Length; i++)
            {
                result[lag] += x[i] * x[i - lag];
            }
        }

        return result;
    }
}
