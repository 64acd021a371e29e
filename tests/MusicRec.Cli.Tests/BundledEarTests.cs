using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MusicRec.Audio;
using MusicRec.Audio.Features;
using MusicRec.Audio.Spectra;
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

    /// <summary>A few windows at a time, the network hears what it hears in all of them at once; its own sum of them is the song.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(10)]
    public void Hear_WindowsInParts_AreThoseOfTheWholeSong(int windows)
    {
        using var stream = File.OpenRead(Song);
        var samples = SampleAnalyzer.Read(stream, 30);
        var mel = new SampleAnalyzer().Mel(Enumerable.Range(0, windows * MelWindows.Frames * FeatureVersion.HopLength).Select(i => samples[i % samples.Length]).ToArray());

        var heard = SoundEmbedding.Shared.Hear(mel);

        var (expectedWindows, expectedSong) = HearAtOnce(mel);
        Assert.Equal(windows, heard.Windows.Length / FeatureVector.SoundLength);
        Assert.All(expectedWindows.Zip(heard.Windows), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.All(expectedSong.Zip(heard.Song), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    private static (float[] Windows, float[] Song) HearAtOnce(MelSpectrogram mel)
    {
        var windows = MelWindows.Count(mel.FrameCount);
        using var session = new InferenceSession(SoundEmbedding.Bundled);
        using var input = OrtValue.CreateAllocatedTensorValue(
            OrtAllocator.DefaultInstance, TensorElementType.Float, [windows, FeatureVersion.MelBands, MelWindows.Frames]);
        for (var window = 0; window < windows; window++)
        {
            MelWindows.Copy(mel, window, input.GetTensorMutableDataAsSpan<float>().Slice(window * MelWindows.Size, MelWindows.Size));
        }

        using var options = new RunOptions();
        using var outputs = session.Run(options, [SoundEmbedding.InputName], [input], [SoundEmbedding.WindowsName, SoundEmbedding.SongName]);
        return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[1].GetTensorDataAsSpan<float>().ToArray());
    }

    private static SongAnalysis Analyze()
    {
        using var stream = File.OpenRead(Song);
        return SongAnalyzer.Analyze(stream, SoundEmbedding.Shared.HearSong, CancellationToken.None);
    }
}
