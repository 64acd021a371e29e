namespace MusicRec.Audio.Tests;

/// <summary>Every operation on vectors against the same one on single numbers.</summary>
public sealed class LanesTests
{
    private static readonly double[] A = [.. Signals.Noise(8, seed: 1).Select(x => (double)x)];
    private static readonly double[] B = [.. Signals.Noise(8, seed: 2).Select(x => (double)x)];
    private static readonly double[] C = [.. Signals.Noise(8, seed: 3).Select(x => (double)x)];

    [Fact]
    public void FourLanes_EveryOperation_EqualsThatOfSingleNumbers() => AssertOperations<FourLanes>();

    [Fact]
    public void EightLanes_EveryOperation_EqualsThatOfSingleNumbers() => AssertOperations<EightLanes>();

    private static void AssertOperations<TLanes>()
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var (a, b, c) = (Make<TLanes>(A), Make<TLanes>(B), Make<TLanes>(C));
        AssertLanes(a + b, lane => A[lane] + B[lane]);
        AssertLanes(a - b, lane => A[lane] - B[lane]);
        AssertLanes(a * b, lane => A[lane] * B[lane]);
        AssertLanes(TLanes.Broadcast(3), _ => 3);
        AssertLanes(TLanes.MultiplyAdd(a, b, c), lane => A[lane] * B[lane] + C[lane], 1e-15);
        AssertLanes(TLanes.SubtractProduct(c, a, b), lane => C[lane] - A[lane] * B[lane], 1e-15);
        Assert.Equal(A.Take(TLanes.Count).Sum(), a.Sum(), 1e-14);

        float[] numbers = [.. Enumerable.Range(0, 64).Select(i => i + 0.25f)];
        AssertLanes(TLanes.Load(ref numbers[5]), lane => numbers[5 + lane]);
        AssertLanes(TLanes.Gather(ref numbers[5], 7), lane => numbers[5 + 7 * lane]);

        var written = new float[64];
        a.Store(ref written[3]);
        Assert.Equal(Enumerable.Range(0, 64).Select(i => i >= 3 && i < 3 + TLanes.Count ? (float)A[i - 3] : 0), written);

        written = new float[64];
        a.Scatter(ref written[3], 7);
        Assert.Equal(Enumerable.Range(0, 64).Select(i => i >= 3 && (i - 3) % 7 == 0 && (i - 3) / 7 < TLanes.Count ? (float)A[(i - 3) / 7] : 0), written);
    }

    private static TLanes Make<TLanes>(double[] values)
        where TLanes : unmanaged, ILanes<TLanes> => LaneValues.Make<TLanes>(lane => values[lane]);

    private static void AssertLanes<TLanes>(TLanes actual, Func<int, double> expected, double tolerance = 0)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        for (var lane = 0; lane < TLanes.Count; lane++)
        {
            Assert.Equal(expected(lane), LaneValues.Of(ref actual)[lane], tolerance);
        }
    }
}
