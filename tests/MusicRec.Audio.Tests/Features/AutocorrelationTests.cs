using MusicRec.Audio.Features;

namespace MusicRec.Audio.Tests.Features;

public sealed class AutocorrelationTests
{
    private const int Window = Autocorrelation.Window;

    /// <summary>Fewer windows than lanes, quarters of unequal length, and a whole song's worth.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(87)]
    [InlineData(700)]
    public void Mean_RandomSignal_EqualsThePlainSums(int windows) => AssertMean(Signals.Noise(windows + Window, seed: windows), windows);

    /// <summary>A window that is silent after a loud one must not keep what was in the loud one.</summary>
    [Fact]
    public void Mean_LoudThenSilentThenQuiet_EqualsThePlainSums()
    {
        var signal = Signals.Noise(1400 + Window, seed: 1);
        for (var n = 0; n < signal.Length; n++)
        {
            signal[n] *= n < 300 ? 1000 : n < 900 ? 0 : 1e-3f;
        }

        AssertMean(signal, 1400);
    }

    [Fact]
    public void Mean_AfterALongerSignal_EqualsFreshOne()
    {
        var used = new Autocorrelation();
        used.Mean(Signals.Noise(900 + Window, seed: 2), 900, new double[Window]);
        var signal = Signals.Noise(50 + Window, seed: 3);
        var (again, fresh) = (new double[Window], new double[Window]);
        used.Mean(signal, 50, again);
        new Autocorrelation().Mean(signal, 50, fresh);
        Assert.Equal(fresh, again);
    }

    private static void AssertMean(float[] signal, int windows)
    {
        var means = new double[Window];
        new Autocorrelation().Mean(signal, windows, means);

        var expected = new double[Window];
        for (var t = 0; t < windows; t++)
        {
            double[] x = [.. signal[t..(t + Window)].Select((value, i) => value * Math.Pow(Math.Sin(Math.PI * i / Window), 2))];
            var energy = x.Sum(value => value * value);
            for (var lag = 0; lag < Window; lag++)
            {
                var sum = 0.0;
                for (var i = lag; i < Window; i++)
                {
                    sum += x[i] * x[i - lag];
                }

                expected[lag] += sum / (energy < 1.17549435e-38 ? 1 : energy) / windows;
            }
        }

        Assert.All(expected.Zip(means), pair => Assert.Equal(pair.First, pair.Second, 1e-11));
    }
}
