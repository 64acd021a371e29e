using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Indexing;

namespace MusicRec.Catalog.Tests.Survival;

public sealed class StopTests
{
    private const int Songs = 30;

    private static readonly TimeSpan Most = TimeSpan.FromSeconds(10);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reindex_Terminated_EndsSoonAndHandsItsSongsBack()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no signal to send.");
        await using var catalog = await WithSongsAsync();
        using var child = CommandLine.Start(catalog, "reindex");
        while (await CountAsync(catalog, SongStatus.Indexed) < 2)
        {
            Assert.False(child.HasExited, "The run was over too early.");
            await Task.Delay(20, Stop);
        }

        var clock = Stopwatch.StartNew();
        await child.TerminateAsync();
        await child.EndAsync();

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Most);
        Assert.Equal(0, await CountAsync(catalog, SongStatus.Analyzing));
        Assert.Equal(0, await CountAsync(catalog, SongStatus.Failed));
        var waiting = await CountAsync(catalog, SongStatus.Queued);
        Assert.InRange(waiting, 1, Songs - 2);
        await using var context = catalog.Open();
        Assert.Equal(Songs - waiting, await context.Vectors.CountAsync(Stop));
        Assert.All(
            await context.Songs.Where(song => song.Status == SongStatus.Queued).ToListAsync(Stop), song => Assert.Equal(0, song.Attempts));
    }

    /// <summary>Cancelled by another process, as by an administrator: no song is begun any more but the one each worker has in hand, which is finished or waits again.</summary>
    [Fact]
    public async Task Reindex_CancelledFromElsewhere_EndsWithTheSongsInHand()
    {
        await using var catalog = await WithSongsAsync();
        await catalog.IndexAllAsync();
        using var child = CommandLine.Start(catalog, "reindex", "--all");
        while (await catalog.Get<IndexRuns>().LatestAsync(Stop) is not { Done: >= 2 })
        {
            Assert.False(child.HasExited, "The run was over too early.");
            await Task.Delay(20, Stop);
        }

        var clock = Stopwatch.StartNew();
        Assert.True(await catalog.Get<IndexRuns>().CancelAsync(Stop));
        var cancelled = await catalog.Get<IndexRuns>().LatestAsync(Stop);
        await child.EndAsync();

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Most);
        Assert.Equal(IndexRunState.Cancelled, cancelled!.State);
        Assert.InRange(await CountAsync(catalog, SongStatus.Queued), 0, CommandLine.Workers);
        Assert.Equal(Songs, await CountAsync(catalog, SongStatus.Indexed) + await CountAsync(catalog, SongStatus.Queued));
        await using var context = catalog.Open();
        var again = await context.Songs.CountAsync(song => song.IndexedAt > cancelled.StartedAt, Stop);
        Assert.InRange(again, cancelled.Done, cancelled.Done + CommandLine.Workers);
    }

    private static async Task<TestCatalog> WithSongsAsync()
    {
        var catalog = await TestCatalog.CreateAsync();
        for (var i = 0; i < Songs; i++)
        {
            await catalog.ImportAsync(Wav.Tone(150 + (20 * i), seconds: 20), $"{i}.wav");
        }

        return catalog;
    }

    private static async Task<int> CountAsync(TestCatalog catalog, SongStatus status)
    {
        await using var context = catalog.Open();
        return await context.Songs.CountAsync(song => song.Status == status, Stop);
    }
}
