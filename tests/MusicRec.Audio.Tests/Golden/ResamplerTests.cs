using MusicRec.Audio.Resampling;

namespace MusicRec.Audio.Tests.Golden;

public sealed class ResamplerTests
{
    [Theory]
    [InlineData(8000)]
    [InlineData(11025)]
    [InlineData(16000)]
    [InlineData(24000)]
    [InlineData(32000)]
    [InlineData(44100)]
    [InlineData(48000)]
    public void Resample_Noise_EqualsSoxr(int rate)
    {
        var (expected, actual) = Resample(rate);

        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-6, $"sample {i}: soxr {expected[i]:R}, here {actual[i]:R}");
        }
    }

    /// <summary>From 88.2 kHz on libsoxr's own half-band filter decides the first samples.</summary>
    [Theory]
    [InlineData(88200)]
    [InlineData(96000)]
    public void Resample_HighRateNoise_EqualsSoxr(int rate)
    {
        var (expected, actual) = Resample(rate);

        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var tolerance = i < 10 ? 1e-4 : 2e-6;
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"sample {i}: soxr {expected[i]:R}, here {actual[i]:R}");
        }
    }

    private static (float[] Expected, float[] Actual) Resample(int rate)
    {
        var input = Pcm16.Read($"resample_{rate}.wav");
        var output = new float[Resampler.OutputLength(input.Length, rate)];
        new Resampler(rate).Resample(input, output);
        return (LibrosaFrames.Load($"resample_{rate}").Floats("y"), output);
    }
}
