using MusicRec.Audio.Decoding;
using MusicRec.Fuzzing;

namespace MusicRec.Audio.Tests.Decoding;

/// <summary>Damaged compressed files give finite samples or an <see cref="AudioFormatException"/>, and nothing else.</summary>
public sealed class CompressedFuzzTests
{
    public CompressedFuzzTests() => CompressedTests.SkipWithoutDecoders();

    /// <summary>Samples of a file, twice at most while the memory grows, and the decoder's own.</summary>
    private const long MostBytes = 32L << 20;

    [Theory]
    [InlineData("part.flac")]
    [InlineData("part.mp3")]
    [InlineData("part.ogg")]
    [InlineData("part.opus")]
    [InlineData("part.aiff")]
    public void SndFile_DamagedFiles_AreReadOrRefused(string name) =>
        Fuzzer.Run([File.ReadAllBytes(CompressedTests.PathOf(name))], ReadBySndFile, exception => exception is AudioFormatException, MostBytes);

    /// <summary>A process for each file: few in every run, as many as of the others in the nights.</summary>
    [Theory]
    [InlineData("song.m4a")]
    [InlineData("chirp.aac")]
    [InlineData("chirp.wma")]
    [InlineData("chirp.webm")]
    [InlineData("chirp.caf")]
    [InlineData("chirp.wv")]
    [InlineData("chirp.tta")]
    public void Ffmpeg_DamagedFiles_AreReadOrRefused(string name) => Fuzzer.Run(
        [File.ReadAllBytes(CompressedTests.PathOf(name))], file => Check(Decode.Clip(file)), exception => exception is AudioFormatException, MostBytes, usual: 10, workers: Environment.ProcessorCount);

    private static void ReadBySndFile(byte[] file)
    {
        using var stream = new MemoryStream(file);
        if (AudioFormat.Recognize(stream) is { ReadBySndFile: true } format)
        {
            float[] buffer = [];
            using var source = new SndFileSource(SndFileLibrary.Instance!, stream, format);
            Check(FrameReader.ReadMono(source, 30, ref buffer, TimeProvider.System, CancellationToken.None));
        }
    }

    private static void Check(AudioClip clip)
    {
        Assert.InRange(clip.Samples.Length, 1, 30 * clip.SampleRate);
        Assert.InRange(clip.FileFrames, clip.Samples.Length, 24L * 3600 * clip.SampleRate);
        Assert.Equal(-1, clip.Samples.Span.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue));
    }

    [Fact]
    public void ReadMono_FlacThatClaimsADayAndMore_IsCounted()
    {
        var flac = File.ReadAllBytes(CompressedTests.PathOf("song.flac"));

        // Stream info: 36 bits of total samples from the lower half of byte 21 on.
        flac[21] |= 0x0F;
        flac.AsSpan(22, 4).Fill(0xFF);
        var clip = Decode.Clip(flac);
        Assert.Equal(12 * 44100, clip.Samples.Length);
        Assert.Equal(12 * 44100, clip.FileFrames);
    }

    [Theory]
    [InlineData("song.flac")]
    [InlineData("song.mp3")]
    [InlineData("song.m4a")]
    public void ReadMono_FirstBytesOnly_IsRefused(string name)
    {
        var refusal = Assert.ThrowsAny<AudioFormatException>(() => Decode.Clip(File.ReadAllBytes(CompressedTests.PathOf(name))[..64]));
        Assert.Contains(refusal.Problem, new[] { AudioProblem.Undecodable, AudioProblem.NoSamples });
        Assert.DoesNotContain("Fixtures", string.Concat(refusal.Arguments.Skip(1)), StringComparison.Ordinal);
    }
}
