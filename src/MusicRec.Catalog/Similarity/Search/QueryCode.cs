using System.Numerics.Tensors;

namespace MusicRec.Catalog.Similarity.Search;

/// <summary>
/// An asked vector in eight bits a column, for one table of <see cref="RowCodes"/>: the sum of products of its bytes and a
/// row's, times <see cref="Unit"/>, is the cosine to within <see cref="Bound"/>.
/// </summary>
/// <remarks>
/// Let q be the asked vector, x a row, x' what its bytes say and e = x - x'. Column c of the query is stored as
/// round(q[c] · step[c] / unit), which leaves an error d[c] of q[c] · step[c]. Then
/// <code>q·x = unit · sum + Σ d[c] · byte[c] + q·e</code>
/// The last term is at most |q| · |e| (Cauchy and Schwarz), the one before at most 63 · Σ |d[c]| and, as byte[c] = x'[c] / step[c],
/// at most |d / step| · |x'|. The unit is chosen so that products of two neighbouring bytes and the sum fit into 16 bits.
/// </remarks>
internal sealed class QueryCode
{
    private const int MostByte = 127;
    private const double Rounding = 1e-9;

    /// <summary>Codes an asked vector.</summary>
    /// <param name="codes">The table.</param>
    /// <param name="unit">Of length 1 or 0, longer if it says nothing of a part.</param>
    public QueryCode(RowCodes codes, ReadOnlySpan<double> unit)
    {
        var length = Math.Sqrt(TensorPrimitives.SumOfSquares(unit));
        Unit = UnitOf(codes, unit, length);
        Pairs = new int[codes.Pairs];
        var (sum, apart, squares) = (0, 0.0, 0.0);
        for (var column = 0; column < unit.Length; column++)
        {
            var step = codes.Steps[column];
            var code = (int)Math.Clamp(Math.Round(unit[column] * step / Unit), -MostByte, MostByte);
            var wrong = Math.Abs((unit[column] * step) - (code * Unit));
            sum += code;
            apart += wrong;
            squares += step > 0 ? wrong / step * (wrong / step) : 0;

            // Twice in an integer: a broadcast of 32 bits is what processors are good at.
            Pairs[column / 2] |= (code & 0xFF) * 0x0001_0001 << (column % 2 * 8);
        }

        Start = unchecked((short)(-RowCodes.Zero * sum));
        Bound = (length * codes.Error) + Math.Min(RowCodes.Most * apart, Math.Sqrt(squares) * (1 + codes.Error)) + Rounding;
    }

    /// <summary>Of each pair of columns the two signed bytes, twice.</summary>
    public int[] Pairs { get; }

    /// <summary>What a sum starts with, so that the zero of the rows' bytes cancels out.</summary>
    public short Start { get; }

    /// <summary>The cosine of one unit of the sum.</summary>
    public double Unit { get; }

    /// <summary>The most a cosine can differ from the sum times <see cref="Unit"/>.</summary>
    public double Bound { get; }

    private static double UnitOf(RowCodes codes, ReadOnlySpan<double> unit, double length)
    {
        // Rounding the query moves a sum by at most half a unit times the largest byte in each column.
        var mostSum = short.MaxValue - 1 - (RowCodes.Most * unit.Length / 2);
        var least = Math.Max(1, length) * (1 + codes.Error) / mostSum;
        for (var column = 0; column < unit.Length; column++)
        {
            least = Math.Max(least, Math.Abs(unit[column]) * codes.Steps[column] / MostByte);
        }

        return least;
    }
}
