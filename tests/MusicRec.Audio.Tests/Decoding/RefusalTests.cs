using MusicRec.Audio.Decoding;

namespace MusicRec.Audio.Tests.Decoding;

/// <summary>Files that cannot be analysed: the kind of problem and its facts, as <see cref="AudioProblem"/> documents them.</summary>
public sealed class RefusalTests
{
    private static readonly byte[] TwoBytes = [1, 2];

    public static TheoryData<byte[], string> OtherFormats => new()
    {
        { "#EXTM3U\nhttp://example.com/a.mp3"u8.ToArray(), "a playlist" },
        { "[playlist]\nFile1=/etc/passwd"u8.ToArray(), "a playlist" },
        { "MThd\0\0\0\u0006\0\u0001\0\u0002"u8.ToArray(), "MIDI" },
        { [0xFF, 0xFE, 0x68, 0, 0x65, 0, 0x6C, 0, 0x6C, 0, 0x6F, 0], "an unknown format" },
        { "RIFF\u0010\0\0\0AVI "u8.ToArray(), "RIFF without WAVE" },
        { "RIFX\u0010\0\0\0WAVE"u8.ToArray(), "big-endian WAV (RIFX)" },
        { "PK\u0003\u0004\u0014\0\0\0\b\0\0\0"u8.ToArray(), "ZIP" },
        { "MZ\0\0\u0003\0\0\0\u0004\0\0\0"u8.ToArray(), "a Windows program" },
        { "\u007fELF\u0002\u0001\u0001\0\0\0\0\0"u8.ToArray(), "a Linux program" },
        { "<!DOCTYPE html>"u8.ToArray(), "HTML or XML" },
        { "%PDF-1.7\n%\u0001\u0002\u0003"u8.ToArray(), "PDF" },
        { [0x89, .. "PNG\r\n\u001a\n\0\0\0\r"u8], "PNG" },
        { [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46, 0x49, 0x46, 0, 1], "JPEG" },
        { "just some words"u8.ToArray(), "text" },
        { [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], "an unknown format" },
        { [0], "an unknown format" },
        { "RIFF"u8.ToArray(), "RIFF without WAVE" },
    };

