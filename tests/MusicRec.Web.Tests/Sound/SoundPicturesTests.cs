using System.Text.RegularExpressions;
using MusicRec.Audio;
using MusicRec.Audio.Portraits;
using MusicRec.Web.Features.Sound;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Sound;

public sealed class SoundPicturesTests
{
    private static readonly SongPortrait Portrait = SongAnalyzer.Portray(new MemoryStream(TestWav.Tone(440, 5 * 22050))).Portrait;

    [Fact]
    public void Write_AnyPicture_IsReadBackPixelByPixel()
    {
        byte[] palette = [.. Enumerable.Range(0, 768).Select(i => (byte)(i * 7))];

        var (width, height, colours, pixels) = Png.Read(IndexedPng.Write(5, 3, palette, (x, y) => (byte)(10 * y + x)));

        Assert.Equal((5, 3), (width, height));
        Assert.Equal(palette, colours);
        Assert.Equal([0, 1, 2, 3, 4, 10, 11, 12, 13, 14, 20, 21, 22, 23, 24], pixels);
    }

    [Fact]
    public void Mel_HighSounds_AreAtTheTop()
    {
        var (width, height, _, pixels) = Png.Read(SoundPictures.Mel(Portrait));

        Assert.Equal((Portrait.Columns, 128), (width, height));
        for (var band = 0; band < height; band++)
        {
            Assert.Equal(Portrait.Mel[(width / 2 * 128) + band], pixels[((height - 1 - band) * width) + (width / 2)]);
        }
    }

    [Fact]
    public void Chroma_A_IsTheThirdRowFromTheTop()
    {
        var (width, _, _, pixels) = Png.Read(SoundPictures.Chroma(Portrait));

        Assert.Equal(255, pixels[(2 * width) + (width / 2)]);
    }

    /// <summary>Each colour is lighter than those well below it: the picture reads without seeing colours.</summary>
    [Fact]
    public void Palette_GetsLighterStepByStep()
    {
        var (_, _, palette, _) = Png.Read(SoundPictures.Mel(Portrait));

        var light = palette.Chunk(3).Select(colour => 0.2126 * Linear(colour[0]) + 0.7152 * Linear(colour[1]) + 0.0722 * Linear(colour[2])).ToList();
        Assert.All(light.Zip(light.Skip(3)), pair => Assert.True(pair.Second > pair.First));
        static double Linear(byte value) => Math.Pow(value / 255.0, 2.2);
    }

    [Fact]
    public void Paths_EndWhereTheyBegan_AndStayInThePicture()
    {
        AssertOutline(SvgPaths.Waveform(Portrait, Portrait.Peaks), Portrait.Columns - 1, 2 * SvgPaths.Half);
        AssertOutline(SvgPaths.Spectrum(Portrait), SongPortrait.SpectrumBands - 1, SvgPaths.SpectrumHeight);
    }

    private static void AssertOutline(string path, int width, int height)
    {
        Assert.Matches(@"^M0 \d+(l-?\d+ -?\d+)+z$", path);
        var start = int.Parse(path[3..path.IndexOf('l', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
        var (x, y, widest, lowest, highest) = (0, start, 0, start, start);
        foreach (Match step in Regex.Matches(path, @"l(-?\d+) (-?\d+)"))
        {
            x += int.Parse(step.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
            y += int.Parse(step.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture);
            (widest, lowest, highest) = (Math.Max(widest, x), Math.Max(lowest, y), Math.Min(highest, y));
            Assert.InRange(x, 0, width);
            Assert.InRange(y, 0, height);
        }

        Assert.Equal((width, 0, height), (widest, highest, lowest));
    }
}
