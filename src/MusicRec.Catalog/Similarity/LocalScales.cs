using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MusicRec.Catalog.Similarity;

/// <summary>
/// How wide the neighbourhood of each row is: the distance of its unit vector to its tenth neighbour's. Exact: single
/// precision only rules pairs out that cannot be among the ten, the others are worked out in double.
/// </summary>
internal static class LocalScales
{
    /// <summary>The neighbour whose distance is taken; the last one where there are fewer.</summary>
    public const int Neighbour = 10;

    /// <summary>For rows with ten twins, whose neighbourhood has no width: nothing is divided by 0.</summary>
    public const double Least = 1e-3;

    /// <summary>More than single precision can be wrong by on a dot product of unit vectors.</summary>
    private const float Doubt = 1e-4f;

    private const int QueriesPerBlock = 64;
    private const int QueriesAtOnce = 4;

    /// <summary>Panels gone through before the next queries' turn: few enough to stay in the processor's cache.</summary>
    private const int PanelsPerTile = 256;

    private static readonly int PanelRows = Vector256<float>.Count;

    /// <summary>Distances between <see cref="Least"/> and 2, in the order of the rows; 1 for an only row.</summary>
    public static double[] Compute(UnitVectors vectors, CancellationToken cancellationToken)
    {
        var scales = new double[vectors.Count];
        var neighbour = Math.Min(Neighbour, vectors.Count - 1);
        if (neighbour < 1)
        {
            Array.Fill(scales, 1);
            return scales;
        }

        var panels = ToPanels(vectors);
        var blocks = (vectors.Count + QueriesPerBlock - 1) / QueriesPerBlock;
        Parallel.For(0, blocks, new ParallelOptions { CancellationToken = cancellationToken }, block =>
        {
            var first = block * QueriesPerBlock;
            ScaleBlock(vectors, panels, first, neighbour, scales.AsSpan(first, Math.Min(QueriesPerBlock, vectors.Count - first)));
        });
        return scales;
    }

    /// <summary>The same rows in single precision, eight side by side, column by column; missing rows of the last panel are 0.</summary>
    private static Vector256<float>[] ToPanels(UnitVectors vectors)
    {
        var panels = new Vector256<float>[(vectors.Count + PanelRows - 1) / PanelRows * vectors.Dimensions];
        var floats = MemoryMarshal.Cast<Vector256<float>, float>(panels.AsSpan());
        for (var row = 0; row < vectors.Count; row++)
        {
            var unit = vectors[row];
            for (var column = 0; column < unit.Length; column++)
            {
                floats[(((row / PanelRows * unit.Length) + column) * PanelRows) + (row % PanelRows)] = (float)unit[column];
            }
        }

        return panels;
    }

    private static void ScaleBlock(UnitVectors vectors, Vector256<float>[] panels, int first, int neighbour, Span<double> scales)
    {
        var best = new double[scales.Length * neighbour];
        Array.Fill(best, double.NegativeInfinity);
        var tile = PanelsPerTile * vectors.Dimensions;
        for (var start = 0; start < panels.Length; start += tile)
        {
            var part = panels.AsSpan(start, Math.Min(tile, panels.Length - start));
            for (var query = 0; query < scales.Length; query += QueriesAtOnce)
            {
                var queries = Math.Min(QueriesAtOnce, scales.Length - query);
                Compare(vectors, part, start / vectors.Dimensions * PanelRows, first + query, best.AsSpan(query * neighbour, queries * neighbour), neighbour);
            }
        }

        for (var query = 0; query < scales.Length; query++)
        {
            scales[query] = Math.Max(Least, Math.Sqrt(2 * (1 - best[query * neighbour])));
        }
    }

    /// <summary>Compares up to four rows with a tile of panels.</summary>
    /// <param name="vectors">The rows in double precision.</param>
    /// <param name="panels">The tile.</param>
    /// <param name="row">First row of the tile.</param>
    /// <param name="first">First of the compared rows.</param>
    /// <param name="best">Of each compared row the largest cosines so far, ascending.</param>
    /// <param name="neighbour">How many cosines each row has in <paramref name="best"/>.</param>
    private static void Compare(UnitVectors vectors, ReadOnlySpan<Vector256<float>> panels, int row, int first, Span<double> best, int neighbour)
    {
        var columns = vectors.Dimensions;
        var queries = best.Length / neighbour;
        Span<float> values = new float[QueriesAtOnce * columns];
        for (var query = 0; query < queries; query++)
        {
            var unit = vectors[first + query];
            for (var column = 0; column < columns; column++)
            {
                values[(column * QueriesAtOnce) + query] = (float)unit[column];
            }
        }

        Span<Vector256<float>> dots = stackalloc Vector256<float>[QueriesAtOnce];
        for (; !panels.IsEmpty; panels = panels[columns..], row += PanelRows)
        {
            Multiply(panels[..columns], values, dots);
            for (var query = 0; query < queries; query++)
            {
                var mine = best.Slice(query * neighbour, neighbour);
                var candidates = Vector256.GreaterThanOrEqual(dots[query], Vector256.Create((float)mine[0] - Doubt)).ExtractMostSignificantBits();
                for (; candidates != 0; candidates &= candidates - 1)
                {
                    Offer(vectors, first + query, row + int.CreateTruncating(uint.TrailingZeroCount(candidates)), mine);
                }
            }
        }
    }

    private static void Multiply(ReadOnlySpan<Vector256<float>> panel, ReadOnlySpan<float> values, Span<Vector256<float>> dots)
    {
        var (a, b, c, d) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        for (var column = 0; column < panel.Length; column++)
        {
            var rows = panel[column];
            var four = values.Slice(column * QueriesAtOnce, QueriesAtOnce);
            a = Vector256.FusedMultiplyAdd(rows, Vector256.Create(four[0]), a);
            b = Vector256.FusedMultiplyAdd(rows, Vector256.Create(four[1]), b);
            c = Vector256.FusedMultiplyAdd(rows, Vector256.Create(four[2]), c);
            d = Vector256.FusedMultiplyAdd(rows, Vector256.Create(four[3]), d);
        }

        dots[0] = a;
        dots[1] = b;
        dots[2] = c;
        dots[3] = d;
    }

    private static void Offer(UnitVectors vectors, int query, int row, Span<double> best)
    {
        if (row == query || row >= vectors.Count)
        {
            return;
        }

        var cosine = UnitVectors.Cosine(vectors[query], vectors[row]);
        if (cosine <= best[0])
        {
            return;
        }

        var place = 1;
        for (; place < best.Length && best[place] < cosine; place++)
        {
            best[place - 1] = best[place];
        }

        best[place - 1] = cosine;
    }
}
