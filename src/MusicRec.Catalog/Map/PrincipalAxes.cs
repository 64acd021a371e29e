using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace MusicRec.Catalog.Map;

/// <summary>
/// The two directions in which the songs of a catalog differ most (principal component analysis). One pass over the rows, one order of
/// additions: the same rows have the same axes everywhere.
/// </summary>
/// <param name="X">The direction of most variation.</param>
/// <param name="Y">The direction of most variation at right angles to it.</param>
internal sealed record PrincipalAxes(PrincipalAxis X, PrincipalAxis Y)
{
    /// <summary>Writes a row of the table.</summary>
    public delegate void RowReader(int row, Span<double> values);

    /// <summary>Fits to a table.</summary>
    /// <param name="count">Rows; without any, the axes are zero.</param>
    /// <param name="columns">Columns, 2 or more.</param>
    /// <param name="read">The rows, scaled so that columns can be compared.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    public static PrincipalAxes Fit(int count, int columns, RowReader read, CancellationToken cancellationToken)
    {
        var covariance = Covariance(count, columns, read, cancellationToken);
        var parts = covariance.Evd(Symmetricity.Symmetric);

        // Eigenvalues come in rising order.
        var all = covariance.Trace();
        return new PrincipalAxes(Axis(parts, columns - 1, all), Axis(parts, columns - 2, all));
    }

    /// <summary>Compiled for speed at once: the first map is made before the runtime has noticed what it does often.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Matrix<double> Covariance(int count, int columns, RowReader read, CancellationToken cancellationToken)
    {
        var values = new double[columns];
        var sums = new double[columns];
        var products = new double[columns * columns];
        for (var row = 0; row < count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            read(row, values);
            for (var i = 0; i < columns; i++)
            {
                sums[i] += values[i];
                var line = products.AsSpan(i * columns, i + 1);
                for (var j = 0; j < line.Length; j++)
                {
                    line[j] += values[i] * values[j];
                }
            }
        }

        return DenseMatrix.Create(columns, columns, (i, j) =>
            count == 0 ? 0 : (products[(Math.Max(i, j) * columns) + Math.Min(i, j)] / count) - (sums[i] / count * (sums[j] / count)));
    }

    private static PrincipalAxis Axis(Evd<double> parts, int column, double all)
    {
        const double Least = 1e-12;
        var variance = parts.EigenValues[column].Real;
        if (!(variance > Least * all) || all <= 0)
        {
            return new PrincipalAxis(new double[parts.EigenVectors.RowCount], 0);
        }

        var weights = parts.EigenVectors.Column(column).ToArray();
        if (IsMirrored(weights))
        {
            weights = Array.ConvertAll(weights, weight => -weight);
        }

        return new PrincipalAxis(weights, variance / all);
    }

    /// <summary>
    /// Either of two opposite directions is as good; the one is taken in which the heavy weights are positive, so that the map does not
    /// turn over when a song is added.
    /// </summary>
    private static bool IsMirrored(double[] weights) => weights.Sum(weight => weight * weight * weight) < 0;
}

/// <summary>One direction.</summary>
/// <param name="Weights">Of each column, length 1; zero if the rows do not differ any more.</param>
/// <param name="Share">Part of all variation that lies in this direction, 0 to 1.</param>
internal sealed record PrincipalAxis(double[] Weights, double Share)
{
    /// <summary>Where a row stands on the axis.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Place(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += Weights[i] * values[i];
        }

        return sum;
    }
}
