using CsCheck;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Lists;
using MusicRec.Catalog.Tests.Similarity.Search;
using MusicRec.Genres.Evaluation.Retrieval;

namespace MusicRec.Catalog.Tests.Similarity.Lists;

/// <summary>Directions in a table whose rows have two parts, features and sound, and in one whose rows are one.</summary>
public sealed class SeedBlendTests
{
    private const double Tolerance = 1e-9;

    private static readonly IReadOnlyList<VectorPart> TwoParts = [new(3, 0.2), new(2, 0.8)];

    /// <summary>Tables of a few rows, none of which is in the middle.</summary>
    private static readonly Gen<UnitVectors> Tables =
        from rows in Gen.Double[-3, 3].Array[5].Where(row => row[..3].Any(value => Math.Abs(value) > 0.1) && row[3..].Any(value => Math.Abs(value) > 0.1)).Array[3, 8]
        from hasParts in Gen.Bool
        select PlainSearch.Table(rows, hasParts ? TwoParts : null);

    [Fact]
    public void Of_OneSong_IsThatSongToTheLastBit() => Tables.Sample(table => Assert.Equal(table[0], SeedBlend.Of([table[0]], [])));

    [Fact]
    public void Of_AnySongs_HasLengthOneAndDoesNotDependOnTheirOrder() => Tables.Sample(table =>
    {
        var (like, unlike) = (Rows(table, 0, table.Count - 1), Rows(table, table.Count - 1, 1));

        var blend = SeedBlend.Of(like, unlike);

        Assert.True(Near(1, Length(blend)) || Length(blend) == 0);
        Assert.All(SeedBlend.Of([.. like.AsEnumerable().Reverse()], unlike).Zip(blend), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    });

    /// <summary>What is not wanted is farther from the blend than it would be if nobody had said so, and nothing of its direction comes in.</summary>
    [Fact]
    public void Of_LessLikeASong_IsFartherFromIt() => Tables.Sample(table =>
    {
        var (like, unlike) = (Rows(table, 0, 2), table[2]);
        var (without, with) = (SeedBlend.Of(like, []), SeedBlend.Of(like, [unlike]));

        Assert.True(Length(with) == 0 || UnitVectors.Cosine(with, unlike) <= UnitVectors.Cosine(without, unlike) + Tolerance);
    });

    [Fact]
    public void Between_AnySongs_LiesOnTheArcAtTheShareOfItsAngle() => Gen.Select(Tables, Gen.Double[0, 1]).Sample((table, share) =>
    {
        var (from, to) = (table[0], table[1]);
        var angle = Math.Acos(UnitVectors.Cosine(from, to));
        if (angle is < 1e-3 or > Math.PI - 1e-3)
        {
            return;
        }

        var point = SeedBlend.Between(from, to, share);

        Assert.True(Near(1, Length(point)));
        Assert.Equal(Math.Cos(share * angle), UnitVectors.Cosine(from, point), 1e-6);
        Assert.Equal(Math.Cos((1 - share) * angle), UnitVectors.Cosine(to, point), 1e-6);
        Assert.Equal(share, PathPicker.Progress(from, to, point), 1e-6);
    });

    /// <summary>Length and direction of the first part are the features of the song again, by which a page tells the levels of a list.</summary>
    [Fact]
    public void ToScaled_DirectionAndLengthOfASong_AreItsScaledFeatures() => Tables.Sample(table =>
    {
        var values = table.ValuesOf(0);
        var first = table.Parts[0].Length;

        var scaled = table.ToScaled(table[0], table.LengthOf(values));

        Assert.All(values.Take(first).Zip(scaled), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    });

    private static double[][] Rows(UnitVectors table, int first, int count) => [.. Enumerable.Range(first, count).Select(row => table[row])];

    private static double Length(double[] vector) => Math.Sqrt(vector.Sum(value => value * value));

    private static bool Near(double expected, double value) => Math.Abs(expected - value) < Tolerance;
}
