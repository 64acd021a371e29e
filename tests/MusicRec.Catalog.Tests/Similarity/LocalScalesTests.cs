using CsCheck;
using MusicRec.Catalog.Similarity;
using MusicRec.Genres;

namespace MusicRec.Catalog.Tests.Similarity;

public sealed class LocalScalesTests
{
    private const int Columns = 5;

    private static readonly Gen<double[]> Row = Gen.Double[-10, 10].Array[Columns];

    /// <summary>Against plainly sorted distances, across the borders of panels, queries at once and blocks.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(11)]
    [InlineData(66)]
    [InlineData(131)]
    [InlineData(2200)]
    public void Compute_RandomRows_IsTheDistanceToTheTenthNeighbour(int count)
    {
        var random = new Random(count);
        var vectors = Table([.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, Columns).Select(_ => random.NextDouble()).ToArray())]);

        var scales = Compute(vectors);

        for (var row = 0; row < count; row += Math.Max(1, count / 100))
        {
            Assert.Equal(PlainScale(vectors, row), scales[row]);
        }
    }

    /// <summary>Corners: opposite, equal and right-angled pairs of a table whose unit vectors are known.</summary>
    [Fact]
    public void Compute_FourCorners_IsTheDistanceToTheFarthest()
    {
        var vectors = Table([[1, 0], [-1, 0], [0, 1], [0, -1]]);

        Assert.Equal([2, 2, 2, 2], Compute(vectors).Select(scale => Math.Round(scale, 12)));
    }

    [Fact]
    public void Compute_ElevenTwins_HaveTheLeastScale()
    {
        var vectors = Table([.. Enumerable.Repeat<double[]>([1, 2, 3], 11), [3, 1, 1], [0, 0, 9]]);

        var scales = Compute(vectors);

        Assert.All(scales[..11], scale => Assert.Equal(LocalScales.Least, scale));
        Assert.All(scales[11..], scale => Assert.InRange(scale, 0.1, 2));
    }

    [Fact]
    public void Compute_OnlyRow_IsOne() => Assert.Equal([1.0], Compute(Table([[3, 4]])));

    [Fact]
    public void Compute_ConstantColumns_AreNumbers()
    {
        var scales = Compute(Table([.. Enumerable.Repeat<double[]>([5, 5, 5], 30)]));

        Assert.All(scales, scale => Assert.Equal(Math.Sqrt(2), scale, 1e-12));
    }

    [Fact]
    public void Compute_RowsInAnotherOrder_AreTheSameScales() =>
        Gen.Select(Row.Array[1, 40], Gen.Int).Sample((rows, seed) =>
        {
            int[] order = [.. Enumerable.Range(0, rows.Length)];
            new Random(seed).Shuffle(order);
            var vectors = Table(rows);
            var mixed = new UnitVectors(FeatureScaler.Fit(Memory(rows)), rows.Length, (row, values) => rows[order[row]].CopyTo(values));

            var scales = Compute(vectors);

            Assert.Equal(order.Select(row => scales[row]), Compute(mixed));
        });

    private static double[] Compute(UnitVectors vectors) => LocalScales.Compute(NeighbourSearch.Create(vectors), CancellationToken.None);

    private static double PlainScale(UnitVectors vectors, int row)
    {
        var distances = Enumerable.Range(0, vectors.Count).Where(other => other != row)
            .Select(other => Math.Sqrt(2 * (1 - UnitVectors.Cosine(vectors[row], vectors[other])))).Order().ToList();
        return Math.Max(LocalScales.Least, distances[Math.Min(10, distances.Count) - 1]);
    }

    private static UnitVectors Table(double[][] rows) => new(FeatureScaler.Fit(Memory(rows)), rows.Length, (row, values) => rows[row].CopyTo(values));

    private static ReadOnlyMemory<double>[] Memory(double[][] rows) => [.. rows.Select(row => (ReadOnlyMemory<double>)row)];
}
