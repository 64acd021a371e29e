using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MusicRec.Catalog.Similarity.Search;

/// <summary><see cref="SumKernel"/> with a limit of its own for each row, as local scaling needs it.</summary>
internal static class ScaledKernel
{
    /// <summary>More than single precision is wrong by where it matters: near the limit all terms are at most 3.</summary>
    private const double Doubt = 1e-5;

    /// <summary>Goes on to the first panel with a row whose score, (cosine - 1) / scale, may reach the least one asked for.</summary>
    /// <param name="lines">Panels, one after the other.</param>
    /// <param name="panel">The panel to begin with.</param>
    /// <param name="query">The asked vector.</param>
    /// <param name="scales">Of each row of these panels, above 0.</param>
    /// <param name="least">The least score, 0 or below.</param>
    /// <param name="sums">Receives the 32 sums of the panel found.</param>
    /// <returns>The panel found, or the number of panels if there is none.</returns>
    public static int Find(ReadOnlySpan<byte> lines, int panel, QueryCode query, ReadOnlySpan<float> scales, double least, Span<short> sums)
    {
        // cosine >= 1 + least · scale  <=>  sum · unit - least · scale >= 1 - bound
        var panelBytes = query.Pairs.Length * RowCodes.LineBytes;
        var unit = Vector256.Create((float)query.Unit);
        var minusLeast = Vector256.Create((float)(-least * (1 + Doubt)));
        var limit = Vector256.Create((float)(1 - query.Bound - Doubt));
        for (; (panel + 1) * panelBytes <= lines.Length; panel++)
        {
            var (low, high) = SumKernel.Sum(lines.Slice(panel * panelBytes, panelBytes), query.Pairs, query.Start);
            var scale = scales.Slice(panel * RowCodes.PanelRows, RowCodes.PanelRows);
            var reached = Reach(Vector256.WidenLower(low), scale, unit, minusLeast, limit)
                | Reach(Vector256.WidenUpper(low), scale[8..], unit, minusLeast, limit)
                | Reach(Vector256.WidenLower(high), scale[16..], unit, minusLeast, limit)
                | Reach(Vector256.WidenUpper(high), scale[24..], unit, minusLeast, limit);
            if (reached != Vector256<int>.Zero)
            {
                low.CopyTo(sums);
                high.CopyTo(sums[Vector256<short>.Count..]);
                break;
            }
        }

        return panel;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Reach(
        Vector256<int> sums, ReadOnlySpan<float> scales, Vector256<float> unit, Vector256<float> minusLeast, Vector256<float> limit) =>
        Vector256.GreaterThanOrEqual((Vector256.ConvertToSingle(sums) * unit) + (minusLeast * Vector256.Create(scales)), limit).AsInt32();
}
