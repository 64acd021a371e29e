using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Models;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Lists;
using MusicRec.Catalog.Songs;

namespace MusicRec.Catalog.Tests.Survival;

/// <summary>The machine's clock is set back by a day while songs are indexed.</summary>
public sealed class ClockSetBackTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reindex_ClockSetBack_LosesNoSongAndEndsAndTellsNothingNegative()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(5);
        var runs = catalog.Get<IndexRuns>();
        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        await runs.StartAsync(ReindexScope.All, Stop);
        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        await catalog.WorkOffAsync(2);
        Assert.True((await runs.LatestAsync(Stop))!.SongsPerMinute > 0);

        // A worker that is gone holds a song, for a day and a bit by the clock that is set back.
        Assert.NotNull(await catalog.Get<IndexQueue>().ClaimNextAsync(Stop));
        SetBack(catalog);

        var progress = (await runs.LatestAsync(Stop))!;
        Assert.Equal((IndexRunState.Running, 5, 2), (progress.State, progress.Total, progress.Done));
        AssertNothingNegative(progress);
        await catalog.IndexAllAsync();

        var ended = (await runs.LatestAsync(Stop))!;
        Assert.Equal((IndexRunState.Completed, 5, 5, 0), (ended.State, ended.Total, ended.Done, ended.Failed));
        AssertNothingNegative(ended);
        foreach (var song in songs)
        {
            Assert.Equal(SongStatus.Indexed, (await catalog.ReadAsync(song.Id)).Status);
        }

        // What comes now is found at once, and what is edited now is known to lists.
        var added = await catalog.AddTonesAsync(2, firstHertz: 900);
        Assert.Equal(7, catalog.Get<LiveIndex>().Current!.Count);
        Assert.Equal(5, (await catalog.Get<Recommender>().SimilarToSongAsync(added[0].Id, 5, Stop))!.Count);
    }

    /// <summary>A worker that lives renews its claim by the new clock, and keeps its song.</summary>
    [Fact]
    public async Task Claim_ClockSetBack_IsKeptByAWorkerThatRenewsIt()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var queue = catalog.Get<IndexQueue>();
        await catalog.ImportAsync(Wav.Tone(300), "곡.wav");
        var claimed = (await queue.ClaimNextAsync(Stop))!;
        SetBack(catalog);

        Assert.True(await queue.RenewAsync(claimed, Stop));

        Assert.Null(await queue.ClaimNextAsync(Stop));
        await catalog.Get<SongIndexer>().IndexAsync(claimed, Stop);
        Assert.Equal(SongStatus.Indexed, (await catalog.ReadAsync(claimed.Id)).Status);
    }

    [Fact]
    public async Task Delete_ClockSetBack_IndexIsPublishedWithoutTheSong()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(3);
        SetBack(catalog);

        await catalog.Get<SongCatalog>().DeleteAsync(songs[0].Id, Stop);
        await catalog.RefreshAsync();

        Assert.Equal((2, 2), (catalog.Get<LiveIndex>().Current!.Version, catalog.Get<LiveIndex>().Current!.Count));
    }

    [Fact]
    public async Task Facts_EditedAfterTheClockWasSetBack_AreRead()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var song = (await catalog.AddTonesAsync(2))[0];
        var rows = catalog.Get<LiveIndex>().InMemory!.Rows;
        await using var context = catalog.Open();
        await catalog.Get<FactTable>().ReadAsync(context, rows, Stop);
        SetBack(catalog);

        await catalog.Get<SongCatalog>().EditAsync(song.Id, "새 제목", "가수", "Trot", Stop);
        catalog.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(Expected(await catalog.ReadAsync(song.Id)), (await catalog.Get<FactTable>().ReadAsync(context, rows, Stop))[rows.Find(song.Id)]);

        static SongFacts Expected(Song edited) => SongFacts.Of(edited);
    }

    [Fact]
    public void Training_ClockSetBack_TellsNothingNegativeAndDoesNotBlockTheNext()
    {
        var now = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var run = new TrainingRun(now);
        run.Report([new(1, 10, 1, 0.5, 1, 0.5)], now);
        var back = now - TimeSpan.FromDays(1);
        Assert.True(run.IsAbandoned(back));

        run.Report([new(2, 10, 1, 0.5, 1, 0.5)], back);

        Assert.False(run.IsAbandoned(back));
        Assert.Null(run.Describe(back).TimeLeft);
    }

    private static void SetBack(TestCatalog catalog) => catalog.Time.AdjustTime(catalog.Time.GetUtcNow() - TimeSpan.FromDays(1));

    private static void AssertNothingNegative(IndexRunProgress progress)
    {
        Assert.True(progress.SongsPerMinute is null or >= 0);
        Assert.True(progress.TimeLeft is null || progress.TimeLeft >= TimeSpan.Zero);
        Assert.True(progress.FinishedAt is null || progress.FinishedAt >= progress.StartedAt);
    }
}
