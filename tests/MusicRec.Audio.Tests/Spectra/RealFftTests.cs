using MusicRec.Audio.Features;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Tests.Spectra;

/// <summary>Four frames at once and eight.</summary>
public sealed class RealFftTests
{
    private const int Size = FeatureVersion.FftSize;

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void Transform_RandomFrames_EqualsTheDefinition(int lanes)
    {
        var frames = RandomFrames(lanes, seed: 1);
        var power = Transform(frames);
        for (var lane = 0; lane < lanes; lane++)
        {
            SlowTransform.AssertEqual(SlowTransform.DftPower(frames[lane]), power[lane]);
        }
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(4, 3)]
    [InlineData(8, 4)]
    [InlineData(8, 5)]
    public void Transform_RandomFrames_EqualsMathNet(int lanes, int seed)
    {
        var frames = RandomFrames(lanes, seed);
        var power = Transform(frames);
        for (var lane = 0; lane < lanes; lane++)
        {
            SlowTransform.AssertEqual(SlowTransform.MathNetPower(frames[lane]), power[lane]);
        }
    }

    /// <summary>Every bin alone: a cosine in bin k has all its power there, (2048/2)² or, at both ends, 2048².</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void Transform_CosineOfEachBin_HasItsPowerThere(int lanes)
    {
        for (var first = 0; first < FeatureVersion.BinCount; first += lanes)
        {
            var bins = Enumerable.Range(first, lanes).Select(bin => Math.Min(bin, Size / 2)).ToArray();
            var power = Transform([.. bins.Select(Cosine)]);
            for (var lane = 0; lane < lanes; lane++)
            {
                var expected = new double[FeatureVersion.BinCount];
                expected[bins[lane]] = bins[lane] is 0 or Size / 2 ? (double)Size * Size : Size / 2.0 * (Size / 2.0);
                SlowTransform.AssertEqual(expected, power[lane]);
            }
        }

        static double[] Cosine(int bin) => [.. Enumerable.Range(0, Size).Select(n => Math.Cos(2 * Math.PI * bin * n / Size))];
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void Transform_SilenceBesideLoudFrames_StaysExactlyZero(int lanes)
    {
        var frames = RandomFrames(lanes, seed: 5);
        frames[2] = new double[Size];
        Assert.All(Transform(frames)[2], power => Assert.Equal(0f, power));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void Transform_WiderStride_LeavesThePlacesBetween(int lanes)
    {
        const int Stride = 12;
        var frames = RandomFrames(lanes, seed: 6);
        var power = new float[FeatureVersion.BinCount * Stride];
        Array.Fill(power, -1);
        Transform(frames, power, Stride);

        var expected = Transform(frames);
        for (var k = 0; k < FeatureVersion.BinCount; k++)
        {
            for (var place = 0; place < Stride; place++)
            {
                Assert.Equal(place < lanes ? expected[place][k] : -1, power[k * Stride + place]);
            }
        }
    }

    private static float[][] Transform(double[][] frames)
    {
        var lanes = frames.Length;
        var power = new float[FeatureVersion.BinCount * lanes];
        Transform(frames, power, lanes);
        return [.. Enumerable.Range(0, lanes).Select(lane =>
            Enumerable.Range(0, FeatureVersion.BinCount).Select(k => power[k * lanes + lane]).ToArray())];
    }

    private static void Transform(double[][] frames, float[] power, int stride)
    {
        if (frames.Length == FourLanes.Count)
        {
            new RealFft<FourLanes>().Transform(new Frames<FourLanes>(frames), power, stride);
        }
        else
        {
            new RealFft<EightLanes>().Transform(new Frames<EightLanes>(frames), power, stride);
        }
    }

    private static double[][] RandomFrames(int lanes, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, lanes).Select(_ => Enumerable.Range(0, Size).Select(_ => random.NextDouble() - 0.5).ToArray())];
    }

    private readonly struct Frames<TLanes>(double[][] frames) : IFftInput<TLanes>
        where TLanes : unmanaged, ILanes<TLanes>
    {
        public void Load(int element, int quarter, out TLanes re, out TLanes im)
        {
            re = Sample(2 * element + Size / 4 * quarter);
            im = Sample(2 * element + Size / 4 * quarter + 1);
        }

        private TLanes Sample(int n)
        {
            var values = frames;
            return LaneValues.Make<TLanes>(lane => values[lane][n]);
        }
    }
}
