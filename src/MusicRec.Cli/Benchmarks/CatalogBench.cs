using System.CommandLine;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Map;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Songs;

namespace MusicRec.Cli.Benchmarks;

/// <summary>How long the index of a large catalog takes to be loaded, and to follow when songs come and go.</summary>
internal sealed class CatalogBench() : BenchSection("catalog", "Load the index of a large catalog from its database; add and delete songs.", Songs, Keep)
{
    private const int Repeats = 5;

    /// <summary>Shared with <see cref="ServerBench"/>.</summary>
    public static readonly Option<int> Songs = Numbers.Whole("--catalog-songs", "Songs in the catalog.", 100_000, most: 10_000_000);
    private static readonly Option<string?> Keep = new("--keep") { Description = "Make the catalog in this new folder and leave it there, to start the web program with." };

    public override async Task RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var output = arguments.InvocationConfiguration.Output;
        if (arguments.GetValue(Keep) is { } kept)
        {
            await RunAsync(Directory.CreateDirectory(kept).FullName, arguments.GetValue(Songs), output, cancellationToken);
            return;
        }

        var folder = Directory.CreateTempSubdirectory("musicrec-bench-");
        try
        {
            await RunAsync(folder.FullName, arguments.GetValue(Songs), output, cancellationToken);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(string folder, int songs, TextWriter output, CancellationToken cancellationToken)
    {
        using var host = await CatalogHost.OpenAsync(folder, cancellationToken);
        var contexts = host.Services.GetRequiredService<IDbContextFactory<CatalogContext>>();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Songs.AnyAsync(cancellationToken))
        {
            throw new CommandException($"There is a catalog in {folder} already.");
        }

        await CatalogFiller.FillAsync(context, songs, cancellationToken);
        var timings = new Timings(output);
        timings.WriteHead($"catalog, {songs} songs");
        var publisher = host.Services.GetRequiredService<IndexPublisher>();
        timings.Write("publish the first version", await TimeAsync(() => publisher.PublishIfDueAsync(cancellationToken)));

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var live = host.Services.GetRequiredService<LiveIndex>();
        var loads = new List<double> { await TimeAsync(() => live.LoadLatestAsync(cancellationToken)) };
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        while (loads.Count < Repeats)
        {
            loads.Add(await TimeAsync(() => new LiveIndex(contexts).LoadLatestAsync(cancellationToken)));
        }

        timings.Write("load it from nothing, as a start does", [.. loads]);
        var (places, maps) = (new List<double>(), new List<double>());
        while (maps.Count < Repeats)
        {
            places.Add(await TimeAsync(() => Task.FromResult(MapPlaces.Of(live.InMemory!, cancellationToken))));
            using var fresh = new SongMaps(contexts, live, TimeProvider.System);
            maps.Add(await TimeAsync(() => fresh.CurrentAsync(cancellationToken)));
        }

        timings.Write("place its songs on a map", [.. places]);
        timings.Write("the same with their genres, read anew", [.. maps]);
        var (publish, load) = (new List<double>(), new List<double>());
        for (var i = 1; i <= Repeats; i++)
        {
            await CatalogFiller.AddAsync(context, i, cancellationToken);
            publish.Add(await TimeAsync(() => publisher.PublishIfDueAsync(cancellationToken)));
            load.Add(await TimeAsync(() => live.LoadLatestAsync(cancellationToken)));
        }

        timings.Write("a song comes: publish the next version", [.. publish]);
        timings.Write("a song comes: load it", [.. load]);
        var catalog = host.Services.GetRequiredService<SongCatalog>();
        await catalog.DeleteAsync((await context.Songs.OrderBy(song => song.Id).FirstAsync(cancellationToken)).Id, cancellationToken);
        await CatalogFiller.AddAsync(context, Repeats + 1, cancellationToken);
        timings.Write("a song goes, another comes: publish", await TimeAsync(() => publisher.PublishIfDueAsync(cancellationToken)));
        timings.Write("a song goes, another comes: load it", await TimeAsync(() => live.LoadLatestAsync(cancellationToken)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory of the index: {(double)bytes / songs:F0} bytes a song"));
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var started = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
    }
}
