using MusicRec.Audio.Decoding;
using MusicRec.Audio.Features;

namespace MusicRec.Audio.Tests.Golden;

/// <summary>From file to the 26 numbers against librosa, within the tolerances of docs/FEATURES.md.</summary>
public sealed class FeatureTests
{
    public static TheoryData<string> Readable => [.. LibrosaFile.All.Where(file => file.Features is not null).Select(file => file.Name)];

    public static TheoryData<string> Refused => [.. LibrosaFile.All.Where(file => file.Features is null).Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Readable))]
    public void Analyze_Fixture_EqualsLibrosa(string name)
    {
        var expected = LibrosaFile.Find(name);
        using var stream = File.OpenRead(expected.AudioPath);
        var analysis = SongAnalyzer.Analyze(stream);

        foreach (var feature in Enum.GetValues<AudioFeature>())
        {
            var librosa = expected.Features![FeatureVector.Names[(int)feature]];
            var difference = Math.Abs(librosa - analysis.Features[feature]);
            Assert.True(
                difference <= Tolerance(feature, expected),
                $"{feature}: librosa {librosa:R}, here {analysis.Features[feature]:R}, difference {difference:E2}");
        }

        Assert.Equal(expected.Tuning, analysis.Tuning, 1e-9);
        Assert.Equal(expected.Tempo, analysis.Tempo, 1e-9);
        Assert.Equal(expected.Seconds, analysis.Seconds, 1e-12);
        Assert.Equal(expected.NativeRate, analysis.SampleRate);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Analyze_FileThatLibrosaRefuses_IsRefused(string name)
    {
        using var stream = File.OpenRead(LibrosaFile.Find(name).AudioPath);
        Assert.ThrowsAny<AudioFormatException>(() => SongAnalyzer.Analyze(stream));
    }

    [Fact]
    public void Analyze_FileOf35Seconds_AnalysesThirtyAndKnowsTheLength()
    {
        using var stream = File.OpenRead(LibrosaFile.AudioPathOf("long_35s_22k_mono.wav"));
        var analysis = SongAnalyzer.Analyze(stream);
        Assert.Equal(30, analysis.Seconds);
        Assert.Equal(35, analysis.FileSeconds);
    }

    [Fact]
    public async Task Analyze_ManySongsAtOnce_EqualsOneAfterTheOther()
    {
        var names = LibrosaFile.All.Where(file => file.Features is not null).Select(file => file.AudioPath).ToArray();
        var alone = names.Select(Analyze).ToArray();
        var together = await Task.WhenAll(Enumerable.Range(0, 3).SelectMany(_ => names).Select(name => Task.Run(() => Analyze(name))));
        for (var i = 0; i < together.Length; i++)
        {
            Assert.Equal(alone[i % names.Length], together[i]);
        }

        static FeatureVector Analyze(string path)
        {
            using var stream = File.OpenRead(path);
            return SongAnalyzer.Analyze(stream).Features;
        }
    }

    private static double Tolerance(AudioFeature feature, LibrosaFile file) => feature switch
    {
        AudioFeature.ChromaStft or AudioFeature.Rms => 1e-6,
        AudioFeature.SpectralCentroid => file.Resampled ? 0.01 : 1e-3,
        AudioFeature.SpectralBandwidth => file.Resampled ? 0.02 : 1e-3,
        AudioFeature.SpectralRolloff => 0.1,
        AudioFeature.ZeroCrossingRate => file.Resampled ? 1e-3 : 0,
        _ => 1e-3,
    };
}
