using System.Runtime.Intrinsics;
using MusicRec.Audio.Features;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Tests.Spectra;

public sealed class RealFftTests
{
    private const int Size = FeatureVersion.FftSize;

    [Fact]
    public void Transform_RandomFrames_EqualsTheDefinition()
    {
        var frames = RandomFrames(seed: 1);
        var power = Transform(frames);
        for (var lane = 0; lane < RealFft.Lanes; lane++)
        {
            SlowTransform.AssertEqual(SlowTransform.DftPower(frames[lane]), power[lane]);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Transform_RandomFrames_EqualsMathNet(int seed)
    {
        var frames = RandomFrames(seed);
        var power = Transform(frames);
        for (var lane = 0; lane < RealFft.Lanes; lane++)
        {
            SlowTransform.AssertEqual(SlowTransform.MathNetPower(frames[lane]), power[lane]);
        }
    }

    /// <summary>Every bin alone: a cosine in bin k has all its power there, (2048/2)² or, at both ends, 2048².</summary>
    [Fact]
    public void Transform_CosineOfEachBin_HasItsPowerThere()
    {
        for (var first = 0; first < FeatureVersion.BinCount; first += RealFft.Lanes)
        {
            var bins = Enumerable.Range(first, RealFft.Lanes).Select(bin => Math.Min(bin, Size / 2)).ToArray();
            var power = Transform([.. bins.Select(Cosine)]);
            for (var lane = 0; lane < RealFft.Lanes; lane++)
            {
                var expected = new double[FeatureVersion.BinCount];
                expected[bins[lane]] = bins[lane] is 0 or Size / 2 ? (double)Size * Size : Size / 2.0 * (Size / 2.0);
                SlowTransform.AssertEqual(expected, power[lane]);
            }
        }

        static double[] Cosine(int bin) => [.. Enumerable.Range(0, Size).Select(n => Math.Cos(2 * Math.PI * bin * n / Size))];
    }

    [Fact]
    public void Transform_SilenceBesideLoudFrames_StaysExactlyZero()
    {
        var frames = RandomFrames(seed: 5);
        frames[2] = new double[Size];
        Assert.All(Transform(frames)[2], power => Assert.Equal(0f, power));
    }

    [Fact]
    public void Transform_WiderStride_LeavesThePlacesBetween()
    {
        const int Stride = 8;
        var frames = RandomFrames(seed: 6);
        var power = new float[FeatureVersion.BinCount * Stride];
        Array.Fill(power, -1);
        new RealFft().Transform(new Frames(frames), power, Stride);

        var expected = Transform(frames);
        for (var k = 0; k < FeatureVersion.BinCount; k++)
        {
            for (var place = 0; place < Stride; place++)
            {
                Assert.Equal(place < RealFft.Lanes ? expected[place][k] : -1, power[k * Stride + place]);
            }
        }
    }

    private static float[][] Transform(double[][] frames)
    {
        var power = new float[FeatureVersion.BinCount * RealFft.Lanes];
        new RealFft().Transform(new Frames(frames), power, RealFft.Lanes);
        return [.. Enumerable.Range(0, RealFft.Lanes).Select(lane =>
            Enumerable.Range(0, FeatureVersion.BinCount).Select(k => power[k * RealFft.Lanes + lane]).ToArray())];
    }

    private static double[][] RandomFrames(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, RealFft.Lanes).Select(_ => Enumerable.Range(0, Size).Select(_ => random.NextDouble() - 0.5).ToArray())];
    }

    private readonly struct Frames(double[][] frames) : IFftInput
    {
        public void Load(int element, int quarter, out Vector256<double> re, out Vector256<double> im)
        {
            re = Sample(2 * element + Size / 4 * quarter);
            im = Sample(2 * element + Size / 4 * quarter + 1);
        }

        private Vector256<double> Sample(int n) => Vector256.Create(frames[0][n], frames[1][n], frames[2][n], frames[3][n]);
    }
}
