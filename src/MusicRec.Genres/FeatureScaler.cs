using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MusicRec.Genres;

/// <summary>
/// Mean and standard deviation of each column; scales rows to mean 0 and deviation 1
/// (scikit-learn <c>StandardScaler</c>: population deviation, a constant column is divided by 1).
/// </summary>
public sealed class FeatureScaler
{
    private readonly double[] _means;
    private readonly double[] _deviations;

    /// <summary>Takes a scaler as it was stored.</summary>
    /// <param name="means">Mean of each column, finite.</param>
    /// <param name="deviations">Deviation of each column, finite and above 0, as many as means.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a value is out of range.</exception>
    public FeatureScaler(ReadOnlySpan<double> means, ReadOnlySpan<double> deviations)
    {
        if (means.IsEmpty || means.Length != deviations.Length)
        {
            throw new ArgumentException($"{means.Length} means and {deviations.Length} deviations do not fit.", nameof(deviations));
        }

        for (var i = 0; i < means.Length; i++)
        {
            if (!double.IsFinite(means[i]) || !double.IsFinite(deviations[i]) || deviations[i] <= 0)
            {
                throw new ArgumentException($"Column {i} has mean {means[i]} and deviation {deviations[i]}.", nameof(deviations));
            }
        }

        _means = means.ToArray();
        _deviations = deviations.ToArray();
    }

    /// <summary>Number of columns.</summary>
    public int ColumnCount => _means.Length;

    /// <summary>Mean of each column.</summary>
    public ReadOnlySpan<double> Means => _means;

    /// <summary>Standard deviation of each column; 1 where the column is constant.</summary>
    public ReadOnlySpan<double> Deviations => _deviations;

    /// <summary>Fits to rows of equal length; at least one row.</summary>
    /// <exception cref="ArgumentException">No row, or rows of different lengths.</exception>
    public static FeatureScaler Fit(IReadOnlyList<ReadOnlyMemory<double>> rows)
    {
        if (rows.Count == 0 || rows.Any(row => row.Length != rows[0].Length))
        {
            throw new ArgumentException("A scaler is fitted to at least one row, all of the same length.", nameof(rows));
        }

        return Fit(rows.Count, row => rows[row].Span);
    }

    /// <summary>Fits to rows of equal length, wherever they lie.</summary>
    /// <param name="count">1 or more.</param>
    /// <param name="row">The values of a row; each is asked for twice.</param>
    public static FeatureScaler Fit(int count, Func<int, ReadOnlySpan<double>> row)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var means = new double[row(0).Length];
        for (var i = 0; i < count; i++)
        {
            var values = row(i);
            for (var column = 0; column < means.Length; column++)
            {
                means[column] += values[column] / count;
            }
        }

        var variances = new double[means.Length];
        for (var i = 0; i < count; i++)
        {
            var values = row(i);
            for (var column = 0; column < means.Length; column++)
            {
                var deviation = values[column] - means[column];
                variances[column] += deviation * deviation / count;
            }
        }

        return new FeatureScaler(means, [.. variances.Select((variance, i) => Deviation(variance, means[i], count))]);
    }

    /// <summary>The scaler of the first columns.</summary>
    /// <param name="columns">1 or more.</param>
    public FeatureScaler Take(int columns) => columns == ColumnCount ? this : new(_means.AsSpan(0, columns), _deviations.AsSpan(0, columns));

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="ArgumentException">Not the bytes of a scaler.</exception>
    public static FeatureScaler FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % (2 * sizeof(double)) != 0)
        {
            throw new ArgumentException($"{bytes.Length} bytes are no scaler.", nameof(bytes));
        }

        var values = MemoryMarshal.Cast<byte, double>(bytes);
        return new FeatureScaler(values[..(values.Length / 2)], values[(values.Length / 2)..]);
    }

    /// <summary>All means, then all deviations, as doubles.</summary>
    public byte[] ToBytes() => MemoryMarshal.AsBytes<double>([.. _means, .. _deviations]).ToArray();

    /// <summary>Writes the scaled row, fast from the first call on; <paramref name="scaled"/> may be the same memory.</summary>
    /// <param name="row">One value per column.</param>
    /// <param name="scaled">Receives as many values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scale(ReadOnlySpan<double> row, Span<double> scaled)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, ColumnCount);
        var i = 0;
        for (; i <= row.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            ((Vector256.Create(row[i..]) - Vector256.Create(Means[i..])) / Vector256.Create(Deviations[i..])).CopyTo(scaled[i..]);
        }

        for (; i < row.Length; i++)
        {
            scaled[i] = (row[i] - _means[i]) / _deviations[i];
        }
    }

    /// <summary>scikit-learn takes a column for constant when its variance is no more than rounding can make.</summary>
    internal static double Deviation(double variance, double mean, int count)
    {
        const double Epsilon = 2.220446049250313e-16;
        var rounding = count * mean * Epsilon;
        return variance <= count * Epsilon * variance + rounding * rounding ? 1 : Math.Sqrt(variance);
    }
}
