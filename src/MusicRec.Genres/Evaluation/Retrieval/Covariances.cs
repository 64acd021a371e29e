namespace MusicRec.Genres.Evaluation.Retrieval;

/// <summary>How the coefficients of frames vary together.</summary>
public static class Covariances
{
    /// <summary>Numbers of so many coefficients: row by row up to the diagonal.</summary>
    public static int Length(int coefficients) => coefficients * (coefficients + 1) / 2;

    /// <summary>The means of all coefficients, then their covariances (population) row by row, each up to the diagonal.</summary>
    /// <param name="frames">Frame by frame.</param>
    /// <param name="coefficients">How many a frame has.</param>
    public static double[] Of(ReadOnlySpan<double> frames, int coefficients)
    {
        var count = frames.Length / coefficients;
        var numbers = new double[coefficients + Length(coefficients)];
        var means = numbers.AsSpan(0, coefficients);
        for (var i = 0; i < frames.Length; i++)
        {
            means[i % coefficients] += frames[i] / count;
        }

        for (var frame = 0; frame < count; frame++)
        {
            var values = frames.Slice(frame * coefficients, coefficients);
            for (var (row, place) = (0, coefficients); row < coefficients; row++)
            {
                for (var column = 0; column <= row; column++, place++)
                {
                    numbers[place] += (values[row] - means[row]) * (values[column] - means[column]) / count;
                }
            }
        }

        return numbers;
    }
}
