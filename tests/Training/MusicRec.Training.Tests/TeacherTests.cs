using System.Text.Json;
using MusicRec.Training.Teachers;

namespace MusicRec.Training.Tests;

/// <summary>The graphs made here against the numbers that come with the weights. <c>MUSICREC_TEACHERS</c> names their folder.</summary>
public sealed class TeacherTests
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("MUSICREC_TEACHERS");

    [Fact]
    public void CompactCnn_CheckSignal_HasItsNumbers()
    {
        Assert.SkipWhen(Folder is null, "MUSICREC_TEACHERS is not set");
        var folder = Path.Combine(Folder!, "compact_cnn");
        using var teacher = new CompactCnn(folder);

        var numbers = teacher.HearOwnRate(Signal(CompactCnn.Samples, CompactCnn.Rate));

        AssertNear(Expected(Path.Combine(folder, "compact_cnn.json"), "embedding160"), numbers, 0.005);
    }

    [Fact]
    public void Yamnet_CheckSignal_HasItsNumbers()
    {
        Assert.SkipWhen(Folder is null, "MUSICREC_TEACHERS is not set");
        var folder = Path.Combine(Folder!, "yamnet");
        using var teacher = new Yamnet(folder);

        var numbers = teacher.HearOwnRate(Signal(15600, Yamnet.Rate));

        AssertNear(Expected(Path.Combine(folder, "yamnet.layers.json"), "embedding1024"), numbers, 0.005);
    }

    [Fact]
    public void Resample_Tone_KeepsItsLevelAndPitch()
    {
        var samples = Enumerable.Range(0, 22050).Select(n => (float)Math.Sin(2 * Math.PI * 1000 * n / 22050)).ToArray();

        var resampled = new Downsampler(16000).Apply(samples);

        Assert.Equal(16000, resampled.Length);
        for (var n = 200; n < 15800; n++)
        {
            Assert.Equal(Math.Sin(2 * Math.PI * 1000 * n / 16000), resampled[n], 0.002);
        }
    }

    private static float[] Signal(int samples, int rate)
    {
        var state = 12345L;
        return [.. Enumerable.Range(0, samples).Select(i =>
        {
            state = (1103515245 * state + 12345) & 0x7fffffff;
            var (time, noise) = ((double)i / rate, (double)state / 0x7fffffff - 0.5);
            return (float)(0.3 * Math.Sin(2 * Math.PI * 220 * time)
                + 0.2 * Math.Sin(2 * Math.PI * 1234.5 * time) * (0.5 + 0.5 * Math.Sin(2 * Math.PI * 2 * time))
                + 0.1 * noise * (Math.Sin(2 * Math.PI * 0.5 * time) > 0 ? 1 : 0));
        })];
    }

    private static float[] Expected(string path, string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. json.RootElement.GetProperty("check").GetProperty(name).EnumerateArray().Select(number => number.GetSingle())];
    }

    private static void AssertNear(float[] expected, float[] found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], found[i], tolerance);
        }
    }
}
