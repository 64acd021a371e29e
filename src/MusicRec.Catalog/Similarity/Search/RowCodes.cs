using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MusicRec.Catalog.Similarity.Search;

/// <summary>
/// The rows of a table in seven bits a column, and how wrong that can be: what the first pass of a search reads instead of
/// eight times as many doubles. Immutable.
/// </summary>
/// <remarks>
/// A panel is 32 rows. It is one line of 64 bytes for each pair of columns: both columns of row 0, both of row 1, and so on, so
/// that one multiply-add of adjacent bytes takes 16 rows a step further. A byte is 64 + round(value / step of its column), from
/// 1 to 127; an odd last column has an empty one beside it, and missing rows of the last panel are 64 throughout.
/// </remarks>
internal sealed class RowCodes
{
    /// <summary>Rows side by side.</summary>
    public const int PanelRows = 32;

    /// <summary>Bytes of a pair of columns in a panel.</summary>
    public const int LineBytes = 2 * PanelRows;

    /// <summary>The byte of value 0.</summary>
    public const int Zero = 64;

    /// <summary>The largest difference of a byte to <see cref="Zero"/>.</summary>
    public const int Most = 63;

    /// <summary>Covers the rounding of the double precision in which steps and errors are worked out.</summary>
    private const double Rounding = 1e-9;

    /// <summary>A smaller step counts as none: its inverse would be no number.</summary>
    private const double LeastStep = 1e-200;

    private readonly byte[] _bytes;
    private readonly int _first;

    /// <summary>Codes every row.</summary>
    public RowCodes(UnitVectors vectors)
    {
        Pairs = (vectors.Dimensions + 1) / 2;
        Panels = (vectors.Count + PanelRows - 1) / PanelRows;
        Steps = StepsOf(vectors);
        if ((long)Panels * Pairs * LineBytes > Array.MaxLength - LineBytes)
        {
            throw new NotSupportedException($"{vectors.Count} songs of {vectors.Dimensions} numbers are too many to be ranked in memory.");
        }

        // Pinned, so that lines stay where they are: on the processor's own lines.
        _bytes = GC.AllocateUninitializedArray<byte>((Panels * Pairs * LineBytes) + LineBytes, pinned: true);
        _first = FirstLineOf(_bytes);
        _bytes.AsSpan().Fill(Zero);
        Error = Math.Sqrt(Fill(vectors)) + Rounding;
    }

    /// <summary>Lines of a panel.</summary>
    public int Pairs { get; }

    /// <summary>Panels, the last one maybe not full.</summary>
    public int Panels { get; }

    /// <summary>Of each column, the value of one unit of its bytes; 0 where the column is 0 throughout.</summary>
    public double[] Steps { get; }

    /// <summary>No row is farther than this from what its bytes say (Euclidean).</summary>
    public double Error { get; }

    /// <summary>The lines of some panels.</summary>
    public ReadOnlySpan<byte> Lines(int panel, int count) => _bytes.AsSpan(_first + (panel * Pairs * LineBytes), count * Pairs * LineBytes);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] StepsOf(UnitVectors vectors)
    {
        var largest = new double[vectors.Dimensions];
        Span<double> unit = stackalloc double[vectors.Dimensions];
        for (var row = 0; row < vectors.Count; row++)
        {
            vectors.Copy(row, unit);
            for (var column = 0; column < unit.Length; column++)
            {
                largest[column] = Math.Max(largest[column], Math.Abs(unit[column]));
            }
        }

        return Array.ConvertAll(largest, value => value / Most < LeastStep ? 0 : value / Most);
    }

    private static int FirstLineOf(byte[] pinned)
    {
        var beyond = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0) % LineBytes);
        return beyond == 0 ? 0 : LineBytes - beyond;
    }

    /// <summary>Writes the bytes. Returns the largest squared distance of a row to what was written of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Fill(UnitVectors vectors)
    {
        var inverse = Array.ConvertAll(Steps, step => step > 0 ? 1 / step : 0);
        var error = 0.0;
        Span<double> unit = stackalloc double[vectors.Dimensions];
        for (var row = 0; row < vectors.Count; row++)
        {
            vectors.Copy(row, unit);
            var place = _first + (row / PanelRows * Pairs * LineBytes) + (row % PanelRows * 2);
            var squares = 0.0;
            for (var column = 0; column < unit.Length; column++)
            {
                var code = Math.Clamp(Math.Round(unit[column] * inverse[column]), -Most, Most);
                var wrong = unit[column] - (code * Steps[column]);
                squares += wrong * wrong;
                _bytes[place + (column / 2 * LineBytes) + (column % 2)] = (byte)(Zero + code);
            }

            error = Math.Max(error, squares);
        }

        return error;
    }
}
