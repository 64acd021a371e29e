using MathNet.Numerics.LinearAlgebra;

namespace MusicRec.Genres.Training;

/// <summary>
/// Mahalanobis distance of a scaled row from the middle of the training songs: in deviations, along the directions in which those
/// songs vary. Silence, noise and test tones lie far out even where no single feature is unusual.
/// </summary>
internal sealed class TrainingDistance
{
    /// <summary>Share of the identity in the covariance: directions in which a few songs happen not to vary must not count endlessly.</summary>
    private const double Shrinkage = 0.1;

    private TrainingDistance(float[] whitening, int columns) => (Whitening, Columns) = (whitening, columns);

    public int Columns { get; }

    /// <summary>A square matrix, row by row: the length of a scaled row times this is its distance.</summary>
    public float[] Whitening { get; }

    /// <summary>Fits to rows that were scaled to mean 0 and deviation 1.</summary>
    public static TrainingDistance Fit(ReadOnlySpan<float> rows, int columns)
    {
        var songs = Matrix<double>.Build.Dense(rows.Length / columns, columns);
        for (var i = 0; i < rows.Length; i++)
        {
            songs[i / columns, i % columns] = rows[i];
        }

        var covariance = (1 - Shrinkage) / songs.RowCount * songs.TransposeThisAndMultiply(songs)
            + Shrinkage * Matrix<double>.Build.DenseIdentity(columns);
        return new TrainingDistance(ToFloats(covariance.Inverse().Cholesky().Factor), columns);
    }

    /// <summary>The distance of one scaled row, 0 or more.</summary>
    public float Of(ReadOnlySpan<float> row)
    {
        var sum = 0f;
        for (var column = 0; column < Columns; column++)
        {
            var part = 0f;
            for (var i = 0; i < Columns; i++)
            {
                part += row[i] * Whitening[i * Columns + column];
            }

            sum += part * part;
        }

        return MathF.Sqrt(sum);
    }

    private static float[] ToFloats(Matrix<double> matrix) => [.. matrix.ToRowMajorArray().Select(value => (float)value)];
}
