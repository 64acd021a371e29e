using System.Buffers.Binary;
using MusicRec.Audio.Decoding;

namespace MusicRec.Audio.Tests.Decoding;

/// <summary>Every sample encoding against plain arithmetic.</summary>
public sealed class SampleFormatTests
{
    private const int Rate = 22050;

    [Fact]
    public void ReadMono_Pcm8_IsUnsignedAround128()
    {
        var codes = Enumerable.Range(0, 256).Select(code => (byte)code).ToArray();
        var samples = Decode.Samples(WavBuilder.Plain(WavBuilder.Pcm, 8, 1, Rate, codes));
        Assert.Equal(codes.Select(code => (float)((code - 128) / 128.0)), samples);
        Assert.Equal(-1f, samples[0]);
        Assert.Equal(0f, samples[128]);
    }

    [Fact]
    public void ReadMono_Pcm16_EveryValueIsOver32768()
    {
        var values = Enumerable.Range(short.MinValue, 65536).Select(value => (short)value).ToArray();
        var samples = Decode.Samples(WavBuilder.Pcm16(1, Rate, values));
        Assert.Equal(values.Select(value => (float)(value / 32768.0)), samples);
    }

    /// <summary>Of both channels in one step; equal to the last bit to the mean of the converted samples.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(40001)]
    public void ReadMono_Pcm16Stereo_IsTheMeanOfBothChannels(int frames)
    {
        short[] values = [.. RandomIntegers().Select(value => (short)(value >> 16)), short.MinValue, short.MinValue, short.MaxValue, short.MaxValue];
        short[] samples = [.. Enumerable.Range(0, 2 * frames).Select(n => values[(n + frames) % values.Length])];
        var expected = samples.Chunk(2).Select(frame => (frame[0] / 32768f + frame[1] / 32768f) * 0.5f);
        Assert.Equal(expected, Decode.Samples(WavBuilder.Pcm16(2, Rate, samples)));
    }

    [Fact]
    public void ReadMono_Pcm24_IsSignedOver2To23()
    {
        int[] values = [0, 1, -1, 127, 128, -128, 255, 256, 65535, 65536, 8388607, -8388608, .. RandomIntegers().Select(value => value >> 8)];
        var bytes = values.SelectMany(value => new[] { (byte)value, (byte)(value >> 8), (byte)(value >> 16) }).ToArray();
        var samples = Decode.Samples(WavBuilder.Plain(WavBuilder.Pcm, 24, 1, Rate, bytes));
        Assert.Equal(values.Select(value => (float)(value / 8388608.0)), samples);
    }

    [Fact]
    public void ReadMono_Pcm32_IsSignedOver2To31()
    {
        int[] values = [0, 1, -1, int.MaxValue, int.MinValue, .. RandomIntegers()];
        var bytes = values.SelectMany(BitConverter.GetBytes).ToArray();
        var samples = Decode.Samples(WavBuilder.Plain(WavBuilder.Pcm, 32, 1, Rate, bytes));
        Assert.Equal(values.Select(value => (float)(value / 2147483648.0)), samples);
    }

    [Fact]
    public void ReadMono_Float32_IsAsStoredAndNotClipped()
    {
        float[] values = [0, -0f, 1, -1, 0.1f, 3.5f, -1000, float.Epsilon, 1e-30f];
        Assert.Equal(values, Decode.Samples(WavBuilder.Float32(1, Rate, values)));
    }

    [Fact]
    public void ReadMono_Float64_IsRoundedToSingle()
    {
        double[] values = [0, 1, -1, 0.1, 1.0 / 3, -12.75, 1e-300];
        var bytes = values.SelectMany(BitConverter.GetBytes).ToArray();
        var samples = Decode.Samples(WavBuilder.Plain(WavBuilder.Float, 64, 1, Rate, bytes));
        Assert.Equal(values.Select(value => (float)value), samples);
    }

