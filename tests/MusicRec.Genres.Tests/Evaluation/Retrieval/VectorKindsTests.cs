using MusicRec.Audio;
using MusicRec.Audio.Features;
using MusicRec.Genres.Evaluation.Retrieval;

namespace MusicRec.Genres.Tests.Evaluation.Retrieval;

public sealed class VectorKindsTests
{
    private static readonly float[] Song = MakeSong();

    /// <summary>The variances are the squares of the deviations that the features have by another way.</summary>
    [Fact]
    public void Gaussian_MeansAndVariances_AreThoseOfTheFeatures()
    {
        var features = new SampleAnalyzer().Features(Song);

        var vector = VectorKinds.Gaussian().Of(Song, false).Song;

        for (var (i, diagonal) = (0, FeatureVersion.MfccCount); i < FeatureVersion.MfccCount; i++, diagonal += i + 1)
        {
            Assert.Equal(features.Means[(int)AudioFeature.Mfcc1 + i], vector[i], 1e-6);
            Assert.Equal(features.Deviations[(int)AudioFeature.Mfcc1 + i], Math.Sqrt(vector[diagonal]), 1e-6);
        }
    }

    [Fact]
    public void Classic_HasMeansDeviationsAndCovariances()
    {
        var kind = VectorKinds.Classic();
        var gaussian = VectorKinds.Gaussian().Of(Song, false).Song;

        var heard = kind.Of(Song, true);

        Assert.Equal(kind.Dimensions, heard.Song.Length);
        Assert.Equal(new SampleAnalyzer().Features(Song).Values, heard.Song.AsSpan(0, FeatureVector.Length));
        Assert.Equal(gaussian.AsSpan(FeatureVersion.MfccCount), heard.Song.AsSpan(FeatureVector.Length));
        Assert.NotEmpty(heard.Windows);
        Assert.All(heard.Windows, window => Assert.Equal(kind.Dimensions, window.Length));
    }

    [Fact]
    public void Covariances_OfTwoCoefficients_AreThoseWorkedOutByHand() =>
        Assert.Equal([2, 20, 2.0 / 3, -20.0 / 3, 200.0 / 3], Covariances.Of([1, 30, 2, 20, 3, 10], 2), new Close());

    [Fact]
    public void Fuse_TwoTables_JoinsEachVectorAndWeighsThem()
    {
        var first = new VectorTable(Kind("one", 1), [new([1], [[2], [3]])], [("copy", [[4]]), ("none", [null])]);
        var second = new VectorTable(Kind("two", 2), [new([5, 6], [[7, 8], [9, 10]])], [("copy", [[11, 12]]), ("none", [null])]);

        var both = VectorKinds.Fuse("both", first, second, 0.3);

        Assert.Equal([new VectorPart(1, 0.7), new VectorPart(2, 0.3)], both.Kind.Parts);
        Assert.Equal([1, 5, 6], both.Songs[0].Song);
        Assert.Equal([[2, 7, 8], [3, 9, 10]], both.Songs[0].Windows);
        Assert.Equal([[4, 11, 12], null], both.Copies.Select(copy => copy.Vectors[0]));
    }

    private static VectorKind Kind(string name, int dimensions) => new(name, dimensions, (_, _) => throw new InvalidOperationException());

    private static float[] MakeSong()
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, 7 * FeatureVersion.SampleRate).Select(n =>
            0.4f * MathF.Sin(n * 0.05f * (1 + n / 40000)) + 0.1f * (float)random.NextDouble())];
    }

    private sealed class Close : IEqualityComparer<double>
    {
        public bool Equals(double left, double right) => Math.Abs(left - right) < 1e-9;

        public int GetHashCode(double value) => 0;
    }
}
