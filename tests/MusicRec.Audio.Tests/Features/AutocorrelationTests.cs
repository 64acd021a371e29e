using MusicRec.Audio.Features;

namespace MusicRec.Audio.Tests.Features;

/// <summary>In four lanes and in eight.</summary>
public sealed class AutocorrelationTests
{
    private const int Window = Tempo.Window;

    /// <summary>Fewer windows than lanes, quarters of unequal length, and a whole song's worth.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(9)]
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
        AssertUsedEqualsFresh(new Autocorrelation<FourLanes>().Mean, new Autocorrelation<FourLanes>().Mean);
        AssertUsedEqualsFresh(new Autocorrelation<EightLanes>().Mean, new Autocorrelation<EightLanes>().Mean);
    }

    private delegate void Average(ReadOnlySpan<float> signal, int windows, Span<double> means);

    private static void AssertUsedEqualsFresh(Average used, Average fresh)
    {
        used(Signals.Noise(900 + Window, seed: 2), 900, new double[Window]);
        var signal = Signals.Noise(50 + Window, seed: 3);
        var (again, first) = (new double[Window], new double[Window]);
        used(signal, 50, again);
        fresh(signal, 50, first);
        Assert.Equal(first, again);
    }

    private static void AssertMean(float[] signal, int windows)
    {
        var expected = PlainMean(signal, windows);
        var means = new double[Window];
        new Autocorrelation<FourLanes>().Mean(signal, windows, means);
        Assert.All(expected.Zip(means), pair => Assert.Equal(pair.First, pair.Second, 1e-11));
        new Autocorrelation<EightLanes>().Mean(signal, windows, means);
        Assert.All(expected.Zip(means), pair => Assert.Equal(pair.First, pair.Second, 1e-11));
    }

    private static double[] PlainMean(float[] signal, int windows)
    {
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

        return expected;
    }
}
