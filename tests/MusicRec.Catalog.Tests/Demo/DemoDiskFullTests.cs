using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Demo;
using MusicRec.Disks;

namespace MusicRec.Catalog.Tests.Demo;

/// <summary>The disk really runs full while the program makes its own songs, of 5 MB each.</summary>
public sealed class DemoDiskFullTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_DiskRunsFull_WaitsForRoomAndGoesOn()
    {
        using var disk = new SmallDisk(12);
        await using var catalog = await TestCatalog.CreateAsync(disk.Folder, new() { ["Storage:LeastFreeBytes"] = "0" });
        var demo = catalog.Get<DemoCatalog>();
        await demo.StartAsync(CancellationToken.None);

        await WaitAsync(catalog, progress => progress.WaitsForRoom);
        var first = await AssertWholeAsync(catalog);
        Assert.InRange(first, 1, 2);
        Assert.Equal(new DemoProgress(48, first, true, WaitsForRoom: true), demo.Progress);

        disk.Resize(24);
        await WaitAsync(catalog, progress => progress.Made > first);
        await WaitAsync(catalog, progress => progress.WaitsForRoom);
        Assert.InRange(await AssertWholeAsync(catalog), first + 1, 4);
        await demo.StopAsync(CancellationToken.None);
    }

    /// <summary>The clock goes on as well.</summary>
    private static async Task WaitAsync(TestCatalog catalog, Predicate<DemoProgress> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (!isSo(catalog.Get<DemoCatalog>().Progress))
        {
            await Task.Delay(20, patience.Token);
            catalog.Time.Advance(DemoCatalog.Patience / 10);
        }
    }

    /// <summary>Every song has its whole file, and there are no others.</summary>
    private static async Task<int> AssertWholeAsync(TestCatalog catalog)
    {
        await using var context = catalog.Open();
        var songs = await context.Songs.Select(song => song.Id).ToListAsync(Stop);
        Assert.Equal(songs.Select(id => $"{id:N}.wav").Order(StringComparer.Ordinal), Directory.GetFiles(catalog.Storage.Songs).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Single(Directory.GetFiles(catalog.Storage.Songs).Select(path => new FileInfo(path).Length).Distinct());
        Assert.Empty(Directory.GetFiles(catalog.Storage.Incoming));
        return songs.Count;
    }
}
