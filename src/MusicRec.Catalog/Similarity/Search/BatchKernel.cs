using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MusicRec.Catalog.Similarity.Search;

/// <summary>
/// <see cref="SumKernel"/> for four queries at once: each line of the panels is loaded once for all of them. The bytes of the
/// queries lie side by side: pair 0 of the four, pair 1 of the four, and so on.
/// </summary>
internal static class BatchKernel
{
    /// <summary>Queries at once: with more, the sums would no longer fit into the processor's registers.</summary>
    public const int Queries = 4;

    /// <summary>Goes on to the first panel with a sum above the limit of its query.</summary>
    /// <param name="lines">Panels, one after the other.</param>
    /// <param name="panel">The panel to begin with.</param>
    /// <param name="pairs">The bytes of the four queries.</param>
    /// <param name="starts">What the sums of each query start with.</param>
    /// <param name="limits">Sums above it are worth a look.</param>
    /// <param name="sums">Receives the 32 sums of each query.</param>
    /// <returns>The panel found, or the number of panels if there is none.</returns>
    public static int Find(
        ReadOnlySpan<byte> lines, int panel, ReadOnlySpan<int> pairs, ReadOnlySpan<short> starts, ReadOnlySpan<short> limits, Span<short> sums)
    {
        var panelBytes = pairs.Length / Queries * RowCodes.LineBytes;
        ref var line = ref Unsafe.AsRef(in lines[0]);
        ref var asked = ref Unsafe.AsRef(in pairs[0]);
        var (start0, start1, start2, start3) = (starts[0], starts[1], starts[2], starts[3]);
        var (limit0, limit1, limit2, limit3) = (limits[0], limits[1], limits[2], limits[3]);
        for (; (panel + 1) * panelBytes <= lines.Length; panel++)
        {
            ref var first = ref Unsafe.Add(ref line, panel * panelBytes);
            var (low0, low1, low2, low3) = (Vector256.Create(start0), Vector256.Create(start1), Vector256.Create(start2), Vector256.Create(start3));
            var (high0, high1, high2, high3) = (low0, low1, low2, low3);
            for (var pair = 0; pair * Queries < pairs.Length; pair++)
            {
                var low = Vector256.LoadUnsafe(ref first, (nuint)(pair * RowCodes.LineBytes));
                var high = Vector256.LoadUnsafe(ref first, (nuint)(pair * RowCodes.LineBytes) + (nuint)Vector256<byte>.Count);
                ref var four = ref Unsafe.Add(ref asked, pair * Queries);
                var query = Vector256.Create(four).AsSByte();
                low0 += SumKernel.MultiplyAdd(low, query);
                high0 += SumKernel.MultiplyAdd(high, query);
                query = Vector256.Create(Unsafe.Add(ref four, 1)).AsSByte();
                low1 += SumKernel.MultiplyAdd(low, query);
                high1 += SumKernel.MultiplyAdd(high, query);
                query = Vector256.Create(Unsafe.Add(ref four, 2)).AsSByte();
                low2 += SumKernel.MultiplyAdd(low, query);
                high2 += SumKernel.MultiplyAdd(high, query);
                query = Vector256.Create(Unsafe.Add(ref four, 3)).AsSByte();
                low3 += SumKernel.MultiplyAdd(low, query);
                high3 += SumKernel.MultiplyAdd(high, query);
            }

            var above = Above(low0, high0, limit0) | Above(low1, high1, limit1) | Above(low2, high2, limit2) | Above(low3, high3, limit3);
            if (above != Vector256<short>.Zero)
            {
                Copy(low0, high0, sums);
                Copy(low1, high1, sums[RowCodes.PanelRows..]);
                Copy(low2, high2, sums[(2 * RowCodes.PanelRows)..]);
                Copy(low3, high3, sums[(3 * RowCodes.PanelRows)..]);
                break;
            }
        }

        return panel;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Above(Vector256<short> low, Vector256<short> high, short limit)
    {
        var limits = Vector256.Create(limit);
        return Vector256.GreaterThan(low, limits) | Vector256.GreaterThan(high, limits);
    }

    private static void Copy(Vector256<short> low, Vector256<short> high, Span<short> sums)
    {
        low.CopyTo(sums);
        high.CopyTo(sums[Vector256<short>.Count..]);
    }
}
