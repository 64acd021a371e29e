using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MusicRec.Genres;

namespace MusicRec.Catalog.Similarity;

/// <summary>
/// A table of vectors, scaled to mean 0 and deviation 1 by a scaler and brought to length 1, so that the cosine of two rows
/// is a dot product. The rows stay as they were given and are scaled when asked for: tables with other scalers share them. Immutable.
/// </summary>
/// <remarks>
/// What a start does for every song is compiled for speed at once (<see cref="MethodImplOptions.AggressiveOptimization"/>): the
/// runtime would notice only after the start that it is called often.
/// </remarks>
internal sealed class UnitVectors
{
    private readonly FeatureScaler _scaler;
    private readonly Func<int, ReadOnlySpan<double>> _row;

    /// <param name="scaler">Mean and deviation of each column.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="row">The values of a row, one per column of the scaler; always the same ones.</param>
    public UnitVectors(FeatureScaler scaler, int count, Func<int, ReadOnlySpan<double>> row)
    {
        _scaler = scaler;
        _row = row;
        Count = count;
    }

    public int Count { get; }

    public int Dimensions => _scaler.ColumnCount;

    /// <summary>What all vectors are scaled by.</summary>
    public FeatureScaler Scaler => _scaler;

    /// <summary>A row of length 1 (or 0), in memory of its own.</summary>
    public double[] this[int row]
    {
        get
        {
            var unit = new double[Dimensions];
            Copy(row, unit);
            return unit;
        }
    }

    /// <summary>No rows: it scales others.</summary>
    public static UnitVectors Empty(FeatureScaler scaler) => new(scaler, 0, _ => default);

    /// <summary>Writes a row of length 1 (or 0).</summary>
    public void Copy(int row, Span<double> unit) => ToUnit(_row(row), unit);

    /// <summary>The cosine of a unit vector and a row.</summary>
    public double Cosine(ReadOnlySpan<double> unit, int row)
    {
        Span<double> other = stackalloc double[Dimensions];
        Copy(row, other);
        return Cosine(unit, other);
    }

    /// <summary>Scales a vector as the rows are scaled.</summary>
    /// <param name="values">One value per column.</param>
    /// <param name="unit">Receives as many.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ToUnit(ReadOnlySpan<double> values, Span<double> unit)
    {
        _scaler.Scale(values, unit);
        var length = Math.Sqrt(Dot(unit, unit));

        if (length == 0)
        {
            // A row in the exact middle of the table has no direction: its cosine with every row is 0.
            unit.Clear();
            return;
        }

        var i = 0;
        for (; i <= unit.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            (Vector256.Create<double>(unit[i..]) / length).CopyTo(unit[i..]);
        }

        for (; i < unit.Length; i++)
        {
            unit[i] /= length;
        }
    }

    /// <summary>
    /// The cosine of two unit vectors of equal length, in one order of additions on every machine, so that equal songs have
    /// equal scores everywhere.
    /// </summary>
    public static double Cosine(ReadOnlySpan<double> left, ReadOnlySpan<double> right) => Math.Clamp(Dot(left, right), -1, 1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sums = Vector256<double>.Zero;
        var i = 0;
        for (; i <= left.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            sums += Vector256.Create(left[i..]) * Vector256.Create(right[i..]);
        }

        // Not Vector256.Sum: what order that adds in is the machine's choice.
        var sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
