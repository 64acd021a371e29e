using MusicRec.Audio.Encoding;
using MusicRec.Audio.Features;
using MusicRec.Genres.Evaluation.Retrieval;

namespace MusicRec.Genres.Tests.Evaluation.Retrieval;

public sealed class SongCopiesTests
{
    [Fact]
    public void WithNoise_TenDecibelsBelow_HasATenthOfThePower()
    {
        var tone = Tone(440, seconds: 2);

        var noisy = SongCopies.WithNoise(tone, 10, seed: 3);

        var noise = noisy.Zip(tone, (with, without) => (double)(with - without) * (with - without)).Average();
        Assert.Equal(0.1, noise / tone.Average(sample => (double)sample * sample), 0.005);
        Assert.Equal(noisy, SongCopies.WithNoise(tone, 10, seed: 3));
    }

    [Theory]
    [InlineData(1.02)]
    [InlineData(0.98)]
    public void AtSpeed_Tone_ChangesPitchAndLength(double speed)
    {
        var tone = Tone(1000, seconds: 10);

        var played = SongCopies.AtSpeed(tone, speed);

        Assert.Equal(10 / speed, (double)played.Length / FeatureVersion.SampleRate, 0.01);
        Assert.Equal(1000 * speed, Pitch(played.Span), 1.0);
    }

    [Fact]
    public void Make_LongSong_GivesItsFirstThirtySecondsAndTheThirtyAfter()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, [.. Tone(300, 30), .. Tone(600, 31)]);

        var (minutes, song, copies) = SongCopies.Make(path, 1, default);

        Assert.Equal(SongCopies.Names.Count, copies.Count);
        Assert.Equal(30 * FeatureVersion.SampleRate, song.Length);
        Assert.Equal(61 * FeatureVersion.SampleRate, minutes.Length);
        Assert.Equal(300, Pitch(song.Span), 1.0);
        Assert.Equal(600, Pitch(copies[^1]!.Value.Span), 1.0);
    }

    [Fact]
    public void Make_ShortSong_HasNoOtherPart()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, Tone(300, 5));

        var (minutes, song, copies) = SongCopies.Make(path, 1, default);

        Assert.Equal((5 * FeatureVersion.SampleRate, song), (minutes.Length, minutes));
        Assert.Null(copies[^1]);
        Assert.All(copies.SkipLast(1), copy => Assert.InRange(copy!.Value.Length, 4.8 * FeatureVersion.SampleRate, 5.2 * FeatureVersion.SampleRate));
    }

    private static string Write(TemporaryFolder folder, float[] samples)
    {
        using var wav = new MemoryStream();
        WavWriter.Write(wav, samples, 1, FeatureVersion.SampleRate);
        return folder.Write("song.wav", wav.ToArray());
    }

    private static float[] Tone(double hertz, double seconds) =>
        [.. Enumerable.Range(0, (int)(seconds * FeatureVersion.SampleRate)).Select(n => (float)(0.5 * Math.Sin(2 * Math.PI * hertz * n / FeatureVersion.SampleRate)))];

    /// <summary>By the zero crossings of the middle.</summary>
    private static double Pitch(ReadOnlySpan<float> samples)
    {
        var middle = samples.Slice(samples.Length / 4, samples.Length / 2);
        var crossings = 0;
        for (var i = 1; i < middle.Length; i++)
        {
            crossings += middle[i - 1] < 0 != middle[i] < 0 ? 1 : 0;
        }

        return crossings / 2.0 * FeatureVersion.SampleRate / middle.Length;
    }
}
