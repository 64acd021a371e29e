using CsCheck;
using MusicRec.Catalog.Similarity;
using MusicRec.Genres;

namespace MusicRec.Catalog.Tests.Similarity;

public sealed class NeighbourSearchTests
{
    private static readonly Gen<double[]> Row = Gen.Double[-10, 10].Array[4];

    /// <summary>Against the formula as published, distances of unit vectors in full: exp(-d² / (σ of one · σ of the other)).</summary>
    [Fact]
    public void Nearest_LocalScaling_EqualsAPlainSortByThePublishedFormula() =>
        Gen.Select(Row.Array[2, 40], Gen.Int[0, 45]).Sample((rows, count) =>
        {
            var vectors = Table(rows);
            var search = NeighbourSearch.Create(vectors).RankedBy(Ranking.LocalScaling, CancellationToken.None);
            for (var asked = 0; asked < rows.Length; asked++)
            {
                var found = search.Nearest(vectors[asked], count, row => row == asked);

                var expected = Enumerable.Range(0, rows.Length).Where(row => row != asked)
                    .Select(row => Published(vectors, asked, row)).OrderDescending().Take(count);
                Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, Published(vectors, asked, pair.Second.Row), 1e-9));
                Assert.Equal(Math.Min(count, rows.Length - 1), found.Count);
                Assert.DoesNotContain(found, hit => hit.Row == asked);
            }
        });

    /// <summary>A hub in the middle of a crowd is nearer by cosine, but a lonely song's only companion is not crowded out by it.</summary>
    [Fact]
    public void Nearest_CrowdAndLonelySong_LocalScalingPrefersTheLonelyOne()
    {
        double[][] rows = [At(0), .. Enumerable.Range(0, 12).Select(i => At(19 + (0.01 * i))), At(-20), At(-100), At(-140), At(170), At(120)];
        var vectors = new UnitVectors(new FeatureScaler([0, 0], [1, 1]), rows.Length, (row, values) => rows[row].CopyTo(values));

        Assert.Equal(1, First(vectors, Ranking.Cosine));
        Assert.Equal(13, First(vectors, Ranking.LocalScaling));
    }

    [Theory]
    [InlineData(Ranking.Cosine)]
    [InlineData(Ranking.LocalScaling)]
    public void Nearest_Twins_ComeFirstInTheirOrderAndAreNumbers(Ranking ranking)
    {
        double[][] rows = [[9, 1, 4], .. Enumerable.Repeat<double[]>([1, 2, 3], 15), [2, 8, 8]];
        var vectors = Table(rows);
        var search = NeighbourSearch.Create(vectors).RankedBy(ranking, CancellationToken.None);

        var found = search.Nearest(vectors[4], 20, row => row == 4);

        Assert.Equal(Enumerable.Range(1, 15).Except([4]), found.Take(14).Select(hit => hit.Row));
        Assert.All(found, hit => Assert.True(double.IsFinite(hit.Score) && double.IsFinite(hit.Cosine)));
    }

    private static int First(UnitVectors vectors, Ranking ranking) =>
        NeighbourSearch.Create(vectors).RankedBy(ranking, CancellationToken.None).Nearest(vectors[0], 1, row => row == 0).Single().Row;

    private static double[] At(double degrees) => [Math.Cos(degrees * Math.PI / 180), Math.Sin(degrees * Math.PI / 180)];

    private static double Published(UnitVectors vectors, int left, int right) =>
        Math.Exp(-SquaredDistance(vectors, left, right) / (Scale(vectors, left) * Scale(vectors, right)));

    private static double Scale(UnitVectors vectors, int row)
    {
        var distances = Enumerable.Range(0, vectors.Count).Where(other => other != row).Select(other => Math.Sqrt(SquaredDistance(vectors, row, other))).Order().ToList();
        return Math.Max(LocalScales.Least, distances[Math.Min(10, distances.Count) - 1]);
    }

    private static double SquaredDistance(UnitVectors vectors, int left, int right)
    {
        var sum = 0.0;
        for (var column = 0; column < vectors.Dimensions; column++)
        {
            sum += Math.Pow(vectors[left][column] - vectors[right][column], 2);
        }

        return sum;
    }

    private static UnitVectors Table(double[][] rows) =>
        new(FeatureScaler.Fit([.. rows.Select(row => (ReadOnlyMemory<double>)row)]), rows.Length, (row, values) => rows[row].CopyTo(values));
}
