using System.Numerics.Tensors;

namespace MusicRec.Genres.Evaluation;

/// <summary>
/// Sums over predictions from which every measure is computed. Sums of parts add up to the sums of the whole, so songs,
/// folds and bootstrap draws all go through the same arithmetic.
/// </summary>
internal sealed class ScoreSums(int labels)
{
    /// <summary>Bins of confidence of equal width.</summary>
    public const int Bins = 15;

    private const double LeastProbability = 1e-7;
    private const int Songs = 0;
    private const int TopTwoHits = 1;
    private const int Loss = 2;
    private const int FirstBin = 3;
    private const int FirstCell = FirstBin + 3 * Bins;

    private readonly double[] _sums = new double[FirstCell + labels * labels];

    public double Count => _sums[Songs];

    public double Accuracy => Enumerable.Range(0, labels).Sum(label => Cell(label, label)) / Count;

    /// <summary>Share of songs whose genre is among the two most probable.</summary>
    public double TopTwo => _sums[TopTwoHits] / Count;

    /// <summary>Mean cross-entropy in nats; a probability below 1e-7 counts as 1e-7.</summary>
    public double LogLoss => _sums[Loss] / Count;

    /// <summary>Mean F1 over the genres that have songs; one that is never said has 0.</summary>
    public double MacroF1
    {
        get
        {
            var (sum, genres) = (0.0, 0);
            for (var label = 0; label < labels; label++)
            {
                var (truth, said) = (Row(label), Column(label));
                sum += truth > 0 ? 2 * Cell(label, label) / (truth + said) : 0;
                genres += truth > 0 ? 1 : 0;
            }

            return sum / genres;
        }
    }

    /// <summary>Expected calibration error: the mean distance of confidence and accuracy over the bins, weighted by songs.</summary>
    public double CalibrationError =>
        Enumerable.Range(0, Bins).Sum(bin => Math.Abs(_sums[FirstBin + 3 * bin + 1] - _sums[FirstBin + 3 * bin + 2])) / Count;

    /// <summary>Share predicted right of a genre; NaN without songs.</summary>
    public double Recall(int label) => Cell(label, label) / Row(label);

    /// <summary>Share right of the songs taken for a genre; NaN when it was never said.</summary>
    public double Precision(int label) => Cell(label, label) / Column(label);

    /// <summary>Songs of the first genre that were taken for the second.</summary>
    public double Cell(int truth, int said) => _sums[FirstCell + truth * labels + said];

    /// <summary>Songs of a genre.</summary>
    public double Row(int truth) => Enumerable.Range(0, labels).Sum(said => Cell(truth, said));

    /// <summary>Songs, mean confidence and accuracy of a bin; the means are NaN without songs.</summary>
    public (double Songs, double Confidence, double Accuracy) Bin(int bin)
    {
        var sums = _sums.AsSpan(FirstBin + 3 * bin, 3);
        return (sums[0], sums[1] / sums[0], sums[2] / sums[0]);
    }

    /// <summary>Adds one prediction.</summary>
    public void Add(int truth, ReadOnlySpan<float> probabilities)
    {
        var said = GenreEvaluation.Best(probabilities);
        _sums[Songs]++;
        _sums[TopTwoHits] += RankOf(truth, probabilities) < 2 ? 1 : 0;
        _sums[Loss] -= Math.Log(Math.Max(probabilities[truth], LeastProbability));
        _sums[FirstCell + truth * labels + said]++;

        // Bins are open on the left, as in Guo et al. (2017): a confidence of 1 lies in the last one.
        var bin = FirstBin + 3 * Math.Clamp((int)Math.Ceiling(probabilities[said] * Bins) - 1, 0, Bins - 1);
        _sums[bin]++;
        _sums[bin + 1] += probabilities[said];
        _sums[bin + 2] += said == truth ? 1 : 0;
    }

    /// <summary>Adds the sums of another part.</summary>
    public void Add(ScoreSums part) => TensorPrimitives.Add(_sums, part._sums, _sums);

    /// <summary>Sets all sums to 0.</summary>
    public void Clear() => Array.Clear(_sums);

    private double Column(int said) => Enumerable.Range(0, labels).Sum(truth => Cell(truth, said));

    /// <summary>How many genres come before one; of equally probable ones the first does, as in <see cref="GenreEvaluation.Best"/>.</summary>
    private static int RankOf(int label, ReadOnlySpan<float> probabilities)
    {
        var rank = 0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            rank += probabilities[i] > probabilities[label] || (probabilities[i] == probabilities[label] && i < label) ? 1 : 0;
        }

        return rank;
    }
}
