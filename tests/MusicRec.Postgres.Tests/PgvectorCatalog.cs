using Microsoft.EntityFrameworkCore;
using MusicRec.Audio.Features;
using MusicRec.Catalog;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Pgvector;
using MusicRec.Catalog.Tests;

namespace MusicRec.Postgres.Tests;

/// <summary>Catalogs that pgvector ranks, and the same songs ranked in memory. One at a time: PGlite has one database.</summary>
internal static class PgvectorCatalog
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A new catalog, which ranks by sound unless another order is asked for.</summary>
    public static async Task<TestCatalog> CreateAsync(Ranking ranking = Ranking.Sound)
    {
        var catalog = await TestCatalog.CreateAsync(await TestDatabase.CreateWithPgvectorAsync());
        if (ranking != Ranking.Sound)
        {
            await catalog.Get<RankingChoice>().ChooseAsync(ranking, Stop);
        }

        return catalog;
    }

    /// <summary>Songs of a few kinds and many between, as if they had been indexed.</summary>
    public static Task<List<Song>> FillAsync(TestCatalog catalog, int count, Random random, double shift = 0) =>
        FillAsync(catalog, [.. Enumerable.Range(0, count).Select(_ => Vector(random, shift))]);

    public static async Task<List<Song>> FillAsync(TestCatalog catalog, FeatureVector[] vectors)
    {
        var songs = new List<Song>();
        await using var context = catalog.Open();
        foreach (var vector in vectors)
        {
            catalog.Time.Advance(TimeSpan.FromMilliseconds(1));
            var song = new Song(new SongName("", "벡터"), "vector.wav", $"{Guid.NewGuid():N}{Guid.NewGuid():N}", 30, null, catalog.Time.GetUtcNow());
            song.BeginAttempt(Guid.NewGuid(), catalog.Time.GetUtcNow());
            song.Complete(null, catalog.Time.GetUtcNow());
            context.Add(song);
            context.Add(new SongVector(song.Id, vector));
            songs.Add(song);
        }

        await context.SaveChangesAsync(Stop);
        return songs;
    }

    public static FeatureVector Vector(Random random, double shift)
    {
        var kind = random.Next(8);
        return Sounds.Of(new([.. Enumerable.Range(0, FeatureVector.Length).Select(i =>
            Math.Pow(10, i % 4) * (Math.Sin((kind + 1) * (i + 1)) + shift + Enumerable.Range(0, 6).Sum(_ => random.NextDouble()) - 3))]));
    }

    public static async Task ChangeAsync(TestCatalog catalog, Song song, FeatureVector features)
    {
        await using var context = catalog.Open();
        (await context.Vectors.SingleAsync(row => row.SongId == song.Id, Stop)).Replace(features);
        await context.SaveChangesAsync(Stop);
    }

    /// <summary>The same version in memory, ranked as the database ranks.</summary>
    public static async Task<MemoryIndex> InMemoryAsync(TestCatalog catalog)
    {
        var live = new LiveIndex(catalog.Get<IDbContextFactory<CatalogContext>>());
        await live.LoadLatestAsync(Stop);
        return ((MemoryIndex)live.Current!).RankedBy(catalog.Get<LiveIndex>().Current!.Ranking, Stop);
    }

    public static IEnumerable<Guid> Sample(MemoryIndex memory, int count)
    {
        var ids = memory.Rows.Ids.ToArray();
        return Enumerable.Range(0, Math.Min(count, ids.Length)).Select(i => ids[i * ids.Length / count]);
    }

    public static async Task<List<Hit>> ListAsync(TestCatalog catalog, Guid song, int count) =>
        [.. (await catalog.Get<Recommender>().SimilarToSongAsync(song, count, Stop))!.Select(one => new Hit(one.Song.Id, one.Similarity))];

    public static void AssertEqual(IReadOnlyList<Hit> expected, IReadOnlyList<Hit> found)
    {
        Assert.Equal(expected.Select(hit => hit.Id), found.Select(hit => hit.Id));
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Similarity, pair.Second.Similarity, 1e-9));
    }

    public static async Task<TableState> StateAsync(TestCatalog catalog)
    {
        await using var context = catalog.Open();
        return (await VectorSql.FindStateAsync(context, Stop))!;
    }
}