    [Theory]
    [MemberData(nameof(OtherFormats))]
    public void ReadMono_AnotherFormat_IsNamed(byte[] start, string found)
    {
        byte[] file = start.Length < 12 ? start : [.. start, .. new byte[5000]];
        var refusal = Decode.Refused<UnsupportedAudioException>(file, AudioProblem.UnknownFormat, found);
        Assert.Contains(found, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(AudioProblem.UnknownFormat, Assert.Throws<UnsupportedAudioException>(() => Decode.Info(file)).Problem);
    }

    [Fact]
    public void ReadMono_EmptyFile_IsRefused() => Decode.Refused<InvalidAudioException>([], AudioProblem.EmptyFile);

    [Fact]
    public void ReadMono_NoFormatChunk_IsRefused()
    {
        Decode.Refused<InvalidAudioException>(new WavBuilder().ToArray(), AudioProblem.DamagedHeader, "no 'fmt ' chunk");
        Decode.Refused<InvalidAudioException>(new WavBuilder().Chunk("data", TwoBytes).ToArray(), AudioProblem.DamagedHeader, "no 'fmt ' chunk");
    }

    [Fact]
    public void ReadMono_NoDataChunk_IsRefused() => Decode.Refused<InvalidAudioException>(
        new WavBuilder().Format(WavBuilder.Pcm, 16, 1, 44100).Chunk("LIST", new byte[40]).ToArray(), AudioProblem.DamagedHeader, "no 'data' chunk");

    [Fact]
    public void ReadMono_ShortFormatChunk_IsRefused() => Decode.Refused<InvalidAudioException>(
        new WavBuilder().Chunk("fmt ", new byte[14]).Chunk("data", TwoBytes).ToArray(), AudioProblem.DamagedHeader, "short 'fmt ' chunk");

    [Fact]
    public void ReadMono_BlockAlignThatContradicts_IsRefused() => Decode.Refused<InvalidAudioException>(
        new WavBuilder().Format(WavBuilder.Float, 32, 2, 44100, blockAlign: 6).Chunk("data", new byte[24]).ToArray(),
        AudioProblem.DamagedHeader, "block align 6");

    [Fact]
    public void ReadMono_ExtensibleWithoutSubFormat_IsRefused() => Decode.Refused<InvalidAudioException>(
        WavBuilder.Plain(WavBuilder.Extensible, 16, 1, 44100, TwoBytes), AudioProblem.DamagedHeader, "WAVE_FORMAT_EXTENSIBLE");

    [Fact]
    public void ReadMono_ExtensibleWithUnknownGuid_IsRefused()
    {
        var wav = new WavBuilder().ExtensibleFormat(WavBuilder.Pcm, 16, 16, 1, 44100, guidTail: [.. Enumerable.Repeat((byte)0x11, 14)])
            .Chunk("data", TwoBytes).ToArray();
        Decode.Refused<UnsupportedAudioException>(wav, AudioProblem.UnsupportedEncoding, "sub-format 11110001-1111-1111-1111-111111111111");
    }

    [Theory]
    [InlineData(2, 4, "Microsoft ADPCM (format tag 0x0002)")]
    [InlineData(0x11, 4, "IMA ADPCM (format tag 0x0011)")]
    [InlineData(0x31, 0, "GSM 6.10 (format tag 0x0031)")]
    [InlineData(0x50, 0, "MPEG audio (format tag 0x0050)")]
    [InlineData(0x55, 0, "MP3 (format tag 0x0055)")]
    [InlineData(0x161, 16, "Windows Media Audio (format tag 0x0161)")]
    [InlineData(0xF1AC, 16, "FLAC (format tag 0xF1AC)")]
    [InlineData(0x1234, 16, "an unknown encoding (format tag 0x1234)")]
    [InlineData(WavBuilder.Pcm, 0, "0-bit PCM")]
    [InlineData(WavBuilder.Pcm, 33, "33-bit PCM")]
    [InlineData(WavBuilder.Pcm, 64, "64-bit PCM")]
    [InlineData(WavBuilder.Pcm, 65535, "65535-bit PCM")]
    [InlineData(WavBuilder.Float, 16, "16-bit float")]
    [InlineData(WavBuilder.ALaw, 16, "16-bit A-law")]
    [InlineData(WavBuilder.MuLaw, 4, "4-bit mu-law")]
    public void ReadMono_EncodingThatIsNotRead_IsNamed(int tag, int bits, string found)
    {
        var refusal = Decode.Refused<UnsupportedAudioException>(
            WavBuilder.Plain(tag, bits, 1, 44100, new byte[64]), AudioProblem.UnsupportedEncoding, found);
        Assert.Contains(found, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(33, "33")]
    [InlineData(65535, "65535")]
    public void ReadMono_ChannelsOutsideTheLimits_AreRefused(int channels, string found)
    {
        var wav = new WavBuilder().Format(WavBuilder.Pcm, 8, channels, 44100, blockAlign: 1).Chunk("data", new byte[99]).ToArray();
        Decode.Refused<UnsupportedAudioException>(wav, AudioProblem.ChannelCount, found, "32");
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(384001, "384001")]
    [InlineData(int.MaxValue, "2147483647")]
    [InlineData(-1, "4294967295")]
    public void ReadMono_RateOutsideTheLimits_IsRefused(int rate, string found) => Decode.Refused<UnsupportedAudioException>(
        WavBuilder.Pcm16(1, rate, 1, 2, 3), AudioProblem.SampleRate, found, "1000", "384000");

    [Theory]
    [InlineData(1000)]
    [InlineData(384000)]
    public void ReadMono_RateAtTheLimits_IsRead(int rate) => Assert.Equal(rate, Decode.Clip(WavBuilder.Pcm16(1, rate, 1, 2, 3)).SampleRate);

    [Fact]
    public void ReadMono_NoSamples_IsRefused()
    {
        var noSample = WavBuilder.Pcm16(1, 44100);
        Decode.Refused<InvalidAudioException>(noSample, AudioProblem.NoSamples);
        Assert.Equal(AudioProblem.NoSamples, Assert.Throws<InvalidAudioException>(() => Decode.Info(noSample)).Problem);
        Decode.Refused<InvalidAudioException>(WavBuilder.Plain(WavBuilder.Pcm, 16, 2, 44100, [1, 2, 3]), AudioProblem.NoSamples);
    }

    /// <summary>Places before, inside and after the vectors that the check runs over.</summary>
    [Theory]
    [InlineData(float.NaN, 0, "0")]
    [InlineData(float.PositiveInfinity, 500, "0.5")]
    [InlineData(float.NegativeInfinity, 999, "0.999")]
    [InlineData(float.NaN, 1002, "1.002")]
    public void ReadMono_SampleThatIsNoNumber_IsRefusedWithItsTime(float bad, int position, string seconds)
    {
        var samples = new float[1003];
        samples[position] = bad;
        samples[^1] = float.IsNaN(bad) ? bad : samples[^1];
        Decode.Refused<InvalidAudioException>(WavBuilder.Float32(1, 1000, samples), AudioProblem.NonFiniteSamples, seconds);
    }

    [Fact]
    public void ReadMono_DoubleBeyondSinglePrecision_IsRefused() => Decode.Refused<InvalidAudioException>(
        WavBuilder.Plain(WavBuilder.Float, 64, 1, 44100, BitConverter.GetBytes(1e300)), AudioProblem.NonFiniteSamples, "0");

    /// <summary>Finite as a sample, but its power would not be.</summary>
    [Theory]
    [InlineData(float.MaxValue)]
    [InlineData(-1e30f)]
    [InlineData(1.1e10f)]
    public void ReadMono_SampleTooLargeToCompute_IsRefused(float huge) => Decode.Refused<InvalidAudioException>(
        WavBuilder.Float32(1, 44100, 0, huge, 0), AudioProblem.NonFiniteSamples, "0");

    [Fact]
    public void Analyze_LargestSamplesAccepted_GivesFiniteFeatures()
    {
        var samples = Enumerable.Range(0, 4000).Select(n => n / 50 % 2 == 0 ? 1e10f : -1e10f).ToArray();
        using var stream = new MemoryStream(WavBuilder.Float32(1, 22050, samples));
        Assert.All(SongAnalyzer.Analyze(stream).Features.Values.ToArray(), value => Assert.True(double.IsFinite(value)));
    }
}
