using CsCheck;
using MusicRec.Catalog.Similarity;
using MusicRec.Genres;

namespace MusicRec.Catalog.Tests.Similarity.Search;

/// <summary>Answers equal those of a plain sort to the last bit, whatever the table.</summary>
public sealed class ExactnessTests
{
    /// <summary>Tables of 1 to 100 rows, so across panels, of 1 to 27 columns, with what makes a search go wrong among them.</summary>
    private static readonly Gen<double[][]> Tables =
        from columns in Gen.Int[1, 27]
        from rows in Gen.OneOf(
            Row(columns),
            Row(columns).Select(row => Array.ConvertAll(row, Math.Round)),
            Gen.Const(new double[columns]),
            Gen.Double[-1, 1].Select(wobble => Enumerable.Range(1, columns).Select(i => i + (1e-13 * wobble)).ToArray()),
            Gen.Select(Row(columns), Gen.Int[0, columns - 1]).Select(pair => pair.Item1.Select((value, i) => i == pair.Item2 ? value * 1e9 : value * 1e-9).ToArray())).Array[1, 100]
        select rows;

    [Fact]
    public void Nearest_AnyTable_EqualsAPlainSort() =>
        Gen.Select(Tables, Gen.Int[0, 110], Gen.Int[1, 7]).Sample((rows, count, divisor) =>
        {
            var vectors = PlainSearch.Table(rows);
            var byCosine = NeighbourSearch.Create(vectors);
            var scaled = byCosine.RankedBy(Ranking.LocalScaling, CancellationToken.None);
            var scales = PlainSearch.Scales(vectors);
            for (var asked = 0; asked < rows.Length; asked += 7)
            {
                bool Except(int row) => row == asked || (divisor > 1 && row % divisor == 0);
                Assert.Equal(PlainSearch.Nearest(vectors, null, vectors[asked], count, Except), byCosine.Nearest(vectors[asked], count, Except));
                Assert.Equal(PlainSearch.Nearest(vectors, scales, vectors[asked], count, Except), scaled.Nearest(vectors[asked], count, Except));
            }
        });

    [Fact]
    public void NearestOfEach_AnyTableAndNumberOfQuestions_EqualsAPlainSort() =>
        Gen.Select(Tables, Gen.Int[0, 20], Gen.Int[1, 9]).Sample((rows, count, questions) =>
        {
            var vectors = PlainSearch.Table(rows);
            double[][] units = [.. Enumerable.Range(0, questions).Select(asked => vectors[asked % rows.Length])];

            var lists = NeighbourSearch.Create(vectors).NearestOfEach(units, count, (asked, row) => row == asked);

            Assert.Equal(units.Select((unit, asked) => PlainSearch.Nearest(vectors, null, unit, count, row => row == asked)), lists);
        });

    /// <summary>More equal songs than wait at once, first, last and among others; and songs that differ in the last bits only.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1e-15)]
    [InlineData(1e-9)]
    [InlineData(1e-3)]
    public void Nearest_ThousandsOfAlmostEqualSongs_EqualsAPlainSort(double difference)
    {
        var random = new Random(7);
        double[][] rows = [.. Enumerable.Range(0, 2500).Select(i => Enumerable.Range(0, 26).Select(column => (i % 5 > 0 ? column : random.NextDouble() * 26) + (difference * random.NextDouble())).ToArray())];
        var vectors = PlainSearch.Table(rows);
        var search = NeighbourSearch.Create(vectors);
        foreach (var asked in new[] { 0, 2499 })
        {
            var expected = PlainSearch.Nearest(vectors, null, vectors[asked], rows.Length, row => row == asked);
            foreach (var count in new[] { 1, 5, 1500, 3000 })
            {
                Assert.Equal(expected.Take(count), search.Nearest(vectors[asked], count, row => row == asked));
            }
        }
    }

    /// <summary>Rows in two parts, as features and embedding are, over many panels.</summary>
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.999)]
    public void Nearest_RowsInParts_EqualsAPlainSort(double weight)
    {
        var random = new Random(11);
        double[][] rows = [.. Enumerable.Range(0, 3000).Select(_ => Enumerable.Range(0, 90).Select(_ => random.NextDouble() + random.NextDouble()).ToArray())];
        var vectors = new UnitVectors(
            FeatureScaler.Fit(rows.Length, row => rows[row]), rows.Length, (row, values) => rows[row].CopyTo(values), [new(26, weight), new(64, 1 - weight)]);
        var search = NeighbourSearch.Create(vectors);

        var together = search.NearestOfEach([vectors[5], vectors[1700], vectors[2999]], 20, (_, _) => false);

        foreach (var (i, asked) in new[] { 5, 1700, 2999 }.Index())
        {
            var expected = PlainSearch.Nearest(vectors, null, vectors[asked], 20, _ => false);
            Assert.Equal(expected, search.Nearest(vectors[asked], 20, _ => false));
            Assert.Equal(expected, together[i]);
        }
    }

    [Fact]
    public void Nearest_NoRows_Empty()
    {
        var search = NeighbourSearch.Create(UnitVectors.Empty(new FeatureScaler([0], [1])));

        Assert.Empty(search.Nearest([1], 5, _ => false));
        Assert.Empty(Assert.Single(search.NearestOfEach([[1.0]], 5, (_, _) => false)));
    }

    private static Gen<double[]> Row(int columns) => Gen.Double[-3, 3].Array[columns];
}
