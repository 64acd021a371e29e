using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Songs;

namespace MusicRec.Catalog.Tests.Indexing;

public sealed class IndexPublisherTests
{
    [Fact]
    public async Task Publish_EmptyCatalog_NoVersion()
    {
        await using var catalog = await TestCatalog.CreateAsync();

        await catalog.RefreshAsync();

        Assert.Null(catalog.Get<LiveIndex>().Current);
    }

    [Fact]
    public async Task Publish_NothingChanged_NoNewVersion()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(3);
        catalog.Time.Advance(TimeSpan.FromHours(1));

        await catalog.RefreshAsync();

        Assert.Equal(1, catalog.Get<LiveIndex>().Current!.Version);
    }

    [Fact]
    public async Task Publish_DuringARun_OldIndexAnswersUntilAllIsDone()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(4);
        var before = await SimilarAsync(catalog, songs[0]);
        await catalog.ImportAsync(Wav.Tone(950), "new 1.wav");
        await catalog.ImportAsync(Wav.Tone(990), "new 2.wav");
        await catalog.Get<IndexRuns>().StartAsync(ReindexScope.All, CancellationToken.None);

        await catalog.WorkOffAsync(atMost: 5);
        catalog.Time.Advance(TimeSpan.FromHours(1));
        await catalog.RefreshAsync();
        Assert.Equal(1, catalog.Get<LiveIndex>().Current!.Version);
        Assert.Equal(before, await SimilarAsync(catalog, songs[0]));

        await catalog.IndexAllAsync();
        Assert.Equal((2, 6), (catalog.Get<LiveIndex>().Current!.Version, catalog.Get<LiveIndex>().Current!.Count));
    }

    [Fact]
    public async Task Publish_SongsKeepComing_NewOnesAreSearchableAfterAWhile()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(2);
        await catalog.ImportAsync(Wav.Tone(950), "new 1.wav");
        await catalog.ImportAsync(Wav.Tone(990), "new 2.wav");
        await catalog.WorkOffAsync(atMost: 1);

        await catalog.RefreshAsync();
        Assert.Equal(2, catalog.Get<LiveIndex>().Current!.Count);

        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        await catalog.RefreshAsync();
        Assert.Equal(3, catalog.Get<LiveIndex>().Current!.Count);
    }

    [Fact]
    public async Task Restart_AnswersByTheSameVersionWithoutFittingAnew()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(4);
        var before = await SimilarAsync(catalog, songs[0]);
        await catalog.ImportAsync(Wav.Tone(950), "new.wav");
        await catalog.WorkOffAsync();

        await using var again = await catalog.StartAgainAsync();

        Assert.Equal(1, again.Get<LiveIndex>().Current!.Version);
        Assert.Equal(before, await SimilarAsync(again, songs[0]));
    }

    [Fact]
    public async Task Publish_ByAnotherProcess_IsNoticed()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await using var other = await catalog.StartAgainAsync();
        var songs = await catalog.AddTonesAsync(4);

        await other.RefreshAsync();

        Assert.Equal(1, other.Get<LiveIndex>().Current!.Version);
        Assert.Equal(await SimilarAsync(catalog, songs[1]), await SimilarAsync(other, songs[1]));
    }

    [Fact]
    public async Task Publish_TwoProcessesAtOnce_OneVersion()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await using var other = await catalog.StartAgainAsync();
        await catalog.ImportAsync(Wav.Tone(300), "1.wav");
        await catalog.WorkOffAsync();

        await Task.WhenAll(Task.Run(catalog.RefreshAsync), Task.Run(other.RefreshAsync));

        await using var context = catalog.Open();
        Assert.Single(context.IndexVersions);
    }

    [Fact]
    public async Task Delete_Song_IsNoLongerRecommendedAndOthersMoveUp()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(7);
        var before = await SimilarAsync(catalog, songs[0]);

        await catalog.Get<SongCatalog>().DeleteAsync(before[0].Id, CancellationToken.None);

        await catalog.RefreshAsync();
        var after = await SimilarAsync(catalog, songs[0]);
        Assert.Equal(5, after.Count);
        Assert.Equal(before.Skip(1), after.Take(4));

        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        await catalog.RefreshAsync();
        Assert.Equal((2, 6), (catalog.Get<LiveIndex>().Current!.Version, catalog.Get<LiveIndex>().Current!.Count));
    }

    [Fact]
    public async Task Delete_LastSong_LeavesNoSongInTheIndex()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(1);

        await catalog.Get<SongCatalog>().DeleteAsync(songs[0].Id, CancellationToken.None);
        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        await catalog.RefreshAsync();
        await catalog.AddTonesAsync(2);

        Assert.Equal(2, catalog.Get<LiveIndex>().Current!.Count);
    }

    [Fact]
    public async Task Reindex_All_FitsTheScalerAnew()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(3);

        await catalog.Get<IndexRuns>().StartAsync(ReindexScope.All, CancellationToken.None);
        await catalog.IndexAllAsync();

        Assert.Equal(2, catalog.Get<LiveIndex>().Current!.Version);
    }

    private static async Task<IReadOnlyList<(Guid Id, double Similarity)>> SimilarAsync(TestCatalog catalog, Song song)
    {
        var similar = await catalog.Get<Recommender>().SimilarToSongAsync(song.Id, 5, CancellationToken.None);
        return [.. similar!.Select(hit => (hit.Song.Id, hit.Similarity))];
    }
}
