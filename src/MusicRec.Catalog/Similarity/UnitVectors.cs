using System.Runtime.Intrinsics;
using MusicRec.Genres;

namespace MusicRec.Catalog.Similarity;

/// <summary>
/// A table of vectors, scaled to mean 0 and deviation 1 by a scaler and brought to length 1, so that the cosine of two rows
/// is a dot product. Immutable.
/// </summary>
internal sealed class UnitVectors
{
    private readonly FeatureScaler _scaler;
    private readonly double[] _values;

    /// <param name="scaler">Mean and deviation of each column.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="row">The values of a row, one per column of the scaler.</param>
    public UnitVectors(FeatureScaler scaler, int count, Func<int, ReadOnlySpan<double>> row)
    {
        _scaler = scaler;
        Count = count;
        _values = new double[count * scaler.ColumnCount];
        for (var i = 0; i < count; i++)
        {
            ToUnit(row(i), _values.AsSpan(i * Dimensions, Dimensions));
        }
    }

    public int Count { get; }

    public int Dimensions => _scaler.ColumnCount;

    public ReadOnlySpan<double> this[int row] => _values.AsSpan(row * Dimensions, Dimensions);

    /// <summary>Scales a vector as the rows are scaled.</summary>
    /// <param name="values">One value per column.</param>
    /// <param name="unit">Receives as many.</param>
    public void ToUnit(ReadOnlySpan<double> values, Span<double> unit)
    {
        _scaler.Scale(values, unit);
        var squares = 0.0;
        foreach (var value in unit)
        {
            squares += value * value;
        }

        // A row in the exact middle of the table has no direction: its cosine with every row is 0.
        var length = Math.Sqrt(squares);
        foreach (ref var value in unit)
        {
            value = length > 0 ? value / length : 0;
        }
    }

    /// <summary>
    /// The cosine of two unit vectors of equal length, in one order of additions on every machine, so that equal songs have
    /// equal scores everywhere.
    /// </summary>
    public static double Cosine(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sums = Vector256<double>.Zero;
        var i = 0;
        for (; i <= left.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            sums += Vector256.Create(left[i..]) * Vector256.Create(right[i..]);
        }

        var sum = Vector256.Sum(sums);
        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return Math.Clamp(sum, -1, 1);
    }
}
