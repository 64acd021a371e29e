using MusicRec.Audio;
using MusicRec.Audio.Features;
using MusicRec.Genres.Embedding;

namespace MusicRec.Genres.Tests.Embedding;

public sealed class MelWindowsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(127, 1)]
    [InlineData(255, 1)]
    [InlineData(256, 2)]
    [InlineData(1292, 10)]
    public void Count_Frames_AreWholeWindowsAndOneAtLeast(int frames, int expected) => Assert.Equal(expected, MelWindows.Count(frames));

    [Fact]
    public void Copy_SecondWindow_HoldsTheFramesAfterTheFirst()
    {
        var mel = new SampleAnalyzer().Mel(Chirp(300 * FeatureVersion.HopLength));
        var window = new float[MelWindows.Size];

        MelWindows.Copy(mel, 1, window);

        for (var band = 0; band < FeatureVersion.MelBands; band++)
        {
            Assert.Equal(mel.Band(band)[128..256].ToArray(), window.AsSpan(band * MelWindows.Frames, MelWindows.Frames).ToArray());
        }
    }

    [Fact]
    public void Copy_ShortSong_IsRepeated()
    {
        var mel = new SampleAnalyzer().Mel(Chirp(9 * FeatureVersion.HopLength));
        var window = new float[MelWindows.Size];

        MelWindows.Copy(mel, 0, window);

        Assert.Equal(10, mel.FrameCount);
        Assert.Equal(mel.Band(5)[7], window[5 * MelWindows.Frames + 127]);
    }

    private static float[] Chirp(int samples) => [.. Enumerable.Range(0, samples).Select(n => (float)Math.Sin(1e-6 * n * n))];
}
