using MusicRec.Genres.Training;

namespace MusicRec.Genres.Tests.Training;

public class GemmTests
{
    /// <summary>Sizes on both sides of the row block of 4 and of two vectors of 4, 8 or 16 numbers.</summary>
    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 67];

    [Fact]
    public void Multiply_AnySize_EqualsThePlainProduct()
    {
        var random = new Random(1);
        foreach (var m in Sizes)
        {
            foreach (var k in Sizes)
            {
                foreach (var n in Sizes)
                {
                    Check(m, k, n, transposed: false, random);
                    Check(m, k, n, transposed: true, random);
                }
            }
        }
    }

    [Fact]
    public void Multiply_TargetHoldsOldNumbers_ReplacesThem()
    {
        float[] c = [9, 9, 9, 9];

        Gemm.Multiply([1, 2, 3, 4], 2, 1, [5, 6, 7, 8], c, 2, 2, 2);

        Assert.Equal([19, 22, 43, 50], c);
    }

    [Fact]
    public void Multiply_TargetLongerThanNeeded_LeavesTheRestAlone()
    {
        var c = Enumerable.Repeat(float.NaN, 4 * 32 + 1).ToArray();

        Gemm.Multiply(new float[4], 1, 1, new float[32], c, 4, 1, 32);

        Assert.All(c[..^1], value => Assert.Equal(0, value));
        Assert.True(float.IsNaN(c[^1]));
    }

    private static void Check(int m, int k, int n, bool transposed, Random random)
    {
        var a = Values(m * k, random);
        var b = Values(k * n, random);
        var c = Enumerable.Repeat(float.NaN, m * n).ToArray();
        var (aRow, aColumn) = transposed ? (1, m) : (k, 1);

        Gemm.Multiply(a, aRow, aColumn, b, c, m, k, n);

        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var expected = 0.0;
                for (var p = 0; p < k; p++)
                {
                    expected += (double)(transposed ? a[p * m + i] : a[i * k + p]) * b[p * n + j];
                }

                if (!(Math.Abs(c[i * n + j] - expected) < 1e-5))
                {
                    Assert.Fail($"{m} x {k} x {n}, transposed {transposed}: element ({i}, {j}) is {c[i * n + j]}, not {expected}");
                }
            }
        }
    }

    private static float[] Values(int count, Random random) => [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextSingle() - 1)];
}
