using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Quality;

namespace MusicRec.Catalog.Tests.Similarity.Quality;

public sealed class RankingComparisonTests
{
    private static readonly double[][] Rows = [.. Enumerable.Range(0, 30).Select(i => new[] { Math.Sin(i * i), Math.Cos(3 * i), i % 4 })];
    private static readonly string[] Genres = [.. Rows.Select((_, i) => i % 3 == 0 ? "Trot" : "Rock")];

    [Fact]
    public void Measure_Table_HasARowForEachRanking()
    {
        string?[] artists = [.. Rows.Select((_, i) => i % 7 == 0 ? null : $"가수 {i / 4}")];

        var rows = RankingComparison.Measure(Rows, Genres, artists, CancellationToken.None);

        Assert.Equal(["cosine", "local scaling (k = 10)"], rows.Select(row => row.Name));
        foreach (var (row, ranking) in rows.Zip([Ranking.Cosine, Ranking.LocalScaling]))
        {
            var measured = RankingMeter.Measure(Rows, Genres, artists, ranking, CancellationToken.None);
            Assert.Equal(measured.GenrePrecision, row.GenrePrecisionAt5);
            Assert.Equal(measured.GenrePrecisionOtherArtists, row.GenrePrecisionAt5OtherArtists);
            Assert.Equal((measured.ArtistPrecision, measured.ArtistHit), (row.ArtistPrecisionAt5, row.ArtistHitAt5));
            Assert.Equal((measured.Skewness, measured.NeverRecommended, measured.Diversity), (row.Skewness, row.NeverRecommended, row.Diversity));
        }
    }

    [Fact]
    public void Measure_NoArtistKnown_SaysNothingOfArtists() =>
        Assert.All(
            RankingComparison.Measure(Rows, Genres, new string?[Rows.Length], CancellationToken.None),
            row => Assert.Equal((null, null, null), (row.ArtistPrecisionAt5, row.ArtistHitAt5, row.GenrePrecisionAt5OtherArtists)));

    [Fact]
    public void Measure_TwoSongs_Throws() =>
        Assert.Throws<ArgumentException>(() => RankingComparison.Measure(Rows[..2], Genres[..2], [null, null], CancellationToken.None));
}
