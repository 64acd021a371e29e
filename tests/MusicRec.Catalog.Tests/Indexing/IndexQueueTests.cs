using System.Collections.Concurrent;
using MusicRec.Catalog.Indexing;

namespace MusicRec.Catalog.Tests.Indexing;

public sealed class IndexQueueTests
{
    [Fact]
    public async Task ClaimNext_ManyWorkersOfTwoProcesses_EachSongOnce()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await using var other = await catalog.StartAgainAsync();
        for (var i = 0; i < 60; i++)
        {
            await catalog.ImportAsync(Wav.Tone(200 + i, 0.01), $"{i}.wav");
        }

        var claimed = new ConcurrentBag<Guid>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            var queue = (worker % 2 == 0 ? catalog : other).Get<IndexQueue>();
            while (await queue.ClaimNextAsync(CancellationToken.None) is { } song)
            {
                claimed.Add(song.Id);
                Assert.True(await queue.UpdateAsync(song, row => row.Fail("Test", "done at once"), null, CancellationToken.None));
            }
        })));

        Assert.Equal(60, claimed.Count);
        Assert.Equal(60, claimed.Distinct().Count());
    }

    [Fact]
    public async Task ClaimNext_OldestFirst()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var first = await catalog.ImportAsync(Wav.Tone(300), "1.wav");
        await catalog.ImportAsync(Wav.Tone(400), "2.wav");

        var claimed = await catalog.Get<IndexQueue>().ClaimNextAsync(CancellationToken.None);

        Assert.Equal(first.Song!.Id, claimed!.Id);
    }

    [Fact]
    public async Task ClaimNext_WorkerFellSilent_SongIsClaimedAgainAndTheOldClaimCannotWrite()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var song = (await catalog.ImportAsync(Wav.Tone(300), "1.wav")).Song!;
        var queue = catalog.Get<IndexQueue>();
        var old = await queue.ClaimNextAsync(CancellationToken.None);

        Assert.Null(await queue.ClaimNextAsync(CancellationToken.None));
        catalog.Time.Advance(IndexQueue.Lease + TimeSpan.FromSeconds(1));
        var renewed = await queue.ClaimNextAsync(CancellationToken.None);

        Assert.Equal(song.Id, renewed!.Id);
        Assert.False(await queue.UpdateAsync(old!, row => row.Fail("Late", "late"), null, CancellationToken.None));
        Assert.False(await queue.RenewAsync(old!, CancellationToken.None));
        Assert.Equal(SongStatus.Analyzing, (await catalog.ReadAsync(song.Id)).Status);
    }

    /// <summary>However often the program is killed, songs that were not begun are done before one is tried a third time.</summary>
    [Fact]
    public async Task ClaimNext_WorkerFellSilent_SongsThatNobodyTriedComeFirst()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        Guid[] ids = [.. await Task.WhenAll(Enumerable.Range(0, 4).Select(async i => (await catalog.ImportAsync(Wav.Tone(300 + i), $"{i}.wav")).Song!.Id))];
        Array.Sort(ids);
        var queue = catalog.Get<IndexQueue>();
        await queue.ClaimNextAsync(CancellationToken.None);
        catalog.Time.Advance(IndexQueue.Lease + TimeSpan.FromSeconds(1));

        var order = new List<Guid>();
        while (await queue.ClaimNextAsync(CancellationToken.None) is { } song)
        {
            order.Add(song.Id);
        }

        Assert.Equal([.. ids[1..], ids[0]], order);
    }

    [Fact]
    public async Task Renew_WorkerStillAtIt_NobodyElseGetsTheSong()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.ImportAsync(Wav.Tone(300), "1.wav");
        var queue = catalog.Get<IndexQueue>();
        var claimed = await queue.ClaimNextAsync(CancellationToken.None);

        for (var i = 0; i < 5; i++)
        {
            catalog.Time.Advance(IndexQueue.Lease / 2);
            Assert.True(await queue.RenewAsync(claimed!, CancellationToken.None));
            Assert.Null(await queue.ClaimNextAsync(CancellationToken.None));
        }
    }

    [Fact]
    public async Task ClaimNext_SongTakesItsWorkersDown_FailsAfterThreeAttempts()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var song = (await catalog.ImportAsync(Wav.Tone(300), "1.wav")).Song!;
        var queue = catalog.Get<IndexQueue>();

        for (var i = 0; i < Song.MaxAttempts; i++)
        {
            Assert.NotNull(await queue.ClaimNextAsync(CancellationToken.None));
            catalog.Time.Advance(IndexQueue.Lease + TimeSpan.FromSeconds(1));
        }

        Assert.Null(await queue.ClaimNextAsync(CancellationToken.None));
        var failed = await catalog.ReadAsync(song.Id);
        Assert.Equal((SongStatus.Failed, "Crashed"), (failed.Status, failed.FailureCode));
    }

    [Fact]
    public async Task Index_ProgramStops_SongWaitsAgainAndTheAttemptDoesNotCount()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var song = (await catalog.ImportAsync(Wav.Tone(300), "1.wav")).Song!;
        var claimed = await catalog.Get<IndexQueue>().ClaimNextAsync(CancellationToken.None);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => catalog.Get<SongIndexer>().IndexAsync(claimed!, new CancellationToken(canceled: true)));

        var waiting = await catalog.ReadAsync(song.Id);
        Assert.Equal((SongStatus.Queued, 0), (waiting.Status, waiting.Attempts));
    }
}
