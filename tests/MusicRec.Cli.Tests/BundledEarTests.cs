using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MusicRec.Audio;
using MusicRec.Audio.Features;
using MusicRec.Genres.Embedding;

namespace MusicRec.Cli.Tests;

/// <summary>The embedding in the box. Its numbers are part of feature version 3: another file needs another version.</summary>
public sealed class BundledEarTests
{
    private static string Song => Path.Combine(AppContext.BaseDirectory, "Fixtures", "song.flac");

    [Fact]
    public void Hear_TestSong_HasTheNumbersOfFeatureVersion3()
    {
        var heard = Analyze().Features.Sound.ToArray();

        using var stored = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "ear_song.json")));
        var expected = stored.RootElement.GetProperty("sound").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        Assert.Equal(FeatureVector.SoundLength, heard.Length);
        Assert.All(expected.Zip(heard), pair => Assert.Equal(pair.First, (double)pair.Second, 1e-3));
        Assert.Equal(1, heard.Sum(value => (double)value * (double)value), 2e-3);
    }

    /// <summary>The features are what they are without it.</summary>
    [Fact]
    public void Analyze_WithTheEmbedding_HasTheSameFeatures()
    {
        using var stream = File.OpenRead(Song);
        var alone = SongAnalyzer.Analyze(stream).Features;

        Assert.Equal(alone.Values.ToArray(), Analyze().Features.Values.ToArray());
        Assert.Equal((FeatureVersion.WithDeviations, FeatureVersion.Current), (alone.Version, Analyze().Features.Version));
    }

    [Fact]
    public void Card_DescribesThisFile()
    {
        var bytes = File.ReadAllBytes(SoundEmbedding.Bundled);
        var card = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "models", "EAR_CARD.md"));

        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(bytes)), card, StringComparison.Ordinal);
        Assert.Contains(bytes.Length.ToString(CultureInfo.InvariantCulture), card, StringComparison.Ordinal);
        Assert.InRange(bytes.Length, 1, 2_000_000);
    }

    [Fact]
    public void Hear_ManyThreadsAtOnce_AllHearTheSame()
    {
        using var stream = File.OpenRead(Song);
        var samples = SampleAnalyzer.Read(stream, 30);

        var heard = Enumerable.Range(0, 64).AsParallel().WithDegreeOfParallelism(8).Select(_ => SoundEmbedding.Shared.HearSong(new SampleAnalyzer().Mel(samples))).ToArray();

        Assert.All(heard, one => Assert.Equal(heard[0], one));
    }

    private static SongAnalysis Analyze()
    {
        using var stream = File.OpenRead(Song);
        return SongAnalyzer.Analyze(stream, SoundEmbedding.Shared.HearSong, CancellationToken.None);
    }
}
