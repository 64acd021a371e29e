using System.Runtime.CompilerServices;

namespace MusicRec.Genres;

/// <summary>
/// Fits a <see cref="FeatureScaler"/> to rows that are seen once and not kept (Welford 1962): equal to
/// <see cref="FeatureScaler.Fit(int, Func{int, ReadOnlySpan{double}})"/> but for rounding, which depends on the order of the rows.
/// </summary>
/// <param name="columnCount">Values of each row.</param>
public sealed class RunningScaler(int columnCount)
{
    private readonly double[] _means = new double[columnCount];
    private readonly double[] _squares = new double[columnCount];

    /// <summary>Rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a row of finite numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It has another number of columns.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<double> row)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, _means.Length);
        Count++;
        for (var column = 0; column < row.Length; column++)
        {
            var deviation = row[column] - _means[column];
            _means[column] += deviation / Count;
            _squares[column] += deviation * (row[column] - _means[column]);
        }
    }

    /// <summary>The scaler of all rows so far.</summary>
    /// <exception cref="InvalidOperationException">There was none.</exception>
    public FeatureScaler ToScaler() => Count == 0
        ? throw new InvalidOperationException("A scaler is fitted to at least one row.")
        : new FeatureScaler(_means, [.. _squares.Select((square, column) => FeatureScaler.Deviation(square / Count, _means[column], Count))]);
}
