using MusicRec.Audio.Features;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Tests.Spectra;

public sealed class StftTests
{
    /// <summary>Around the hop, half a frame, a frame, and a block of eight frames.</summary>
    public static TheoryData<int> Lengths =>
        [1, 2, 100, 511, 512, 513, 1023, 1024, 1025, 2047, 2048, 2049, 3583, 3584, 4095, 4096, 4097, 8191, 8192, 20000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Compute_AnyLength_EqualsThePlainTransform(int length)
    {
        var samples = Signals.Noise(length, seed: length);
        var expected = SlowTransform.StftPower(samples);

        var spectrogram = Signals.Spectrogram(samples);

        Assert.Equal(expected.Length, spectrogram.FrameCount);
        Assert.Equal(1 + length / 512, Stft.FrameCount(length));
        var frame = new float[FeatureVersion.BinCount];
        for (var t = 0; t < expected.Length; t++)
        {
            spectrogram.CopyFrame(t, frame);
            SlowTransform.AssertEqual(expected[t], frame);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Compute_AfterALongerSong_EqualsFreshOne(int length)
    {
        var stft = new Stft();
        var used = new Spectrogram();
        Signals.Transform(stft, Signals.Noise(30000, seed: 1), used);

        var samples = Signals.Noise(length, seed: 2);
        Signals.Transform(stft, samples, used);

        var fresh = Signals.Spectrogram(samples);
        Assert.Equal(fresh.BlockCount, used.BlockCount);
        for (var block = 0; block < fresh.BlockCount; block++)
        {
            Assert.True(fresh.Block(block).SequenceEqual(used.Block(block)));
        }
    }

    [Fact]
    public void Compute_FramesPastTheEnd_AreZero()
    {
        var spectrogram = Signals.Spectrogram(Signals.Noise(512 * 9, seed: 3));
        Assert.Equal(10, spectrogram.FrameCount);
        Assert.Equal(2, spectrogram.BlockCount);
        for (var k = 0; k < FeatureVersion.BinCount; k++)
        {
            Assert.Equal(0f, spectrogram.Block(1)[(k * Spectrogram.BlockFrames + 2)..((k + 1) * Spectrogram.BlockFrames)].ToArray().Max());
        }
    }

    [Fact]
    public void CopyFrame_FrameThatIsNotThere_Throws()
    {
        var spectrogram = Signals.Spectrogram(new float[600]);
        Assert.Throws<ArgumentOutOfRangeException>(() => spectrogram.CopyFrame(2, new float[FeatureVersion.BinCount]));
        Assert.Throws<ArgumentOutOfRangeException>(() => spectrogram.CopyFrame(-1, new float[FeatureVersion.BinCount]));
    }
}
