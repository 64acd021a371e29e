using CsCheck;
using MusicRec.Audio.Resampling;

namespace MusicRec.Audio.Tests.Resampling;

/// <summary>The kernels against their definitions, computed slowly in double precision.</summary>
public sealed class FilterTests
{
    private static readonly Gen<float[]> Signal = Gen.Float[-1, 1].Array[1, 200];
    private static readonly Gen<float[]> OddFilter = Gen.Int[0, 40].SelectMany(half => Gen.Float[-1, 1].Array[2 * half + 1]);

    [Fact]
    public void FirApply_RandomSignals_EqualsPlainSum() =>
        Gen.Select(Signal, Gen.Float[-1, 1].Array[1, 60]).Sample((signal, taps) =>
        {
            var x = new float[signal.Length + taps.Length - 1];
            signal.CopyTo(x, taps.Length - 1);
            var y = new float[signal.Length];
            Fir.Apply(x, taps, y);
            for (var m = 0; m < y.Length; m++)
            {
                var expected = Enumerable.Range(0, taps.Length).Sum(k => (double)taps[k] * x[m + k]);
                Assert.Equal(expected, y[m], 1e-5);
            }
        });

    [Fact]
    public void Halver_RandomSignals_EqualsConvolutionAtEverySecondSample() =>
        Gen.Select(Signal, OddFilter).Sample((x, h) =>
        {
            Symmetrize(h);
            var y = new SampleBuffer();
            new Halver(h).Apply(x, (x.Length + h.Length) / 2, y);
            var samples = y.Samples.ToArray();
            for (var m = 0; m < samples.Length; m++)
            {
                Assert.Equal(Convolve(x, h, 2 * m), samples[m], 1e-5);
            }
        });

    [Fact]
    public void FftHalver_RandomSignals_EqualsConvolutionAtEverySecondSample() =>
        Gen.Select(Gen.Float[-1, 1].Array[1, 20000], OddFilter).Sample(
            (x, h) =>
            {
                Symmetrize(h);
                var y = Halve(h, x, (x.Length + h.Length) / 2);
                for (var m = 0; m < y.Length; m++)
                {
                    Assert.Equal(Convolve(x, h, 2 * m), y[m], 1e-6);
                }
            },
            iter: 20);

    /// <summary>A group of blocks may begin behind the signal, when more outputs are asked for than the signal has.</summary>
    [Fact]
    public void FftHalver_OutputsFarBehindTheSignal_AreZeroButForRounding()
    {
        var y = Halve(KaiserSinc.Taps(33, 0.4784359133, 13, 1), [1, 1, 1], 40_000);

        Assert.NotEqual(0, y[0]);
        Assert.All(y[20..], value => Assert.Equal(0, value, 1e-12));
    }

    /// <summary>Runs of zeros between noise: where the filter meets only zeros the output is zero, elsewhere it is not.</summary>
    [Theory]
    [InlineData(389)]
    [InlineData(421)]
    [InlineData(7)]
    public void FftHalver_SilenceBetweenNoise_IsExactlyZeroWhereTheFilterMeetsZerosOnly(int length)
    {
        var h = KaiserSinc.Taps(length, 0.4784359133, 13, 1);
        var random = new Random(length);
        foreach (var start in new[] { 0, 1, 500, 5001 })
        {
            foreach (var run in new[] { length - 2, length - 1, length, length + 1, 2 * length, 3000 })
            {
                float[] x = [.. Enumerable.Range(0, 9000).Select(n => n >= start && n < start + run ? 0 : random.NextSingle() + 0.1f), .. new float[2 * length + 1]];
                var y = Halve(h, x, x.Length / 2);
                for (var m = 0; m < y.Length; m++)
                {
                    var (first, last) = (Math.Max(0, 2 * m - length / 2), Math.Min(x.Length - 1, 2 * m + length / 2));
                    Assert.Equal(x.AsSpan(first, last - first + 1).IndexOfAnyExcept(0f) < 0, y[m] == 0);
                }
            }
        }
    }

    /// <summary>By four lanes, after it was seen that eight give the same bits.</summary>
    private static float[] Halve(float[] taps, float[] x, int outputs)
    {
        var (four, eight) = (new float[outputs], new float[outputs]);
        four.AsSpan().Fill(1);
        eight.AsSpan().Fill(1);
        new FftHalver<FourLanes>(taps).Apply(x, four);
        new FftHalver<EightLanes>(taps).Apply(x, eight);
        Assert.Equal(four, eight);
        return four;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Upsampler_RandomSignals_EqualsConvolutionOfTheStuffedSignal(int factor) =>
        Gen.Select(Signal, OddFilter).Sample((x, h) =>
        {
            var stuffed = new float[x.Length * factor];
            for (var n = 0; n < x.Length; n++)
            {
                stuffed[n * factor] = x[n];
            }

            var source = new SampleBuffer();
            source.Set(x);
            var y = new SampleBuffer();
            new Upsampler(h, factor).Apply(source, factor * x.Length + 7, y);
            var samples = y.Samples.ToArray();
            for (var n = 0; n < samples.Length; n++)
            {
                Assert.Equal(Convolve(stuffed, h, n), samples[n], 1e-5);
            }
        });

    [Theory]
    [InlineData(320, 147)]
    [InlineData(12, 7)]
    [InlineData(44101, 22050)]
    public void Interpolator_RandomSignals_EqualsTheContinuousSum(int inputRate, int outputRate) =>
        Signal.Sample(signal =>
        {
            var kernel = new KaiserSinc(0.45, 13.7, 20.3);
            var interpolator = new Interpolator(kernel, inputRate, outputRate);
            var x = new SampleBuffer();
            x.Set(signal);
            var y = new float[signal.Length * outputRate / inputRate];
            interpolator.Apply(x, y);
            for (var m = 0; m < y.Length; m++)
            {
                var position = (double)m * inputRate / outputRate;
                var expected = Enumerable.Range(0, signal.Length).Sum(i => kernel.At(position - i) * signal[i]);
                Assert.Equal(expected, y[m], 3e-6);
            }
        });

    private static double Convolve(float[] x, float[] h, int n)
    {
        var half = h.Length / 2;
        var sum = 0.0;
        for (var j = -half; j <= half; j++)
        {
            sum += n - j >= 0 && n - j < x.Length ? (double)h[j + half] * x[n - j] : 0;
        }

        return sum;
    }

    private static void Symmetrize(float[] h)
    {
        for (var i = 0; i < h.Length / 2; i++)
        {
            h[^(i + 1)] = h[i];
        }
    }
}
