using MusicRec.Audio.Features;

namespace MusicRec.Audio.Tests.Features;

/// <summary>Whole analyses of signals whose features follow from what they are.</summary>
public sealed class IdealSignalTests
{
    [Theory]
    [InlineData(22050)]
    [InlineData(44100)]
    [InlineData(48000)]
    [InlineData(8000)]
    public void Analyze_SineOf440Hz_LiesAt440Hz(int rate)
    {
        var analysis = Signals.Analyze(Signals.Sine(440, seconds: 10, rate), rate);
        var features = analysis.Features;

        Assert.Equal(0.5 / Math.Sqrt(2), features[AudioFeature.Rms], 0.005);
        Assert.Equal(2 * 440.0 / 22050, features[AudioFeature.ZeroCrossingRate], 0.0005);
        // The frames where the tone begins and ends are broad, and the noise of 16 bits reaches up to 11 kHz.
        Assert.Equal(440, features[AudioFeature.SpectralCentroid], 15.0);
        Assert.Equal(440, features[AudioFeature.SpectralRolloff], 15.0);
        Assert.InRange(features[AudioFeature.SpectralBandwidth], 0, 150);
        Assert.Equal(0.02, analysis.Tuning, 1e-9);
        Assert.Equal(10, analysis.Seconds, 1e-9);
    }

    [Fact]
    public void Analyze_Silence_IsZeroOrTheFloor()
    {
        var analysis = Signals.Analyze(new float[5 * FeatureVersion.SampleRate]);
        foreach (var feature in Enum.GetValues<AudioFeature>())
        {
            Assert.Equal(feature == AudioFeature.Mfcc1 ? -1131.3708 : 0, analysis.Features[feature], 1e-4);
        }

        Assert.Equal(117.45383522727273, analysis.Tempo, 1e-9);
        Assert.Equal(0, analysis.Tuning);
    }

    [Fact]
    public void Analyze_WhiteNoise_IsSpreadEvenly()
    {
        var features = Signals.Analyze(Signals.Noise(10 * FeatureVersion.SampleRate, seed: 1)).Features;
        Assert.Equal(0.5, features[AudioFeature.ZeroCrossingRate], 0.01);
        Assert.Equal(0.5 / Math.Sqrt(3), features[AudioFeature.Rms], 0.005);
        Assert.Equal(11025.0 / 2, features[AudioFeature.SpectralCentroid], 50.0);
        Assert.Equal(11025 / Math.Sqrt(12), features[AudioFeature.SpectralBandwidth], 50.0);
        Assert.Equal(0.85 * 11025, features[AudioFeature.SpectralRolloff], 50.0);
    }

    [Fact]
    public void Analyze_ClicksAt120_HasTheTempoOfTheGrid() =>
        Assert.Equal(117.45383522727273, Signals.Analyze(Signals.Clicks(120, seconds: 15)).Tempo, 1e-9);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(511)]
    [InlineData(513)]
    public void Analyze_FewSamples_AreAnswered(int samples)
    {
        var analysis = Signals.Analyze(Signals.Noise(samples, seed: 2));
        Assert.Equal(samples / 22050.0, analysis.Seconds, 1e-12);
        Assert.NotEqual(0, analysis.Features[AudioFeature.Rms]);
    }

    [Fact]
    public void Analyze_HalfAsLoud_ChangesOnlyTheLevel()
    {
        var loud = Signals.Noise(60000, seed: 3).Select(sample => MathF.Round(sample * 16384) / 16384).ToArray();
        var features = Signals.Analyze(loud).Features;
        var quieter = Signals.Analyze([.. loud.Select(sample => sample / 2)]).Features;

        Assert.Equal(features[AudioFeature.Rms] / 2, quieter[AudioFeature.Rms], 1e-12);
        Assert.Equal(20 * Math.Log10(2) * Math.Sqrt(128), features[AudioFeature.Mfcc1] - quieter[AudioFeature.Mfcc1], 1e-4);
        foreach (var feature in Enum.GetValues<AudioFeature>().Where(feature => feature is not (AudioFeature.Rms or AudioFeature.Mfcc1)))
        {
            Assert.Equal(features[feature], quieter[feature], 1e-4);
        }
    }
}
