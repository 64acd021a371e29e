using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Models;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Tests;

namespace MusicRec.Postgres.Tests;

/// <summary>Several processes on one database and one storage folder.</summary>
public sealed class SeveralNodesTests
{
    private const int Songs = 40;

    [Fact]
    public async Task WorkOff_WorkersOfThreeNodesOfWhichSomeDie_EverySongIsIndexedOnce()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await using var second = await catalog.StartAgainAsync();
        await using var third = await catalog.StartAgainAsync();
        for (var i = 0; i < Songs; i++)
        {
            await catalog.ImportAsync(Wav.Tone(200 + (10 * i), 0.2), $"{i}.wav");
        }

        // The workers of the third node take songs and are not heard of again.
        TestCatalog[] nodes = [catalog, second, third];
        var taken = 0;
        await Task.WhenAll(Enumerable.Range(0, 9).Select(worker => Task.Run(async () =>
        {
            var node = nodes[worker % nodes.Length];
            if (node != third)
            {
                await node.WorkOffAsync();
            }
            else if (await node.Get<IndexQueue>().ClaimNextAsync(CancellationToken.None) is not null)
            {
                Interlocked.Increment(ref taken);
            }
        })));
        Assert.InRange(taken, 1, 3);
        await using var context = catalog.Open();
        Assert.Equal(taken, await context.Songs.CountAsync(song => song.Status == SongStatus.Analyzing));

        catalog.Time.Advance(IndexQueue.Lease + TimeSpan.FromSeconds(1));
        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.WorkOffAsync())));

        var songs = await context.Songs.AsNoTracking().ToListAsync();
        Assert.All(songs, song => Assert.Equal(SongStatus.Indexed, song.Status));
        Assert.Equal(Songs + taken, songs.Sum(song => song.Attempts));
        Assert.Equal(Songs, await context.Vectors.CountAsync());
    }

    [Fact]
    public async Task Publish_ByAllNodesAtOnce_MakesOneVersionAndTheSameListsEverywhere()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await using var second = await catalog.StartAgainAsync();
        await using var third = await catalog.StartAgainAsync();
        for (var i = 0; i < Songs; i++)
        {
            await catalog.ImportAsync(Wav.Tone(200 + (10 * i), 0.2), $"{i}.wav");
        }

        await catalog.WorkOffAsync();
        TestCatalog[] nodes = [catalog, second, third];

        await Task.WhenAll(nodes.Select(node => Task.Run(node.RefreshAsync)));

        await using var context = catalog.Open();
        Assert.Equal(1, await context.IndexVersions.CountAsync());
        foreach (var id in await context.Songs.Select(song => song.Id).ToListAsync())
        {
            var lists = await Task.WhenAll(nodes.Select(node => ListAsync(node, id)));
            Assert.Equal(10, lists[0].Count);
            Assert.All(lists, list => Assert.Equal(lists[0], list));
        }
    }

    [Fact]
    public async Task Start_RunByAllNodesAtOnce_IsOneRun()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await using var second = await catalog.StartAgainAsync();
        await catalog.AddTonesAsync(3);

        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(
            () => (i % 2 == 0 ? catalog : second).Get<IndexRuns>().StartAsync(ReindexScope.All, CancellationToken.None))));

        Assert.Single(runs.Select(run => run.Id).Distinct());
        await using var context = catalog.Open();
        Assert.Equal(1, await context.IndexRuns.CountAsync(run => run.State == IndexRunState.Running));
    }

    [Fact]
    public async Task Start_TrainingByAllNodesAtOnce_StartsOnce()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await using var second = await catalog.StartAgainAsync();
        foreach (var label in (string[])["Trot", "Rock"])
        {
            for (var i = 0; i < LabelCount.Least; i++)
            {
                await catalog.ImportAsync(Wav.Tone((label == "Trot" ? 200 : 2000) + (10 * i), 0.1), $"{label}{i}.wav", label);
            }
        }

        await catalog.IndexAllAsync();

        var started = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(
            () => (i % 2 == 0 ? catalog : second).Get<TrainingRuns>().StartAsync(CancellationToken.None))));

        Assert.Single(started, isStarted => isStarted);
    }

    private static async Task<IReadOnlyList<(Guid Id, double Similarity)>> ListAsync(TestCatalog node, Guid song)
    {
        var similar = await node.Get<Recommender>().SimilarToSongAsync(song, 10, CancellationToken.None);
        return [.. similar!.Select(one => (one.Song.Id, one.Similarity))];
    }
}
