using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

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
        await using var catalog = await TestCatalog.CreateAsync();
        for (var i = 0; i < Songs; i++)
        {
            await catalog.ImportAsync(Wav.Tone(150 + (20 * i), seconds: 20), $"{i}.wav");
        }

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

    private static async Task<int> CountAsync(TestCatalog catalog, SongStatus status)
    {
        await using var context = catalog.Open();
        return await context.Songs.CountAsync(song => song.Status == status, Stop);
    }
}
