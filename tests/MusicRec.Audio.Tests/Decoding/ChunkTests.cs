using MusicRec.Audio.Decoding;

namespace MusicRec.Audio.Tests.Decoding;

/// <summary>The chunks around the samples, and sizes that are not true.</summary>
public sealed class ChunkTests
{
    private const int Rate = 22050;
    private static readonly short[] Samples = [100, -200, 300, -400, 500];
    private static readonly float[] Expected = [.. Samples.Select(sample => sample / 32768f)];
    private static readonly byte[] Data = WavBuilder.Bytes(Samples);

    [Theory]
    [InlineData("RF64")]
    [InlineData("BW64")]
    public void ReadMono_LongSizes_TakesTheSizeOfDs64(string form)
    {
        var wav = new WavBuilder(form).LongSizes(6).Format(WavBuilder.Pcm, 16, 1, Rate)
            .Chunk("data", Data, claimedSize: uint.MaxValue).ToArray();
        Assert.Equal(Expected[..3], Decode.Samples(wav));
    }

    [Theory]
    [InlineData(5_000_000_000)]
    [InlineData(long.MaxValue)]
    [InlineData(-1L)]
    [InlineData(long.MinValue)]
    public void ReadMono_LongSizeThatCannotBe_ReadsWhatIsThere(long size)
    {
        var wav = new WavBuilder("RF64").LongSizes(size).Format(WavBuilder.Pcm, 16, 1, Rate)
            .Chunk("data", Data, claimedSize: uint.MaxValue).ToArray();
        Assert.Equal(Expected, Decode.Samples(wav));
    }

    [Fact]
    public void ReadMono_LongSizesBesideATrueShortSize_TakesTheShortOne()
    {
        var wav = new WavBuilder("RF64").LongSizes(2).Format(WavBuilder.Pcm, 16, 1, Rate).Chunk("data", Data).ToArray();
        Assert.Equal(Expected, Decode.Samples(wav));
    }

    [Fact]
    public void ReadMono_ShortDs64Chunk_IsSkipped()
    {
        var wav = new WavBuilder("RF64").Chunk("ds64", [1, 2, 3, 4]).Format(WavBuilder.Pcm, 16, 1, Rate)
            .Chunk("data", Data, claimedSize: uint.MaxValue).ToArray();
        Assert.Equal(Expected, Decode.Samples(wav));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(26)]
    [InlineData(27)]
    [InlineData(5000)]
    public void ReadMono_ChunksOfAnySizeBeforeTheFormatAndTheSamples_AreSkipped(int size)
    {
        var wav = new WavBuilder().Chunk("JUNK", new byte[size]).Format(WavBuilder.Pcm, 16, 1, Rate)
            .Chunk("LIST", new byte[size]).Chunk("data", Data).ToArray();
        Assert.Equal(Expected, Decode.Samples(wav));
    }

    [Fact]
    public void ReadMono_OddChunksWithoutPadByte_AreSkipped()
    {
        var wav = new WavBuilder().Chunk("JUNK", [1, 2, 3], pad: false).Format(WavBuilder.Pcm, 16, 1, Rate)
            .Chunk("LIST", [1, 2, 3, 4, 5], pad: false).Chunk("data", Data).ToArray();
        Assert.Equal(Expected, Decode.Samples(wav));
    }

    [Fact]
    public void ReadMono_ChunkAfterTheSamples_IsNotHeard()
    {
        var wav = new WavBuilder().Format(WavBuilder.Pcm, 16, 1, Rate).Chunk("data", Data).Chunk("LIST", new byte[20]).ToArray();
        Assert.Equal(Expected, Decode.Samples(wav));
    }

    [Fact]
    public void ReadMono_FormatChunkOf18Bytes_IsRead()
    {
        var format = WavBuilder.Pcm16(1, Rate, Samples)[20..36];
        var wav = new WavBuilder().Chunk("fmt ", [.. format, 0, 0]).Chunk("data", Data).ToArray();
        Assert.Equal(Expected, Decode.Samples(wav));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0xFFFF0000u)]
    [InlineData(0xFFFF1000u)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(11u)]
    public void ReadMono_PlaceholderOrTooLargeDataSize_ReadsWhatIsThere(uint claimed)
    {
        var wav = new WavBuilder().Format(WavBuilder.Pcm, 16, 1, Rate).Chunk("data", Data, claimed).ToArray();
        Assert.Equal(Expected, Decode.Samples(wav));
        Assert.Equal(Expected.Length, Decode.Info(wav).Frames);
    }

    [Fact]
    public void ReadMono_DataSizeWithHalfAFrame_DropsIt()
    {
        var wav = new WavBuilder().Format(WavBuilder.Pcm, 16, 2, Rate).Chunk("data", Data, claimedSize: 7).ToArray();
        Assert.Equal([(100 - 200) / 65536f], Decode.Samples(wav));
    }

    [Fact]
    public void ReadMono_BlockAlignOfZero_IsWorkedOut()
    {
        var wav = new WavBuilder().Format(WavBuilder.Pcm, 16, 1, Rate, blockAlign: 0).Chunk("data", Data).ToArray();
        Assert.Equal(Expected, Decode.Samples(wav));
    }

    /// <summary>The caller may have other bytes before the file; positions count from where the file begins.</summary>
    [Fact]
    public void ReadMono_StreamNotAtItsStart_ReadsFromThere()
    {
        using var stream = new MemoryStream([9, 9, 9, 9, 9, .. WavBuilder.Pcm16(1, Rate, Samples)]);
        stream.Position = 5;
        Assert.Equal(Expected, AudioDecoder.ReadMono(stream).Samples.ToArray());
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void ReadMono_ThousandsOfEmptyChunks_AreRefused()
    {
        var wav = new WavBuilder();
        for (var i = 0; i < 10_001; i++)
        {
            wav.Chunk("JUNK", []);
        }

        Decode.Refused<InvalidAudioException>(wav.Format(WavBuilder.Pcm, 16, 1, Rate).Chunk("data", Data).ToArray(), AudioProblem.DamagedHeader, "too many chunks");
    }

    /// <summary>Cut anywhere: either the samples that are there, or the reason why there are none.</summary>
    [Fact]
    public void ReadMono_FileCutAnywhere_GivesTheWholeFramesOrTheReason()
    {
        var whole = new WavBuilder().Chunk("LIST", [1, 2, 3]).Format(WavBuilder.Pcm, 16, 2, Rate).Chunk("data", [.. Data, .. Data]).ToArray();
        var dataStart = whole.Length - 2 * Data.Length;
        var formatEnd = dataStart - 8;
        for (var length = 0; length < whole.Length; length++)
        {
            var cut = whole[..length];
            var frames = (length - dataStart) / 4;
            if (frames > 0)
            {
                Assert.Equal(frames, Decode.Samples(cut).Length);
                continue;
            }

            var expected = length == 0 ? AudioProblem.EmptyFile
                : length < 12 ? AudioProblem.UnknownFormat
                : length < dataStart ? AudioProblem.DamagedHeader
                : AudioProblem.NoSamples;
            var refusal = Assert.ThrowsAny<AudioFormatException>(() => Decode.Clip(cut));
            Assert.Equal(expected, refusal.Problem);
            if (expected == AudioProblem.DamagedHeader)
            {
                var isInsideFormat = length >= formatEnd - 16 && length < formatEnd;
                Assert.Equal(isInsideFormat ? "short 'fmt ' chunk" : length < formatEnd ? "no 'fmt ' chunk" : "no 'data' chunk", Assert.Single(refusal.Arguments));
            }
        }
    }
}
