using Microsoft.EntityFrameworkCore;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Quality;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Catalog.Tests.Similarity;

public sealed class RankingChoiceTests
{
    [Fact]
    public async Task Read_NewCatalog_IsSound()
    {
        await using var catalog = await TestCatalog.CreateAsync();

        Assert.Equal(Ranking.Sound, await catalog.Get<RankingChoice>().ReadAsync(CancellationToken.None));
    }

    /// <summary>A catalog of an earlier program, where nobody ever chose, keeps its order.</summary>
    [Fact]
    public async Task Read_NothingChosen_IsCosineAlsoAfterTheNextStart()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(1);
        await using (var context = catalog.Open())
        {
            await context.Settings.ExecuteDeleteAsync();
        }

        await using var again = await catalog.StartAgainAsync();

        Assert.Equal(Ranking.Cosine, await again.Get<RankingChoice>().ReadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Choose_Twice_TheLastIsStored()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var choice = catalog.Get<RankingChoice>();

        await choice.ChooseAsync(Ranking.LocalScaling, CancellationToken.None);
        await choice.ChooseAsync(Ranking.Cosine, CancellationToken.None);
        await choice.ChooseAsync(Ranking.LocalScaling, CancellationToken.None);

        Assert.Equal(Ranking.LocalScaling, await choice.ReadAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("Astrology")]
    [InlineData("7")]
    public async Task Read_UnknownValueInTheDatabase_IsCosine(string value)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await using (var context = catalog.Open())
        {
            await Setting.SetAsync(context, "ranking", value, CancellationToken.None);
        }

        Assert.Equal(Ranking.Cosine, await catalog.Get<RankingChoice>().ReadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Choose_OtherProcess_FollowsAndKeepsTheVersion()
    {
        await using var catalog = await CatalogAsync();
        await using var other = await catalog.StartAgainAsync();
        Assert.Equal(Ranking.Sound, other.Get<LiveIndex>().Current!.Ranking);

        await catalog.Get<RankingChoice>().ChooseAsync(Ranking.LocalScaling, CancellationToken.None);
        await catalog.RefreshAsync();
        await other.RefreshAsync();

        foreach (var live in new[] { catalog, other }.Select(process => process.Get<LiveIndex>().Current!))
        {
            Assert.Equal((Ranking.LocalScaling, 1), (live.Ranking, live.Version));
        }
    }

    [Fact]
    public async Task Choose_ProgramStartedAgain_StillRanksSo()
    {
        await using var catalog = await CatalogAsync();
        await catalog.Get<RankingChoice>().ChooseAsync(Ranking.LocalScaling, CancellationToken.None);

        await using var again = await catalog.StartAgainAsync();

        Assert.Equal(Ranking.LocalScaling, again.Get<LiveIndex>().Current!.Ranking);
    }

    /// <summary>Songs and uploads with the same vector have the same list, and it is another than by cosine.</summary>
    [Fact]
    public async Task Choose_LocalScaling_ChangesTheListsOfSongsAndUploadsAlike()
    {
        await using var catalog = await CatalogAsync();
        await catalog.Get<RankingChoice>().ChooseAsync(Ranking.Cosine, CancellationToken.None);
        await catalog.RefreshAsync();
        var before = await ListsAsync(catalog);
        await catalog.Get<RankingChoice>().ChooseAsync(Ranking.LocalScaling, CancellationToken.None);
        await catalog.RefreshAsync();

        var after = await ListsAsync(catalog);

        Assert.NotEqual(before.SelectMany(list => list.Song), after.SelectMany(list => list.Song));
        Assert.All(after, list => Assert.Equal(list.Song, list.Upload));
        await catalog.Get<RankingChoice>().ChooseAsync(Ranking.Cosine, CancellationToken.None);
        await catalog.RefreshAsync();
        Assert.Equal(before.SelectMany(list => list.Song), (await ListsAsync(catalog)).SelectMany(list => list.Song));
    }

    [Fact]
    public async Task Measure_Catalog_IsAllRankingsOverAllSongs()
    {
        await using var catalog = await CatalogAsync();

        var measured = (await catalog.Get<CatalogQuality>().MeasureAsync(CancellationToken.None))!;

        Assert.Equal((40, 40, 40, 40), (measured.Songs, measured.Cosine.Songs, measured.LocalScaling.Songs, measured.Sound!.Songs));
        Assert.Null(measured.Cosine.GenrePrecision);
        Assert.NotEqual(measured.Cosine.Skewness, measured.LocalScaling.Skewness);
        Assert.NotEqual(measured.Cosine.Skewness, measured.Sound.Skewness);
    }

    [Fact]
    public async Task Measure_NothingIndexed_Null()
    {
        await using var catalog = await TestCatalog.CreateAsync();

        Assert.Null(await catalog.Get<CatalogQuality>().MeasureAsync(CancellationToken.None));
    }

    private static async Task<TestCatalog> CatalogAsync()
    {
        var catalog = await TestCatalog.CreateAsync();
        foreach (var vector in Vectors())
        {
            await catalog.AddVectorAsync(vector);
        }

        await catalog.RefreshAsync();
        return catalog;
    }

    private static List<FeatureVector> Vectors()
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, 40).Select(_ => new FeatureVector([.. Enumerable.Range(0, FeatureVector.Length).Select(_ => random.NextDouble())]))];
    }

    private static async Task<List<(IEnumerable<Guid> Song, IEnumerable<Guid> Upload)>> ListsAsync(TestCatalog catalog)
    {
        await using var context = catalog.Open();
        var lists = new List<(IEnumerable<Guid>, IEnumerable<Guid>)>();
        foreach (var vector in context.Vectors.OrderBy(row => row.SongId).ToList())
        {
            var song = await catalog.ReadAsync(vector.SongId);
            var upload = new Upload("a.wav", song.Sha256, new UploadAnalysis(vector.Features, 30, 100, 0), null, catalog.Time.GetUtcNow());
            var similar = await catalog.Get<Recommender>().SimilarToSongAsync(song.Id, 5, CancellationToken.None);
            var toUpload = await catalog.Get<Recommender>().SimilarToUploadAsync(upload, 5, CancellationToken.None);
            lists.Add((similar!.Select(hit => hit.Song.Id).ToList(), toUpload.Select(hit => hit.Song.Id).ToList()));
        }

        return lists;
    }
}
