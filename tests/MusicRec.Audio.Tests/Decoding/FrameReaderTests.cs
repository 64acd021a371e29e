using Microsoft.Extensions.Time.Testing;
using MusicRec.Audio.Decoding;

namespace MusicRec.Audio.Tests.Decoding;

public sealed class FrameReaderTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void ReadInfo_FileThatNeverEnds_IsGivenUpAfterAMinute()
    {
        using var source = new Endless(_time, TimeSpan.FromSeconds(1));

        var refusal = Assert.Throws<InvalidAudioException>(() => FrameReader.ReadInfo(source, _time, TestContext.Current.CancellationToken));

        Assert.Equal((AudioProblem.Undecodable, "endless"), (refusal.Problem, refusal.Arguments[0]));
        Assert.InRange(source.Blocks, 60, 62);
    }

    /// <summary>The minute is for the samples and for the counting together.</summary>
    [Fact]
    public void ReadMono_FileThatNeverEnds_IsGivenUpAfterAMinute()
    {
        using var source = new Endless(_time, TimeSpan.FromSeconds(1));
        float[] buffer = [];

        Assert.Throws<InvalidAudioException>(() => FrameReader.ReadMono(source, 1, ref buffer, _time, TestContext.Current.CancellationToken));
        Assert.InRange(source.Blocks, 60, 62);
    }

    [Fact]
    public void ReadInfo_FastEnough_CountsToADay()
    {
        using var source = new Endless(_time, TimeSpan.Zero);

        Assert.InRange(FrameReader.ReadInfo(source, _time, TestContext.Current.CancellationToken).Seconds, 24 * 3600, (24 * 3600) + 5);
    }

    /// <summary>Silence without end that claims more than a day.</summary>
    private sealed class Endless(FakeTimeProvider time, TimeSpan perBlock) : FrameSource
    {
        public int Blocks { get; private set; }

        public override string Encoding => "endless";

        public override int Channels => 1;

        public override int SampleRate => 1000;

        public override long Frames => long.MaxValue;

        public override int Read(Span<float> interleaved)
        {
            Blocks++;
            time.Advance(perBlock);
            interleaved.Clear();
            return interleaved.Length;
        }

        public override void Dispose()
        {
        }
    }
}
