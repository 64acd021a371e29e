using System.Numerics;

namespace MusicRec.Genres.Training;

/// <summary>Dense matrix products in single precision, for matrices of the size of a small network.</summary>
internal static class Gemm
{
    private const int RowBlock = 4;

    /// <summary>
    /// C = A B. A is m x k with element (i, p) at <c>a[i * aRow + p * aColumn]</c>, so that a transposed matrix needs no
    /// copy; B is k x n and C is m x n, both row by row.
    /// </summary>
    public static void Multiply(
        ReadOnlySpan<float> a, int aRow, int aColumn, ReadOnlySpan<float> b, Span<float> c, int m, int k, int n)
    {
        var width = 2 * Vector<float>.Count;
        var i = 0;
        for (; i <= m - RowBlock; i += RowBlock)
        {
            var j = 0;
            for (; j <= n - width; j += width)
            {
                MultiplyBlock(a[(i * aRow)..], aRow, aColumn, b[j..], c[(i * n + j)..], k, n);
            }

            for (var row = i; row < i + RowBlock; row++)
            {
                MultiplyRow(a[(row * aRow)..], aColumn, b, c.Slice(row * n, n), j, k, n);
            }
        }

        for (; i < m; i++)
        {
            MultiplyRow(a[(i * aRow)..], aColumn, b, c.Slice(i * n, n), 0, k, n);
        }
    }

    /// <summary>Four rows by two vectors: eight sums stay in registers over the whole inner dimension.</summary>
    private static void MultiplyBlock(
        ReadOnlySpan<float> a, int aRow, int aColumn, ReadOnlySpan<float> b, Span<float> c, int k, int n)
    {
        Vector<float> c00 = default, c01 = default, c10 = default, c11 = default;
        Vector<float> c20 = default, c21 = default, c30 = default, c31 = default;
        for (var p = 0; p < k; p++)
        {
            var row = b[(p * n)..];
            var b0 = new Vector<float>(row);
            var b1 = new Vector<float>(row[Vector<float>.Count..]);
            var at = p * aColumn;
            var x = new Vector<float>(a[at]);
            c00 = Vector.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector.FusedMultiplyAdd(x, b1, c01);
            x = new Vector<float>(a[at + aRow]);
            c10 = Vector.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector.FusedMultiplyAdd(x, b1, c11);
            x = new Vector<float>(a[at + 2 * aRow]);
            c20 = Vector.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector.FusedMultiplyAdd(x, b1, c21);
            x = new Vector<float>(a[at + 3 * aRow]);
            c30 = Vector.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector.FusedMultiplyAdd(x, b1, c31);
        }

        Store(c, c00, c01);
        Store(c[n..], c10, c11);
        Store(c[(2 * n)..], c20, c21);
        Store(c[(3 * n)..], c30, c31);
    }

    private static void Store(Span<float> c, Vector<float> first, Vector<float> second)
    {
        first.CopyTo(c);
        second.CopyTo(c[Vector<float>.Count..]);
    }

    /// <summary>The columns from <paramref name="first"/> on of one row, one by one.</summary>
    private static void MultiplyRow(
        ReadOnlySpan<float> a, int aColumn, ReadOnlySpan<float> b, Span<float> c, int first, int k, int n)
    {
        for (var j = first; j < n; j++)
        {
            var sum = 0f;
            for (var p = 0; p < k; p++)
            {
                sum = MathF.FusedMultiplyAdd(a[p * aColumn], b[p * n + j], sum);
            }

            c[j] = sum;
        }
    }
}
