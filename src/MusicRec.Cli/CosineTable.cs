using MusicRec.Audio.Features;
using MusicRec.Genres;
using MusicRec.Genres.Training;

namespace MusicRec.Cli;

/// <summary>
/// Cosines between the rows of a data set after standard scaling over all its rows, as the original project computed
/// its similarities. Deviations do not count, as on the site. A row that is average in every column has no direction: its cosines are 0.
/// </summary>
internal sealed class CosineTable
{
    private readonly double[][] _units;

    public CosineTable(Dataset dataset)
    {
        var table = dataset.Columns.SequenceEqual(FeatureVector.ColumnNames) ? dataset.MeansOnly() : dataset;
        var scaler = FeatureScaler.Fit([.. table.Rows.Select(row => row.Values)]);
        _units = [.. table.Rows.Select(row => Unit(scaler, row.Values.Span))];
    }

    /// <summary>Cosine of two rows, -1 to 1.</summary>
    public double this[int first, int second]
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < _units[first].Length; i++)
            {
                sum += _units[first][i] * _units[second][i];
            }

            return Math.Clamp(sum, -1, 1);
        }
    }

    /// <summary>The other rows, most similar first, equals in their order.</summary>
    public IEnumerable<(int Row, double Similarity)> Nearest(int row, int count) =>
        Enumerable.Range(0, _units.Length)
            .Where(other => other != row)
            .Select(other => (Row: other, Similarity: this[row, other]))
            .OrderByDescending(neighbour => neighbour.Similarity)
            .Take(count);

    private static double[] Unit(FeatureScaler scaler, ReadOnlySpan<double> row)
    {
        var unit = new double[row.Length];
        scaler.Scale(row, unit);
        var length = Math.Sqrt(unit.Sum(value => value * value));
        for (var i = 0; i < unit.Length && length > 0; i++)
        {
            unit[i] /= length;
        }

        return unit;
    }
}
