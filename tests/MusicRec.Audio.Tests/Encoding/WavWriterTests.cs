using System.Buffers.Binary;
using MusicRec.Audio.Decoding;
using MusicRec.Audio.Encoding;
using MusicRec.Audio.Tests.Decoding;

namespace MusicRec.Audio.Tests.Encoding;

public sealed class WavWriterTests
{
    [Fact]
    public void Write_Samples_GivesAPlainFile()
    {
        var wav = Written([0.25f, -0.25f, 1f / 32768, -1], channels: 2, sampleRate: 44100);
        Assert.Equal(WavBuilder.Pcm16(2, 44100, 8192, -8192, 1, -32768), wav);
        Assert.Equal(WavBuilder.PlainHeaderLength + 8, wav.Length);
    }

    [Theory]
    [InlineData(1f, 32767)]
    [InlineData(7f, 32767)]
    [InlineData(float.PositiveInfinity, 32767)]
    [InlineData(-1f, -32768)]
    [InlineData(-1.5f, -32768)]
    [InlineData(float.NegativeInfinity, -32768)]
    [InlineData(float.NaN, 0)]
    [InlineData(0.49f / 32768, 0)]
    [InlineData(0.51f / 32768, 1)]
    [InlineData(-0.49f / 32768, 0)]
    [InlineData(-0.51f / 32768, -1)]
    [InlineData(1000.6f / 32768, 1001)]
    [InlineData(32766.6f / 32768, 32767)]
    public void Write_Sample_IsRoundedToTheNearestAndClipped(float sample, int expected)
    {
        var wav = Written([sample], channels: 1, sampleRate: 8000);
        Assert.Equal(expected, BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(WavBuilder.PlainHeaderLength)));
    }

    /// <summary>More samples than are written at once.</summary>
    [Fact]
    public void Write_EveryValueOf16Bits_IsReadBackUnchanged()
    {
        var samples = Enumerable.Range(short.MinValue, 65536).Select(value => value / 32768f).ToArray();
        var wav = Written(samples, channels: 1, sampleRate: 22050);
        Assert.Equal(samples, Decode.Samples(wav));
        Assert.Equal(new AudioInfo("16-bit PCM", 1, 22050, 65536), Decode.Info(wav));
    }

    [Fact]
    public void Write_NoSamples_GivesTheHeaderOnly() =>
        Assert.Equal(WavBuilder.Pcm16(32, 384000), Written([], channels: 32, sampleRate: 384000));

    [Theory]
    [InlineData(0, 44100)]
    [InlineData(33, 44100)]
    [InlineData(1, 999)]
    [InlineData(1, 384001)]
    public void Write_OutsideTheLimits_Throws(int channels, int sampleRate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Written([], channels, sampleRate));

    [Fact]
    public void Write_HalfAFrame_Throws() => Assert.Throws<ArgumentException>(() => Written([0, 0, 0], channels: 2, sampleRate: 44100));

    private static byte[] Written(float[] samples, int channels, int sampleRate)
    {
        using var stream = new MemoryStream();
        WavWriter.Write(stream, samples, channels, sampleRate);
        return stream.ToArray();
    }
}
