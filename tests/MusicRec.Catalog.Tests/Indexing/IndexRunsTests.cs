using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Songs;

namespace MusicRec.Catalog.Tests.Indexing;

public sealed class IndexRunsTests
{
    [Fact]
    public async Task Start_All_DecodesEverySongOnceAndCompletes()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(4);
        File.Delete(Path.Combine(catalog.Storage.Songs, $"{songs[1].Id:N}.wav"));
        var runs = catalog.Get<IndexRuns>();

        var started = await runs.StartAsync(ReindexScope.All, CancellationToken.None);
        await catalog.IndexAllAsync();

        Assert.Equal((IndexRunState.Running, 4, 0, 0), (started.State, started.Total, started.Done, started.Failed));
        var done = await runs.LatestAsync(CancellationToken.None);
        Assert.Equal((IndexRunState.Completed, 4, 3, 1), (done!.State, done.Total, done.Done, done.Failed));
        Assert.Equal(catalog.Time.GetUtcNow(), done.FinishedAt);
        Assert.Equal("FileMissing", (await catalog.ReadAsync(songs[1].Id)).FailureCode);
    }

    [Fact]
    public async Task Start_Stale_LeavesFreshSongsAlone()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(3);
        var failed = (await catalog.ImportAsync(Wav.Tone(1000), "late.wav")).Song!;
        var path = Path.Combine(catalog.Storage.Songs, $"{failed.Id:N}.wav");
        File.Move(path, path + ".away");
        await catalog.IndexAllAsync();
        File.Move(path + ".away", path);
        catalog.Time.Advance(TimeSpan.FromHours(1));

        var started = await catalog.Get<IndexRuns>().StartAsync(ReindexScope.Stale, CancellationToken.None);
        await catalog.IndexAllAsync();

        Assert.Equal(1, started.Total);
        Assert.Equal(SongStatus.Indexed, (await catalog.ReadAsync(failed.Id)).Status);
        Assert.NotEqual(catalog.Time.GetUtcNow(), (await catalog.ReadAsync(songs[0].Id)).IndexedAt);
    }

    [Fact]
    public async Task Start_NothingStale_CompletesAtOnce()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(2);
        var runs = catalog.Get<IndexRuns>();

        await runs.StartAsync(ReindexScope.Stale, CancellationToken.None);
        await catalog.RefreshAsync();

        var done = await runs.LatestAsync(CancellationToken.None);
        Assert.Equal((IndexRunState.Completed, 0), (done!.State, done.Total));
    }

    [Fact]
    public async Task Start_WhileOneRuns_ReturnsThatOne()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(2);
        var runs = catalog.Get<IndexRuns>();

        var started = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => runs.StartAsync(ReindexScope.All, CancellationToken.None))));

        Assert.Single(started.Select(run => run.Id).Distinct());
    }

    [Fact]
    public async Task Cancel_PutsSongsBackWhereTheyStood()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(5);
        var runs = catalog.Get<IndexRuns>();
        await runs.StartAsync(ReindexScope.All, CancellationToken.None);
        await catalog.WorkOffAsync(atMost: 2);

        Assert.True(await runs.CancelAsync(CancellationToken.None));

        var cancelled = await runs.LatestAsync(CancellationToken.None);
        Assert.Equal((IndexRunState.Cancelled, 5, 2), (cancelled!.State, cancelled.Total, cancelled.Done));
        Assert.Equal(new SongCounts(5, 0, 0, 5, 0), await catalog.Get<SongCatalog>().CountAsync(CancellationToken.None));
        Assert.Null(await catalog.Get<IndexQueue>().ClaimNextAsync(CancellationToken.None));
        Assert.False(await runs.CancelAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Progress_TellsSpeedAndTimeLeft_AndStartsAnewAfterAPause()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(6);
        var runs = catalog.Get<IndexRuns>();
        var started = await runs.StartAsync(ReindexScope.All, CancellationToken.None);
        Assert.Null(started.SongsPerMinute);

        await catalog.WorkOffAsync(atMost: 2);
        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        var progress = await runs.LatestAsync(CancellationToken.None);
        Assert.Equal(2, progress!.SongsPerMinute!.Value, 6);
        Assert.Equal(2, progress.TimeLeft!.Value.TotalMinutes, 6);

        catalog.Time.Advance(TimeSpan.FromHours(8));
        await using var again = await catalog.StartAgainAsync();
        var resumed = again.Get<IndexRuns>();
        await resumed.ResumeAsync(CancellationToken.None);
        await again.WorkOffAsync(atMost: 1);
        again.Time.Advance(TimeSpan.FromMinutes(1));
        progress = await resumed.LatestAsync(CancellationToken.None);
        Assert.Equal((3, 1.0), (progress!.Done, Math.Round(progress.SongsPerMinute!.Value, 6)));
    }

    [Fact]
    public async Task Run_InterruptedByACrash_GoesOnAndEverySongIsIndexedOnce()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(5);
        await catalog.Get<IndexRuns>().StartAsync(ReindexScope.All, CancellationToken.None);
        await catalog.WorkOffAsync(atMost: 2);
        await catalog.Get<IndexQueue>().ClaimNextAsync(CancellationToken.None);

        catalog.Time.Advance(IndexQueue.Lease + TimeSpan.FromSeconds(1));
        await using var again = await catalog.StartAgainAsync();
        await again.IndexAllAsync();

        var done = await again.Get<IndexRuns>().LatestAsync(CancellationToken.None);
        Assert.Equal((IndexRunState.Completed, 5, 5, 0), (done!.State, done.Total, done.Done, done.Failed));
        Assert.Equal(5, again.Get<LiveIndex>().Current!.Count);
    }
}
