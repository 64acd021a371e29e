using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MusicRec.Catalog.Similarity.Search;

/// <summary>
/// Sums of products of a query's bytes and those of 32 rows, in 16-bit lanes (layout: <see cref="RowCodes"/>). Whole numbers: the
/// same on every machine, with AVX2 or without.
/// </summary>
internal static class SumKernel
{
    /// <summary>Goes on to the first panel with a sum above the limit.</summary>
    /// <param name="lines">Panels, one after the other.</param>
    /// <param name="panel">The panel to begin with.</param>
    /// <param name="query">The asked vector.</param>
    /// <param name="limit">Sums above it are worth a look.</param>
    /// <param name="sums">Receives the 32 sums of the panel found.</param>
    /// <returns>The panel found, or the number of panels if there is none.</returns>
    public static int Find(ReadOnlySpan<byte> lines, int panel, QueryCode query, short limit, Span<short> sums)
    {
        var panelBytes = query.Pairs.Length * RowCodes.LineBytes;
        var limits = Vector256.Create(limit);
        for (; (panel + 1) * panelBytes <= lines.Length; panel++)
        {
            var (low, high) = Sum(lines.Slice(panel * panelBytes, panelBytes), query.Pairs, query.Start);
            if ((Vector256.GreaterThan(low, limits) | Vector256.GreaterThan(high, limits)) != Vector256<short>.Zero)
            {
                low.CopyTo(sums);
                high.CopyTo(sums[Vector256<short>.Count..]);
                break;
            }
        }

        return panel;
    }

    /// <summary>The sums of one panel: those of its first 16 rows and of the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<short> Low, Vector256<short> High) Sum(ReadOnlySpan<byte> panel, ReadOnlySpan<int> query, short start)
    {
        var low = Vector256.Create(start);
        var high = low;
        ref var line = ref Unsafe.AsRef(in panel[0]);
        for (var pair = 0; pair < query.Length; pair++)
        {
            var columns = Vector256.Create(query[pair]).AsSByte();
            low += MultiplyAdd(Vector256.LoadUnsafe(ref line, (nuint)(pair * RowCodes.LineBytes)), columns);
            high += MultiplyAdd(Vector256.LoadUnsafe(ref line, (nuint)(pair * RowCodes.LineBytes) + (nuint)Vector256<byte>.Count), columns);
        }

        return (low, high);
    }

    /// <summary>Products of unsigned and signed bytes, added by neighbours; bytes up to 127, so no sum is too large.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> MultiplyAdd(Vector256<byte> rows, Vector256<sbyte> query) =>
        Avx2.IsSupported ? Avx2.MultiplyAddAdjacent(rows, query) : MultiplyAddPortable(rows, query);

    /// <summary>The same on any machine: neighbours are the lower and the upper half of a 16-bit lane.</summary>
    internal static Vector256<short> MultiplyAddPortable(Vector256<byte> rows, Vector256<sbyte> query)
    {
        var (row, asked) = (rows.AsInt16(), query.AsInt16());
        var lower = (row & Vector256.Create((short)0xFF)) * Vector256.ShiftRightArithmetic(Vector256.ShiftLeft(asked, 8), 8);
        return lower + (Vector256.ShiftRightLogical(row, 8) * Vector256.ShiftRightArithmetic(asked, 8));
    }
}
