using System.Net;
using Microsoft.EntityFrameworkCore;
using MusicRec.Audio.Features;
using MusicRec.Catalog;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Pgvector;
using MusicRec.Catalog.Tests;
using MusicRec.Catalog.Uploads;
using MusicRec.Web.Tests.Hosting;
using static MusicRec.Postgres.Tests.PgvectorCatalog;

namespace MusicRec.Postgres.Tests;

/// <summary>Which order there is with pgvector, and what a change of it does.</summary>
[Collection(nameof(PgvectorCatalog))]
public sealed class PgvectorRankingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The order before answers until the table is made anew.</summary>
    [Fact]
    public async Task Choose_AnotherRanking_TableIsMadeAnewOfTheSameVersion()
    {
        await using var catalog = await CreateAsync(Ranking.Cosine);
        await FillAsync(catalog, 300, new Random(7));
        await catalog.RefreshAsync();
        Assert.Equal((Ranking.Cosine, FeatureVector.FeatureCount), await RankingAsync(catalog));

        await catalog.Get<RankingChoice>().ChooseAsync(Ranking.Sound, Stop);
        Assert.Equal(Ranking.Cosine, catalog.Get<LiveIndex>().Current!.Ranking);
        await catalog.RefreshAsync();

        Assert.Equal((Ranking.Sound, FeatureVector.FeatureCount + FeatureVector.SoundLength), await RankingAsync(catalog));
        Assert.Equal((1, Ranking.Sound), (catalog.Get<LiveIndex>().Current!.Version, catalog.Get<LiveIndex>().Current!.Ranking));
        var memory = await InMemoryAsync(catalog);
        Assert.All(Sample(memory, 10), id => AssertEqual(memory.Nearest(id, 5)!, ListAsync(catalog, id, 5).GetAwaiter().GetResult()));
    }

    /// <summary>The table is replaced before this process, or another one, has loaded what it is of now.</summary>
    [Theory]
    [InlineData(Ranking.Sound, Ranking.Cosine)]
    [InlineData(Ranking.Cosine, Ranking.Sound)]
    public async Task Similar_TableWasJustReplaced_AnswersByTheNewOne(Ranking before, Ranking after)
    {
        await using var catalog = await CreateAsync(before);
        var songs = await FillAsync(catalog, 30, new Random(10));
        await catalog.RefreshAsync();
        await catalog.Get<RankingChoice>().ChooseAsync(after, Stop);

        await catalog.Get<VectorTable>().KeepUpAsync(Stop);
        Assert.Equal(before, catalog.Get<LiveIndex>().Current!.Ranking);
        var list = await ListAsync(catalog, songs[0].Id, 5);

        Assert.Equal(after, catalog.Get<LiveIndex>().Current!.Ranking);
        AssertEqual((await InMemoryAsync(catalog)).Nearest(songs[0].Id, 5)!, list);
    }

    /// <summary>A table that is made anew while songs are being heard, as after a restore.</summary>
    [Fact]
    public async Task Refresh_TableIsMadeAnewWhileSongsAreHeard_KeepsWhatWasHeard()
    {
        await using var catalog = await CreateAsync();
        var songs = await FillAsync(catalog, 20, new Random(11));
        await catalog.RefreshAsync();
        await MakeOldAsync(catalog, FeatureVersion.WithDeviations);
        await HearAsync(catalog, songs[..10]);
        await catalog.RefreshAsync();
        Assert.Equal((FeatureVersion.WithDeviations, 20), (catalog.Get<LiveIndex>().Current!.FeatureVersion, catalog.Get<LiveIndex>().Current!.Count));

        await HearAsync(catalog, songs[10..]);
        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        await catalog.RefreshAsync();

        Assert.Equal((FeatureVersion.Current, 20), (catalog.Get<LiveIndex>().Current!.FeatureVersion, catalog.Get<LiveIndex>().Current!.Count));
    }

    /// <summary>
    /// Songs of an earlier program are ranked by what they have until the last of them has been heard; then the table is of the new vectors alone. Others are
    /// compared by their features meanwhile.
    /// </summary>
    [Theory]
    [InlineData(FeatureVersion.WithDeviations, Ranking.Cosine)]
    [InlineData(OldCatalog.OtherEar, Ranking.Sound)]
    public async Task Refresh_SongsHaveBeenHeard_TableOfTheNewFeatureVersionFollowsTheOld(int featureVersion, Ranking ranking)
    {
        await using var catalog = await CreateAsync();
        var songs = await FillAsync(catalog, 40, new Random(8));
        await catalog.RefreshAsync();
        await MakeOldAsync(catalog, featureVersion);
        await catalog.RefreshAsync();
        var before = catalog.Get<LiveIndex>().Current!;
        Assert.Equal((featureVersion, ranking), (before.FeatureVersion, before.Ranking));
        var list = await ListAsync(catalog, songs[0].Id, 5);

        await HearAsync(catalog, songs[..^1]);
        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        await catalog.RefreshAsync();
        Assert.Equal(featureVersion, catalog.Get<LiveIndex>().Current!.FeatureVersion);
        AssertEqual(list, await ListAsync(catalog, songs[0].Id, 5));
        var asked = Sounds.Of(new FeatureVector([.. Enumerable.Range(1, FeatureVector.Length).Select(column => Math.Sin(column))]));
        var upload = new Upload("a.wav", "0", new UploadAnalysis(asked, 1, 100, 0), null, catalog.Time.GetUtcNow());
        var similar = await catalog.Get<Recommender>().SimilarToUploadAsync(upload, 5, Stop);
        var byFeatures = (await InMemoryAsync(catalog)).RankedBy(Ranking.Cosine, Stop);
        var expected = await byFeatures.NearestAsync(null!, byFeatures.NumbersOf(asked, FeatureVersion.Current), 5, Stop);
        Assert.Equal(expected.Select(hit => hit.Id), similar.Select(hit => hit.Song.Id));
        Assert.All(expected.Zip(similar), pair => Assert.Equal(pair.First.Similarity, pair.Second.Similarity, 1e-9));

        await HearAsync(catalog, songs[^1..]);
        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        await catalog.RefreshAsync();

        var live = catalog.Get<LiveIndex>().Current!;
        Assert.Equal((FeatureVersion.Current, Ranking.Sound, 40), (live.FeatureVersion, live.Ranking, live.Count));
        var memory = await InMemoryAsync(catalog);
        Assert.All(songs, song => AssertEqual(memory.Nearest(song.Id, 5)!, ListAsync(catalog, song.Id, 5).GetAwaiter().GetResult()));
        await using var context = catalog.Open();
        Assert.False(await context.Vectors.AnyAsync(row => row.FeatureVersion < FeatureVersion.Current, Stop));
    }

    /// <summary>The program before knew the cosine alone, and did not say so in the table's state.</summary>
    [Fact]
    public async Task Start_TableOfTheProgramBefore_IsMadeAnewAsChosen()
    {
        await using var catalog = await CreateAsync(Ranking.Cosine);
        await FillAsync(catalog, 100, new Random(9));
        await catalog.RefreshAsync();
        await catalog.Get<RankingChoice>().ChooseAsync(Ranking.Sound, Stop);
        await using (var context = catalog.Open())
        {
            await context.Database.ExecuteSqlRawAsync("""ALTER TABLE "RankedVectorsState" DROP COLUMN "Ranking" """, Stop);
        }

        await using var again = await catalog.StartAgainAsync();

        Assert.Equal((1, Ranking.Sound), (again.Get<LiveIndex>().Current!.Version, again.Get<LiveIndex>().Current!.Ranking));
        Assert.Equal((Ranking.Sound, FeatureVector.FeatureCount + FeatureVector.SoundLength), await RankingAsync(again));
    }

    [Fact]
    public async Task Choose_LocalScaling_IsRefusedInWords()
    {
        await using var catalog = await CreateAsync();
        var choice = catalog.Get<RankingChoice>();

        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => choice.ChooseAsync(Ranking.LocalScaling, Stop));

        Assert.Contains("Similarity:Index", problem.Message, StringComparison.Ordinal);
        Assert.False(choice.CanChoose(Ranking.LocalScaling));
        Assert.Equal(Ranking.Sound, await choice.ReadAsync(Stop));
    }

    [Fact]
    public async Task Pages_NoLocalScalingAndNoMap_SayWhy()
    {
        await using var database = await TestDatabase.CreateWithPgvectorAsync();
        await using var app = new Node(database);
        using var client = await app.AdministratorAsync();

        var page = await client.PageAsync("/admin/ranking");
        Assert.Contains("pgvector", page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Cosine"], page.QuerySelectorAll("form[action='/admin/ranking'] button").Select(button => button.GetAttribute("value")));
        var form = new Dictionary<string, string> { ["ranking"] = "LocalScaling", [Browser.TokenField] = await client.TokenAsync("/admin/ranking") };
        using var content = new FormUrlEncodedContent(form);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync("/admin/ranking", content, Stop)).StatusCode);
        Assert.Contains("메모리", (await client.PageAsync("/map")).QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task MakeOldAsync(TestCatalog catalog, int featureVersion)
    {
        await (featureVersion == FeatureVersion.WithDeviations ? OldCatalog.MakeAsync(catalog) : OldCatalog.MakeWithAnotherEarAsync(catalog));
        await using var context = catalog.Open();
        await context.Database.ExecuteSqlRawAsync("""DELETE FROM "RankedVectorsState" """, Stop);
    }

    /// <summary>As the indexer leaves it: the old vectors stay until an index of the new ones is there.</summary>
    private static async Task HearAsync(TestCatalog catalog, List<Song> songs)
    {
        await using var context = catalog.Open();
        foreach (var id in songs.Select(song => song.Id))
        {
            var old = await context.Vectors.AsNoTracking().SingleAsync(row => row.SongId == id, Stop);
            context.Add(new SongVector(id, Sounds.Of(new FeatureVector(old.Features.Values))));
            await context.Songs.Where(song => song.Id == id)
                .ExecuteUpdateAsync(row => row.SetProperty(song => song.FeatureVersion, FeatureVersion.Current), Stop);
        }

        await context.SaveChangesAsync(Stop);
    }

    private static async Task<(Ranking Ranking, int Columns)> RankingAsync(TestCatalog catalog)
    {
        var state = await StateAsync(catalog);
        return (state.Ranking, state.Vectors.Dimensions);
    }

    private sealed class Node(TestDatabase database) : WebApp
    {
        protected override Dictionary<string, string> Settings => new(base.Settings)
        {
            ["Catalog:Provider"] = "PostgreSql",
            ["Catalog:ConnectionString"] = database.ConnectionString,
            ["Similarity:Index"] = "Pgvector",
        };
    }
}
