using MusicRec.Audio.Resampling;

namespace MusicRec.Audio.Tests.Resampling;

public sealed class ResamplerTests
{
    public static TheoryData<int> Rates =>
    [
        1000, 5512, 8000, 11025, 12000, 16000, 22000, 22049, 24000, 32000, 37800, 44100, 44101, 48000, 50000, 64000,
        88200, 88201, 96000, 128000, 176400, 192000, 352800, 383999, 384000,
    ];

    [Theory]
    [MemberData(nameof(Rates))]
    public void Resample_Tone_KeepsFrequencyPhaseAndLevel(int rate)
    {
        const double Hz = 220;
        var input = Tone(Hz, rate, rate);
        var output = new float[Resampler.OutputLength(input.Length, rate)];
        new Resampler(rate).Resample(input, output);

        // Away from the ends, where the filter meets the zeros outside the signal.
        var margin = Math.Max(600, 150 * 22050 / rate);
        Assert.True(output.Length > 3 * margin);
        for (var m = margin; m < output.Length - margin; m++)
        {
            Assert.Equal(0.5 * Math.Sin(2 * Math.PI * Hz * m / 22050), output[m], 2e-5);
        }
    }

    [Theory]
    [InlineData(32000)]
    [InlineData(37800)]
    [InlineData(44100)]
    [InlineData(48000)]
    [InlineData(96000)]
    [InlineData(192000)]
    public void Resample_ToneAboveTheNewNyquist_IsSilenced(int rate)
    {
        var input = Tone(12500, rate, rate);
        var output = new float[Resampler.OutputLength(input.Length, rate)];
        new Resampler(rate).Resample(input, output);

        var loudest = output.AsSpan(600, output.Length - 1200).ToArray().Max(Math.Abs);
        Assert.True(loudest < 1e-5, $"left over: {loudest}");
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Resample_Zeros_StayExactlyZero(int rate)
    {
        var output = new float[Resampler.OutputLength(rate, rate)];
        Array.Fill(output, float.NaN);
        new Resampler(rate).Resample(new float[rate], output);
        Assert.All(output, sample => Assert.Equal(0f, sample));
    }

    [Theory]
    [InlineData(1, 44100, 1)]
    [InlineData(2, 44100, 1)]
    [InlineData(3, 44100, 2)]
    [InlineData(4410, 44100, 2205)]
    [InlineData(1102, 11025, 2204)]
    [InlineData(1, 384000, 1)]
    [InlineData(30 * 384000, 384000, 661500)]
    public void OutputLength_AnyInput_IsRoundedUp(int samples, int rate, int expected) =>
        Assert.Equal(expected, Resampler.OutputLength(samples, rate));

    /// <summary>libsoxr drops a fraction below one half, librosa appends a zero in its place.</summary>
    [Fact]
    public void Resample_FractionBelowOneHalf_EndsWithZero()
    {
        var input = new float[48001];
        Array.Fill(input, 0.5f);
        var output = new float[Resampler.OutputLength(input.Length, 48000)];
        new Resampler(48000).Resample(input, output);
        Assert.Equal(22051, output.Length);
        Assert.Equal(0f, output[^1]);
        Assert.NotEqual(0f, output[^2]);
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Resample_VeryShortSignals_AreAnswered(int rate)
    {
        var resampler = new Resampler(rate);
        foreach (var length in new[] { 1, 2, 3, 17 })
        {
            var output = new float[Resampler.OutputLength(length, rate)];
            resampler.Resample(Tone(220, rate, length), output);
            Assert.All(output, sample => Assert.True(float.IsFinite(sample)));
        }
    }

    /// <summary>The work memory is reused; what an earlier song left in it must not be heard.</summary>
    [Theory]
    [InlineData(11025)]
    [InlineData(37800)]
    [InlineData(44100)]
    [InlineData(48000)]
    [InlineData(96000)]
    public void Resample_AfterALongerSong_EqualsFreshResampler(int rate)
    {
        var shortSong = Tone(330, rate, 3001);
        var fresh = new float[Resampler.OutputLength(shortSong.Length, rate)];
        new Resampler(rate).Resample(shortSong, fresh);

        var used = new Resampler(rate);
        used.Resample(Tone(1000, rate, 20000), new float[Resampler.OutputLength(20000, rate)]);
        var again = new float[fresh.Length];
        used.Resample(shortSong, again);

        Assert.Equal(fresh, again);
    }

    private static float[] Tone(double hz, int rate, int samples) =>
        [.. Enumerable.Range(0, samples).Select(n => (float)(0.5 * Math.Sin(2 * Math.PI * hz * n / rate)))];
}
