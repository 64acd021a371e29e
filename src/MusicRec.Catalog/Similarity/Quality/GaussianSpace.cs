using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace MusicRec.Catalog.Similarity.Quality;

/// <summary>
/// Songs as normal distributions, compared by the symmetric Kullback-Leibler divergence (Mandel and Ellis 2005), brought to how likely
/// both are nearer to each other than others are to either (mutual proximity, Schnitzer et al. 2012). What musly does; slow, for comparison only.
/// </summary>
internal sealed class GaussianSpace : RetrievalSpace
{
    /// <summary>Added to variances, in dB squared: a silent or short song has some that are 0.</summary>
    private const double LeastVariance = 1e-2;

    private readonly Gaussian[] _songs;
    private readonly int _size;

    // How far the other songs are from each: mean and deviation.
    private readonly (double Mean, double Deviation)[] _distances;

    public GaussianSpace(int size, double[][] rows)
        : base(rows.Length)
    {
        _size = size;
        _songs = Array.ConvertAll(rows, Read);
        _distances = new (double, double)[rows.Length];
        Parallel.For(0, rows.Length, row => _distances[row] = Describe(DistancesTo(_songs[row]), row));
    }

    protected override double[] LikenessTo(int row) => ToLikeness(DistancesTo(_songs[row]), _distances[row]);

    protected override double[] LikenessTo(double[] vector)
    {
        var distances = DistancesTo(Read(vector));
        return ToLikeness(distances, Describe(distances, except: -1));
    }

    private double[] DistancesTo(Gaussian song) => Array.ConvertAll(_songs, other => Divergence(song, other));

    /// <summary>The probability that a song would be farther away, seen from one and from the other.</summary>
    private double[] ToLikeness(double[] distances, (double Mean, double Deviation) own)
    {
        var likeness = new double[distances.Length];
        for (var i = 0; i < likeness.Length; i++)
        {
            likeness[i] = Farther(distances[i], own) * Farther(distances[i], _distances[i]);
        }

        return likeness;
    }

    private static double Farther(double distance, (double Mean, double Deviation) among) =>
        Normal.CDF(0, 1, (among.Mean - distance) / among.Deviation);

    private static (double Mean, double Deviation) Describe(double[] distances, int except)
    {
        var others = distances.Where((_, row) => row != except).ToArray();
        var mean = others.Average();
        return (mean, Math.Sqrt(others.Average(distance => (distance - mean) * (distance - mean))) + double.Epsilon);
    }

    /// <summary>
    /// The logarithm of half the sum of both divergences (without what is the same for all): their distribution has a long tail, its logarithms are
    /// closer to the normal distribution that mutual proximity takes them for.
    /// </summary>
    private double Divergence(Gaussian one, Gaussian other)
    {
        Span<double> apart = stackalloc double[_size];
        for (var i = 0; i < _size; i++)
        {
            apart[i] = one.Means[i] - other.Means[i];
        }

        var sum = 0.0;
        for (var row = 0; row < _size; row++)
        {
            for (var column = 0; column < _size; column++)
            {
                var place = row * _size + column;
                sum += one.Inverse[place] * other.Covariance[place] + other.Inverse[place] * one.Covariance[place]
                    + apart[row] * apart[column] * (one.Inverse[place] + other.Inverse[place]);
            }
        }

        return Math.Log(sum / 4);
    }

    private Gaussian Read(double[] vector)
    {
        var covariance = Matrix<double>.Build.Dense(_size, _size);
        for (var (row, place) = (0, _size); row < _size; row++)
        {
            for (var column = 0; column <= row; column++, place++)
            {
                covariance[row, column] = covariance[column, row] = vector[place] + (row == column ? LeastVariance : 0);
            }
        }

        return new Gaussian(vector[.._size], covariance.ToRowMajorArray(), covariance.Cholesky().Solve(Matrix<double>.Build.DenseIdentity(_size)).ToRowMajorArray());
    }

    private sealed record Gaussian(double[] Means, double[] Covariance, double[] Inverse);
}
