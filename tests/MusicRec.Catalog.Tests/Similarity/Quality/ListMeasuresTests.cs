using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Quality;
using MusicRec.Genres;

namespace MusicRec.Catalog.Tests.Similarity.Quality;

public sealed class ListMeasuresTests
{
    private static readonly int[][] Lists = [[1, 2], [0, 3], [0, 1], [0, 1]];
    private static readonly int[] Groups = [0, 0, 1, ListMeasures.Unknown];

    [Fact]
    public void Precision_UnknownGroups_CountForNeitherSide() => Assert.Equal([0.5, 1, 0], ListMeasures.Precision(Lists, Groups));

    [Fact]
    public void Precision_NothingKnownInTheList_SaysNothing() => Assert.Empty(ListMeasures.Precision([[1], [1]], [0, ListMeasures.Unknown]));

    [Fact]
    public void PrecisionOfPaired_GroupsOfOne_AreNotAsked() => Assert.Equal([0.5, 0.5], ListMeasures.PrecisionOfPaired(Lists, Groups));

    [Fact]
    public void HitOfPaired_OneOfTwoFound_IsOneAndNought() => Assert.Equal([0, 1], ListMeasures.HitOfPaired([[2, 3], [0, 2], [0, 1], [0, 1]], Groups));

    [Fact]
    public void Occurrences_Lists_CountTheListsOfEachSong() => Assert.Equal([3, 3, 1, 1], ListMeasures.Occurrences(Lists));

    /// <summary>Deviations -1, -1, -1, 3: variance 3, third moment 6.</summary>
    [Fact]
    public void Skewness_OneHub_IsTheThirdStandardisedMoment() => Assert.Equal(6 / Math.Pow(3, 1.5), ListMeasures.Skewness([0, 0, 0, 4]), 1e-12);

    [Fact]
    public void Skewness_AllEqual_IsNought() => Assert.Equal(0, ListMeasures.Skewness([5, 5, 5]));

    /// <summary>Right angles are 1 apart, opposites 2: (1 + 1 + 2) / 3; lists of one say nothing.</summary>
    [Fact]
    public void Diversity_KnownAngles_IsTheMeanDistanceOfPairs()
    {
        double[][] rows = [[1, 0], [0, 1], [-1, 0]];
        var vectors = new UnitVectors(new FeatureScaler([0, 0], [1, 1]), rows.Length, (row, values) => rows[row].CopyTo(values));

        var diversity = ListMeasures.Diversity([[0, 1, 2], [1], [2, 0]], vectors);

        Assert.Equal(2, diversity.Length);
        Assert.Equal(4 / 3.0, diversity[0], 1e-12);
        Assert.Equal(2, diversity[1], 1e-12);
    }
}
