using CsCheck;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Lists;
using MusicRec.Genres;

namespace MusicRec.Catalog.Tests.Similarity.Lists;

/// <summary>Every song of a list says why it is there, and what it says adds up to its similarity.</summary>
public sealed class ExplainedListsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Of_AnyBlendOfSongs_AddsUpToTheCosineOfTheList() =>
        Gen.Select(Gen.Double[-3, 3].Array[FeatureVector.FeatureCount].Array[4, 20], Gen.Int[0, 3], Gen.Int[0, 3]).Where((_, like, unlike) => like + unlike > 0).Sample(
            (rows, like, unlike) =>
            {
                var vectors = new UnitVectors(FeatureScaler.Fit([.. rows.Select(row => (ReadOnlyMemory<double>)row)]), rows.Length, (row, values) => rows[row].CopyTo(values));
                double[][] units = [.. Enumerable.Range(0, rows.Length).Select(row => vectors[row])];
                var unit = SeedBlend.Of(units[..like], units[^unlike..]);

                for (var row = 0; row < rows.Length; row++)
                {
                    var explanation = Explanation.Of(vectors, unit, unit, rows[row]);
                    Assert.Equal(vectors.Cosine(unit, row), explanation.Families.Sum(family => family.Contribution), 1e-9);
                }
            });

    [Fact]
    public async Task Make_OneSeed_ExplainsAsTheRecommenderDoes()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await AddAsync(catalog, 12);

        var list = await catalog.Get<SongLists>().MakeAsync(new ListQuestion([songs[4].Id], [], null, new ListRules(5)), Stop);

        var similar = await catalog.Get<Recommender>().SimilarToSongAsync(songs[4].Id, 5, Stop);
        Assert.All(list.Songs.Zip(similar!), pair => Assert.All(pair.First.Why!.Families.Zip(pair.Second.Why!.Families), families =>
        {
            Assert.Equal(families.Second.Contribution, families.First.Contribution, 1e-12);
            Assert.Equal(families.Second.Likeness, families.First.Likeness, 1e-9);
            Assert.Equal(families.Second.FoundLevel, families.First.FoundLevel, 1e-12);

            // The numbers of the embedding have no levels that mean anything.
            if (families.First.Family != FeatureFamily.Sound)
            {
                Assert.Equal(families.Second.AskedLevel, families.First.AskedLevel, 1e-9);
            }
        }));
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(2, 2)]
    [InlineData(0, 1)]
    public async Task Make_SeveralSeeds_AddsUpToTheSimilarityShown(int like, int unlike)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var ids = (await AddAsync(catalog, 20)).ConvertAll(song => song.Id);

        var list = await catalog.Get<SongLists>().MakeAsync(new ListQuestion(ids[..like], ids[^unlike..], null, new ListRules(10)), Stop);

        Assert.Equal(10, list.Songs.Count);
        Assert.All(list.Songs, hit => Assert.Equal(hit.Similarity, hit.Why!.Families.Sum(family => family.Contribution), 1e-6));
        Assert.All(list.Songs, hit => Assert.Contains(hit.Why!.Families, family => family.AskedLevel != 0));
    }

    [Fact]
    public async Task FindPath_ExplainsEachSongAgainstTheOneBefore()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await AddAsync(catalog, 20);

        var path = await catalog.Get<SongLists>().FindPathAsync(songs[1].Id, songs[7].Id, new ListRules(6), Stop);

        Assert.Null(path!.Songs[0].Why);
        Assert.All(path.Songs.Skip(1), hit => Assert.Equal(hit.Similarity, hit.Why!.Families.Sum(family => family.Contribution), 1e-6));
        Assert.All(path.Songs.Skip(1).Zip(path.Songs.Skip(2)), pair => Assert.Equal(pair.First.Why!.Families.Select(family => family.FoundLevel), pair.Second.Why!.Families.Select(family => family.AskedLevel)));
    }

    private static async Task<List<Song>> AddAsync(TestCatalog catalog, int count)
    {
        var songs = new List<Song>();
        var random = new Random(5);
        for (var i = 0; i < count; i++)
        {
            songs.Add(await catalog.AddVectorAsync(new FeatureVector([.. Enumerable.Range(0, FeatureVector.Length).Select(_ => random.NextDouble())])));
        }

        await catalog.RefreshAsync();
        return songs;
    }
}
