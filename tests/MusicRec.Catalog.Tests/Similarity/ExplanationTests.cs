using CsCheck;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Uploads;
using MusicRec.Genres;

namespace MusicRec.Catalog.Tests.Similarity;

public sealed class ExplanationTests
{
    /// <summary>Numbers of the sizes that features have, and rows that are all but equal.</summary>
    private static readonly Gen<double[]> Row =
        Gen.Select(Gen.Double[-1, 1].Array[FeatureVector.FeatureCount], Gen.Double[-3, 4]).Select((values, exponent) => Array.ConvertAll(values, value => value * Math.Pow(10, exponent)));

    [Fact]
    public void Of_AnyTwoSongsOfAnyCatalog_AddsUpToTheCosine() => Row.Array[2, 30].Sample(rows =>
    {
        var vectors = Vectors(rows);

        var explanation = Explanation.Of(vectors, rows[0], rows[1]);

        Assert.Equal(UnitVectors.Cosine(vectors[0], vectors[1]), explanation.Families.Sum(family => family.Contribution), 1e-12);
        Assert.Equal(FeatureFamilies.Of(FeatureVector.FeatureCount), explanation.Families.Select(family => family.Family));
        Assert.Equal(FeatureVector.FeatureCount, explanation.Families.Sum(family => family.Asked.Count));
        Assert.All(explanation.Families, family => Assert.True(family.Likeness is >= -1 and <= 1 && family.Difference >= 0));
    });

    [Fact]
    public void Of_TheOtherWayRound_IsTheSameWithTheSongsExchanged() => Row.Array[2, 10].Sample(rows =>
    {
        var vectors = Vectors(rows);

        var (there, back) = (Explanation.Of(vectors, rows[0], rows[1]), Explanation.Of(vectors, rows[1], rows[0]));

        Assert.All(there.Families.Zip(back.Families), pair =>
        {
            Assert.Equal(pair.First.Contribution, pair.Second.Contribution, 1e-15);
            Assert.Equal(pair.First.AskedLevel, pair.Second.FoundLevel);
        });
    });

    [Fact]
    public void Of_TheSameSongTwice_HasNoDifferenceAndAddsUpToOne()
    {
        double[][] rows = [[.. Enumerable.Range(1, 26).Select(i => (double)i)], new double[26], [.. Enumerable.Range(1, 26).Select(i => 5.0 / i)]];

        var explanation = Explanation.Of(Vectors(rows), rows[0], rows[0]);

        Assert.Equal(1, explanation.Families.Sum(family => family.Contribution), 1e-12);
        Assert.All(explanation.Families, family => Assert.Equal(0, family.Difference));
    }

    /// <summary>Loudness alone differs from the catalog's mean: it is all that the cosine is made of.</summary>
    [Fact]
    public void Of_SongsThatDifferFromTheCatalogInOneThing_NamesIt()
    {
        double[] Song(double rms)
        {
            var row = new double[26];
            row[(int)AudioFeature.Rms] = rms;
            return row;
        }

        double[][] rows = [Song(0.1), Song(0.2), Song(0.3)];

        var explanation = Explanation.Of(Vectors(rows), rows[0], rows[2]);

        Assert.Equal(-1, explanation[FeatureFamily.Loudness].Contribution, 1e-12);
        Assert.Equal(0, explanation[FeatureFamily.Timbre].Contribution);
        Assert.Equal(0, explanation[FeatureFamily.Timbre].Likeness);
        Assert.Equal((-Math.Sqrt(1.5), Math.Sqrt(1.5)), (explanation[FeatureFamily.Loudness].AskedLevel, explanation[FeatureFamily.Loudness].FoundLevel), new Near());
    }

    /// <summary>Through the whole program, by any ranking: what is shown is what the shown score is made of.</summary>
    [Theory]
    [InlineData(Ranking.Cosine)]
    [InlineData(Ranking.LocalScaling)]
    [InlineData(Ranking.Sound)]
    public async Task Recommender_EverySong_IsExplainedByItsOwnScore(Ranking ranking)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(8);
        await catalog.Get<RankingChoice>().ChooseAsync(ranking, CancellationToken.None);
        await catalog.RefreshAsync();
        Assert.Equal(ranking, catalog.Get<LiveIndex>().Current!.Ranking);
        var upload = await catalog.Get<UploadService>().CreateAsync(new MemoryStream(Wav.Tone(777)), "a.wav", CancellationToken.None);

        var similar = (await catalog.Get<Recommender>().SimilarToSongAsync(songs[0].Id, 7, CancellationToken.None))!
            .Concat(await catalog.Get<Recommender>().SimilarToUploadAsync(upload, 8, CancellationToken.None)).ToList();

        Assert.Equal(15, similar.Count);
        Assert.All(similar, hit => Assert.Equal(hit.Similarity, hit.Why!.Families.Sum(family => family.Contribution), 1e-6));
    }

    private static UnitVectors Vectors(double[][] rows) =>
        new(FeatureScaler.Fit([.. rows.Select(row => (ReadOnlyMemory<double>)row)]), rows.Length, (row, values) => rows[row].CopyTo(values));

    private sealed class Near : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) left, (double, double) right) =>
            Math.Abs(left.Item1 - right.Item1) < 1e-12 && Math.Abs(left.Item2 - right.Item2) < 1e-12;

        public int GetHashCode((double, double) pair) => 0;
    }
}
