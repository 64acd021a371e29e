using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Demo;

namespace MusicRec.Catalog.Tests.Demo;

public sealed class DemoCatalogTests
{
    [Fact]
    public async Task Start_EmptyCatalog_IsFilledOnceAlsoWhenCutOff()
    {
        // The songs the program makes are no upload: its limit does not apply.
        await using var catalog = await TestCatalog.CreateAsync(settings: new() { ["Upload:MaxBytes"] = "1048576" });
        await CutOffAsync(catalog);
        await using var again = await catalog.StartAgainAsync();

        var demo = await RunAsync(again);

        Assert.Equal(new DemoProgress(48, 48, false), demo.Progress);
        await using var context = again.Open();
        Assert.Equal(48, await context.Songs.CountAsync());
        Assert.Equal(8, await context.Songs.Select(song => song.Label).Distinct().CountAsync());

        await context.Songs.ExecuteDeleteAsync();
        await using var third = await catalog.StartAgainAsync();
        await RunAsync(third);
        Assert.Equal(0, await context.Songs.CountAsync());
    }

    [Fact]
    public async Task Start_CatalogWithSongs_IsLeftAlone()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(1);

        await RunAsync(catalog);

        await using var context = catalog.Open();
        Assert.Equal(1, await context.Songs.CountAsync());
    }

    [Fact]
    public async Task Start_SwitchedOff_NothingIsMade()
    {
        await using var catalog = await TestCatalog.CreateAsync(settings: new() { ["Demo:Enabled"] = "false" });

        await RunAsync(catalog);

        await using var context = catalog.Open();
        Assert.Empty(context.Songs);
    }

    private static async Task<DemoCatalog> RunAsync(TestCatalog catalog)
    {
        var demo = catalog.Get<DemoCatalog>();
        await demo.StartAsync(CancellationToken.None);
        await demo.ExecuteTask!;
        return demo;
    }

    /// <summary>Stops as soon as the first song is in.</summary>
    private static async Task CutOffAsync(TestCatalog catalog)
    {
        var demo = catalog.Get<DemoCatalog>();
        await demo.StartAsync(CancellationToken.None);
        while (demo.Progress.Made == 0)
        {
            await Task.Delay(20);
        }

        await demo.StopAsync(CancellationToken.None);
        await using var context = catalog.Open();
        Assert.InRange(await context.Songs.CountAsync(), 1, 47);
    }
}
