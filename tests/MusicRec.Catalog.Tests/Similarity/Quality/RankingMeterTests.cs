using CsCheck;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Quality;
using MusicRec.Genres.Evaluation;

namespace MusicRec.Catalog.Tests.Similarity.Quality;

public sealed class RankingMeterTests
{
    /// <summary>
    /// Songs of which no two are equally near to a third: a tie goes to the first of the table, and in another order that is another
    /// song. CsCheck's own numbers are often round, or too small to tell apart beside larger ones.
    /// </summary>
    private static readonly Gen<double[][]> SongsWithoutTies = Gen.Select(Gen.Int[2, 40], Gen.Int, (count, seed) =>
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 4).Select(_ => random.NextDouble()).ToArray()).ToArray();
    });

    /// <summary>Two bundles of eight songs each, opposite one another: a list never leaves its bundle.</summary>
    [Theory]
    [InlineData(Ranking.Cosine)]
    [InlineData(Ranking.LocalScaling)]
    public void Measure_TwoBundles_EveryListIsOfOneGenreAndArtist(Ranking ranking)
    {
        string?[] genres = [.. Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? "Trot" : "Rock")];
        string?[] artists = [.. Enumerable.Range(0, 16).Select(i => (i % 2, i % 4 < 2) switch { (0, true) => "가수 A", (0, false) => "가수 a ", _ => null })];

        var quality = RankingMeter.Measure(Bundles(), genres, artists, ranking, CancellationToken.None);

        Assert.Equal(16, quality.Songs);
        Assert.Equal(new Estimate(1, 1, 1), quality.GenrePrecision);
        Assert.Equal(new Estimate(1, 1, 1), quality.ArtistPrecision);
        Assert.Equal(new Estimate(1, 1, 1), quality.ArtistHit);
    }

    /// <summary>The eight Trot songs are by one artist: without it their lists are all Rock; Rock songs have no known artist and keep theirs.</summary>
    [Fact]
    public void Measure_ArtistFilter_LeavesTheArtistOut()
    {
        string?[] genres = [.. Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? "Trot" : "Rock")];
        string?[] artists = [.. genres.Select(genre => genre == "Trot" ? "가수" : "")];

        var quality = RankingMeter.Measure(Bundles(), genres, artists, Ranking.Cosine, CancellationToken.None);

        Assert.Equal(0.5, quality.GenrePrecisionOtherArtists!.Value.Value);
        Assert.Equal(1, quality.GenrePrecision!.Value.Value);
    }

    [Theory]
    [InlineData(Ranking.Cosine)]
    [InlineData(Ranking.LocalScaling)]
    public void Measure_SongsInAnotherOrder_HasTheSameNumbers(Ranking ranking) =>
        Gen.Select(SongsWithoutTies, Gen.Int).Sample((rows, seed) =>
        {
            string?[] names = [.. rows.Select((_, i) => i % 5 == 0 ? null : $"{i % 3}")];
            int[] order = [.. Enumerable.Range(0, rows.Length)];
            new Random(seed).Shuffle(order);

            var straight = RankingMeter.Measure(rows, names, names, ranking, CancellationToken.None);
            var mixed = RankingMeter.Measure(
                [.. order.Select(i => rows[i])], [.. order.Select(i => names[i])], [.. order.Select(i => names[i])], ranking, CancellationToken.None);

            foreach (var (one, other) in Estimates(straight).Zip(Estimates(mixed)))
            {
                Assert.Equal(one is null, other is null);
                Assert.Equal(one?.Value ?? 0, other?.Value ?? 0, 1e-9);
            }
        }, iter: 20);

    public static TheoryData<string, double[][]> Degenerate => new()
    {
        { "one song", [[1, 2]] },
        { "two songs", [[1, 2], [2, 1]] },
        { "all equal", [.. Enumerable.Repeat<double[]>([3, 3], 12)] },
        { "a constant column", [.. Enumerable.Range(0, 20).Select(i => new[] { 7.0, i })] },
        { "twins", [.. Enumerable.Repeat<double[]>([1, 2], 14), [5, 1], [0, 0]] },
    };

    [Theory]
    [MemberData(nameof(Degenerate))]
    public void Measure_DegenerateTables_AreNumbers(string table, double[][] rows)
    {
        string?[] names = [.. rows.Select((_, i) => $"{table} {i % 2}")];
        foreach (var ranking in Enum.GetValues<Ranking>())
        {
            var quality = RankingMeter.Measure(rows, names, names, ranking, CancellationToken.None);

            Assert.All(Estimates(quality).OfType<Estimate>(), estimate =>
            {
                Assert.True(double.IsFinite(estimate.Value));
                Assert.True(double.IsFinite(estimate.Low) && estimate.Low <= estimate.High && double.IsFinite(estimate.High));
            });
        }
    }

    [Fact]
    public void Measure_OnlySong_IsNeverRecommendedAndNothingElse()
    {
        var quality = RankingMeter.Measure([[1, 2]], ["Trot"], ["가수"], Ranking.LocalScaling, CancellationToken.None);

        Assert.Equal(new Estimate(1, 1, 1), quality.NeverRecommended);
        Assert.Equal((null, null, null, null, null), (quality.GenrePrecision, quality.GenrePrecisionOtherArtists, quality.ArtistPrecision, quality.ArtistHit, quality.Diversity));
    }

    [Fact]
    public void Measure_GenresDoNotFit_Throws() =>
        Assert.Throws<ArgumentException>(() => RankingMeter.Measure([[1, 2]], [], [null], Ranking.Cosine, CancellationToken.None));

    private static double[][] Bundles() =>
        [.. Enumerable.Range(0, 16).Select(i => new[] { i % 2 == 0 ? 1.0 : -1, i % 2 == 0 ? 1 + (0.01 * i * i) : -1 - (0.01 * i * i) })];

    private static Estimate?[] Estimates(RankingMeasures quality) =>
    [
        quality.GenrePrecision, quality.GenrePrecisionOtherArtists, quality.ArtistPrecision, quality.ArtistHit,
        quality.Skewness, quality.NeverRecommended, quality.Diversity,
    ];
}
