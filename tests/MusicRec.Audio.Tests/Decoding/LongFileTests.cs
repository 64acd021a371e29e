using MusicRec.Audio.Decoding;

namespace MusicRec.Audio.Tests.Decoding;

/// <summary>However long a file is or says it is, only its first 30 seconds cost anything.</summary>
public sealed class LongFileTests
{
    private const int Rate = 8000;
    private const long FramesOf30Seconds = 30 * Rate;
    private const long FramesOfAWeek = 7L * 24 * 3600 * Rate;

    /// <summary>Blocks that are usually, but not surely, rented without new memory.</summary>
    private const int BlockMemory = 512 * 1024;

    [Theory]
    [InlineData(FramesOf30Seconds - 1, FramesOf30Seconds - 1)]
    [InlineData(FramesOf30Seconds, FramesOf30Seconds)]
    [InlineData(FramesOf30Seconds + 1, FramesOf30Seconds)]
    [InlineData(3600L * Rate, FramesOf30Seconds)]
    [InlineData(FramesOfAWeek, FramesOf30Seconds)]
    public void ReadMono_AnyLength_ReadsThirtySecondsAtMost(long frames, long expected)
    {
        using var stream = new GeneratedWavStream(frames, Rate);
        var clip = AudioDecoder.ReadMono(stream);

        Assert.Equal(expected, clip.Samples.Length);
        Assert.Equal(frames, clip.FileFrames);
        Assert.Equal((double)frames / Rate, clip.FileSeconds);
        Assert.InRange(stream.BytesRead, 2 * expected, 2 * expected + 200);
    }

    [Fact]
    public void ReadInfo_LongFile_ReadsTheHeaderOnly()
    {
        using var stream = new GeneratedWavStream(FramesOfAWeek, Rate);
        Assert.Equal(FramesOfAWeek, AudioDecoder.ReadInfo(stream).Frames);
        Assert.InRange(stream.BytesRead, 1, 200);
    }

    [Fact]
    public void ReadMono_LongFile_TakesNoMoreMemoryThanThirtySeconds()
    {
        Allocated(FramesOf30Seconds);
        var shortFile = Allocated(FramesOf30Seconds);
        var longFile = Allocated(FramesOfAWeek);
        Assert.InRange(longFile, 0, shortFile + BlockMemory);
    }

    [Fact]
    public void ReadMono_HeaderThatClaims4Gigabytes_TakesMemoryForWhatIsThere()
    {
        var wav = new WavBuilder().Format(WavBuilder.Pcm, 16, 2, 384000).Chunk("data", new byte[400], 0xFFFEFFFF).ToArray();
        Decode.Clip(wav);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clip = Decode.Clip(wav);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, BlockMemory);
        Assert.Equal(100, clip.Samples.Length);
    }

    private static long Allocated(long frames)
    {
        using var stream = new GeneratedWavStream(frames, Rate);
        var before = GC.GetAllocatedBytesForCurrentThread();
        AudioDecoder.ReadMono(stream);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
