using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Indexing;

namespace MusicRec.Catalog.Tests.Indexing;

public sealed class PauseTests
{
    [Fact]
    public async Task Pause_QueuedSongs_WaitInEveryProcessAndAfterARestart()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await using var other = await catalog.StartAgainAsync();
        await catalog.ImportAsync(Wav.Tone(440), "a.wav");
        await catalog.Get<IndexRuns>().PauseAsync(CancellationToken.None);
        await using var restarted = await catalog.StartAgainAsync();
        await restarted.Get<IndexRuns>().ResumeAsync(CancellationToken.None);

        foreach (var process in (TestCatalog[])[catalog, other, restarted])
        {
            Assert.Null(await process.Get<IndexQueue>().ClaimNextAsync(CancellationToken.None));
            Assert.True(await process.Get<IndexRuns>().IsPausedAsync(CancellationToken.None));
        }

        Assert.True(await other.Get<IndexRuns>().GoOnAsync(CancellationToken.None));
        Assert.False(await other.Get<IndexRuns>().GoOnAsync(CancellationToken.None));
        Assert.NotNull(await catalog.Get<IndexQueue>().ClaimNextAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Pause_SongInHand_IsFinished()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var song = (await catalog.ImportAsync(Wav.Tone(440), "a.wav")).Song!;
        var claimed = (await catalog.Get<IndexQueue>().ClaimNextAsync(CancellationToken.None))!;
        await catalog.Get<IndexRuns>().PauseAsync(CancellationToken.None);

        await catalog.Get<SongIndexer>().IndexAsync(claimed, CancellationToken.None);

        Assert.Equal(SongStatus.Indexed, (await catalog.ReadAsync(song.Id)).Status);
    }

    [Fact]
    public async Task Pause_Run_SaysSoAndItsSpeedDoesNotCountThePause()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(4);
        var runs = catalog.Get<IndexRuns>();
        await runs.StartAsync(ReindexScope.All, CancellationToken.None);
        catalog.Time.Advance(TimeSpan.FromSeconds(30));
        await catalog.WorkOffAsync(2);
        Assert.Equal(4, (await runs.LatestAsync(CancellationToken.None))!.SongsPerMinute!.Value, 1e-9);

        await runs.PauseAsync(CancellationToken.None);
        var paused = (await runs.LatestAsync(CancellationToken.None))!;
        Assert.Equal((IndexRunState.Running, true, null, null), (paused.State, paused.IsPaused, paused.SongsPerMinute, paused.TimeLeft));
        catalog.Time.Advance(TimeSpan.FromHours(1));
        await runs.GoOnAsync(CancellationToken.None);
        catalog.Time.Advance(TimeSpan.FromSeconds(30));
        await catalog.WorkOffAsync(1);

        var goingOn = (await runs.LatestAsync(CancellationToken.None))!;
        Assert.False(goingOn.IsPaused);
        Assert.Equal(2, goingOn.SongsPerMinute!.Value, 1e-9);
    }

    [Fact]
    public async Task Cancel_PausedRun_EndsItAndTheQueueStaysPaused()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(2);
        var runs = catalog.Get<IndexRuns>();
        await runs.StartAsync(ReindexScope.All, CancellationToken.None);
        await runs.PauseAsync(CancellationToken.None);

        Assert.True(await runs.CancelAsync(CancellationToken.None));

        Assert.Equal(IndexRunState.Cancelled, (await runs.LatestAsync(CancellationToken.None))!.State);
        Assert.Equal(SongStatus.Indexed, (await catalog.ReadAsync(songs[0].Id)).Status);
        Assert.True(await runs.IsPausedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Retry_FailedSongs_AreARunOfTheirOwn()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(3);
        var runs = catalog.Get<IndexRuns>();
        await FailAsync(catalog, songs[0], songs[1]);

        Assert.Equal(1, await runs.RetryAsync(songs[0].Id, CancellationToken.None));
        Assert.Equal(1, await runs.RetryAsync(null, CancellationToken.None));
        Assert.Equal(0, await runs.RetryAsync(null, CancellationToken.None));
        await catalog.IndexAllAsync();

        var run = (await runs.LatestAsync(CancellationToken.None))!;
        Assert.Equal((IndexRunState.Completed, ReindexScope.Failed, 2, 2, 0), (run.State, run.Scope, run.Total, run.Done, run.Failed));
        Assert.Equal(SongStatus.Indexed, (await catalog.ReadAsync(songs[0].Id)).Status);
    }

    /// <summary>A failed song is decoded again, also where its old numbers are still there.</summary>
    [Fact]
    public async Task Retry_FileStillMissing_FailsAgain()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(1);
        await FailAsync(catalog, songs[0]);
        File.Delete(Path.Combine(catalog.Storage.Root, MusicRec.Catalog.Files.AudioStore.NameOf(songs[0].Id)));

        await catalog.Get<IndexRuns>().RetryAsync(null, CancellationToken.None);
        await catalog.IndexAllAsync();

        Assert.Equal("FileMissing", (await catalog.ReadAsync(songs[0].Id)).FailureCode);
    }

    private static async Task FailAsync(TestCatalog catalog, params Song[] songs)
    {
        await using var context = catalog.Open();
        foreach (var song in songs)
        {
            (await context.Songs.SingleAsync(row => row.Id == song.Id)).Fail("Truncated", "for the test");
        }

        await context.SaveChangesAsync();
    }
}