    /// <summary>20 bits in three bytes: the high bits are used, so the value reads as one of 24 bits.</summary>
    [Theory]
    [InlineData(20, 3)]
    [InlineData(12, 2)]
    [InlineData(24, 4)]
    [InlineData(4, 1)]
    public void ReadMono_BitsThatFillNoContainer_ReadsTheContainer(int bits, int bytes)
    {
        var data = new byte[bytes * 2];
        data[bytes - 1] = 0x40;
        data[2 * bytes - 1] = 0xC0;
        var wav = new WavBuilder().Format(WavBuilder.Pcm, bits, 1, Rate, bytes).Chunk("data", data).ToArray();
        var expected = bytes == 1 ? new[] { -0.5f, 0.5f } : [0.5f, -0.5f];
        Assert.Equal(expected, Decode.Samples(wav));
    }

    [Theory]
    [InlineData(WavBuilder.Pcm, 8, "8-bit PCM")]
    [InlineData(WavBuilder.Pcm, 16, "16-bit PCM")]
    [InlineData(WavBuilder.Pcm, 24, "24-bit PCM")]
    [InlineData(WavBuilder.Pcm, 32, "32-bit PCM")]
    [InlineData(WavBuilder.Float, 32, "32-bit float")]
    [InlineData(WavBuilder.Float, 64, "64-bit float")]
    [InlineData(WavBuilder.ALaw, 8, "A-law")]
    [InlineData(WavBuilder.MuLaw, 8, "mu-law")]
    public void ReadInfo_EveryEncoding_SaysWhatTheFileHolds(int tag, int bits, string name)
    {
        var info = Decode.Info(WavBuilder.Plain(tag, bits, 2, 48000, new byte[480 * 2 * bits / 8]));
        Assert.Equal(new AudioInfo(name, 2, 48000, 480), info);
        Assert.Equal(0.01, info.Seconds, 1e-12);
    }

    [Theory]
    [InlineData(WavBuilder.Pcm, 8)]
    [InlineData(WavBuilder.Pcm, 16)]
    [InlineData(WavBuilder.Pcm, 24)]
    [InlineData(WavBuilder.Pcm, 32)]
    [InlineData(WavBuilder.Float, 32)]
    [InlineData(WavBuilder.Float, 64)]
    [InlineData(WavBuilder.ALaw, 8)]
    [InlineData(WavBuilder.MuLaw, 8)]
    public void ReadMono_Extensible_EqualsThePlainHeader(int tag, int bits)
    {
        var data = new byte[24 * 8];
        new Random(tag + bits).NextBytes(data);
        if (tag == WavBuilder.Float)
        {
            data = [.. Enumerable.Range(0, 24).SelectMany(i => bits == 32 ? BitConverter.GetBytes(i / 30f) : BitConverter.GetBytes(i / 30.0))];
        }

        var extensible = new WavBuilder().ExtensibleFormat(tag, bits, bits, 2, 44100).Chunk("data", data).ToArray();
        Assert.Equal(Decode.Samples(WavBuilder.Plain(tag, bits, 2, 44100, data)), Decode.Samples(extensible));
    }

    [Fact]
    public void ReadMono_ExtensibleWithFewerValidBits_ReadsTheContainer()
    {
        var wav = new WavBuilder().ExtensibleFormat(WavBuilder.Pcm, 24, 20, 1, Rate).Chunk("data", [0, 0, 0x40]).ToArray();
        Assert.Equal([0.5f], Decode.Samples(wav));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(32)]
    public void ReadMono_ManyChannels_IsTheirMean(int channels)
    {
        const int Frames = 70_000 / 3;
        var random = new Random(channels);
        var samples = Enumerable.Range(0, Frames * channels).Select(_ => (short)random.Next(short.MinValue, short.MaxValue)).ToArray();
        var expected = samples.Chunk(channels).Select(frame => frame.Average(sample => (double)sample) / 32768);

        var mono = Decode.Samples(WavBuilder.Pcm16(channels, Rate, samples));

        Assert.Equal(Frames, mono.Length);
        Assert.All(expected.Zip(mono), pair => Assert.Equal(pair.First, pair.Second, 2e-7));
    }

    private static int[] RandomIntegers()
    {
        var random = new Random(24);
        var bytes = new byte[4000];
        random.NextBytes(bytes);
        return [.. Enumerable.Range(0, 1000).Select(i => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4 * i)))];
    }
}
