using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using MusicRec.Audio.Features;
using MusicRec.Catalog;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Pgvector;
using MusicRec.Catalog.Songs;
using MusicRec.Catalog.Tests;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Postgres.Tests;

/// <summary>Ranking in the database, against ranking in memory: the same songs with the same numbers.</summary>
public sealed class PgvectorTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Below some thousand songs PostgreSQL looks at all of them, as it is told to here: no song may be missed.</summary>
    [Fact]
    public async Task Similar_ExactSearch_EqualsTheIndexInMemory()
    {
        await using var catalog = await CreateAsync();
        await FillAsync(catalog, 1000, new Random(1));
        await catalog.RefreshAsync();
        await using var context = catalog.Open();
        await context.Database.ExecuteSqlRawAsync("SET enable_indexscan = off", Stop);
        var memory = await InMemoryAsync(catalog);

        try
        {
            foreach (var id in Sample(memory, 50))
            {
                AssertEqual(memory.Nearest(id, 10)!, await ListAsync(catalog, id, 10));
            }
        }
        finally
        {
            await context.Database.ExecuteSqlRawAsync("RESET enable_indexscan", Stop);
        }
    }

    [Fact]
    public async Task Similar_ByHnswAmongThousands_MissesHardlyAnyAndShowsExactNumbers()
    {
        var songs = int.Parse(Environment.GetEnvironmentVariable("MUSICREC_TEST_SONGS") ?? "2000", CultureInfo.InvariantCulture);
        await using var catalog = await CreateAsync();
        for (var (random, filled) = (new Random(2), 0); filled < songs; filled += 1000)
        {
            await FillAsync(catalog, Math.Min(1000, songs - filled), random);
        }

        var started = Stopwatch.GetTimestamp();
        await catalog.Get<IndexPublisher>().PublishIfDueAsync(Stop);
        var published = Stopwatch.GetElapsedTime(started);
        await catalog.RefreshAsync();
        await using var context = catalog.Open();
        await WriteFiguresAsync(context, published, Stopwatch.GetElapsedTime(started) - published);
        await context.Database.ExecuteSqlRawAsync("SET enable_seqscan = off", Stop);
        var memory = await InMemoryAsync(catalog);

        try
        {
            Assert.Contains("hnsw", await ExplainAsync(catalog), StringComparison.OrdinalIgnoreCase);
            Assert.InRange(await RecallAsync(catalog, memory, 200), 0.98, 1);
        }
        finally
        {
            await context.Database.ExecuteSqlRawAsync("RESET enable_seqscan", Stop);
        }
    }

    /// <summary>As far from the scaler that the table was made with as is allowed.</summary>
    [Fact]
    public async Task Similar_ScalerHasMoved_TableStaysAndIsRankedByTheNewOne()
    {
        await using var catalog = await CreateAsync();
        var random = new Random(3);
        await FillAsync(catalog, 3000, random);
        await catalog.RefreshAsync();
        var made = await StateAsync(catalog);
        await FillAsync(catalog, 150, random, shift: 1.5);
        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        await catalog.RefreshAsync();

        var state = await StateAsync(catalog);
        Assert.Equal((2, made.Songs), (state.Version, state.Songs));
        Assert.Equal(made.Scaler.Means.ToArray(), state.Scaler.Means.ToArray());
        var memory = await InMemoryAsync(catalog);
        await using var context = catalog.Open();
        var version = await context.IndexVersions.SingleAsync(row => row.Number == 2, Stop);
        Assert.NotEqual(made.Scaler.Means.ToArray(), version.FeatureScaler.Means.ToArray());
        Assert.InRange(await RecallAsync(catalog, memory, 100), 0.98, 1);
    }

    [Fact]
    public async Task Refresh_ScalerHasMovedTooFarOrSongsHaveDoubled_TableIsMadeAnew()
    {
        await using var catalog = await CreateAsync();
        var random = new Random(4);
        await FillAsync(catalog, 100, random);
        await catalog.RefreshAsync();
        await FillAsync(catalog, 40, random, shift: 3);
        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        await catalog.RefreshAsync();
        Assert.Equal(140, (await StateAsync(catalog)).Songs);

        await FillAsync(catalog, 150, random);
        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        await catalog.RefreshAsync();
        Assert.Equal(290, (await StateAsync(catalog)).Songs);
        var memory = await InMemoryAsync(catalog);
        Assert.All(Sample(memory, 5), id => AssertEqual(memory.Nearest(id, 5)!, ListAsync(catalog, id, 5).GetAwaiter().GetResult()));
    }

    [Fact]
    public async Task Refresh_SongsComeChangeAndGo_ListsFollow()
    {
        await using var catalog = await CreateAsync();
        var random = new Random(5);
        var songs = await FillAsync(catalog, 60, random);
        await catalog.RefreshAsync();
        for (var round = 2; round < 6; round++)
        {
            songs.AddRange(await FillAsync(catalog, 3, random));
            await ChangeAsync(catalog, songs[random.Next(songs.Count)], Vector(random, 0));
            var gone = songs[random.Next(songs.Count)];
            songs.Remove(gone);
            await catalog.Get<SongCatalog>().DeleteAsync(gone.Id, Stop);

            // Deleted ones are gone from the lists at once.
            Assert.All(await ListAsync(catalog, songs[0].Id, 60), hit => Assert.NotEqual(gone.Id, hit.Id));
            catalog.Time.Advance(TimeSpan.FromMinutes(1));
            await catalog.RefreshAsync();

            var live = catalog.Get<LiveIndex>().Current!;
            Assert.Equal((round, songs.Count), (live.Version, live.Count));
            var memory = await InMemoryAsync(catalog);
            foreach (var song in songs)
            {
                AssertEqual(memory.Nearest(song.Id, 5)!, await ListAsync(catalog, song.Id, 5));
            }

            await using var context = catalog.Open();
            Assert.Equal(songs.Count, await context.Database.SqlQueryRaw<int>("""SELECT count(*)::int AS "Value" FROM "RankedVectors" """).SingleAsync(Stop));
        }
    }

    /// <summary>What was recorded and what answers is of a database that is no more.</summary>
    [Fact]
    public async Task Restore_AnotherCatalog_TableIsMadeAnew()
    {
        await using var catalog = await CreateAsync();
        var random = new Random(6);
        await FillAsync(catalog, 20, random);
        await catalog.RefreshAsync();
        var backup = await catalog.Get<Catalog.Backups.Backups>().CreateAsync(false, null, Stop);
        var late = (await FillAsync(catalog, 5, random))[0];
        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        await catalog.RefreshAsync();
        Assert.Equal(25, catalog.Get<LiveIndex>().Current!.Count);

        await catalog.Get<Catalog.Backups.Restorer>().RestoreAsync(Path.Combine(catalog.Storage.Backups, backup), null, Stop);
        await catalog.RefreshAsync();

        Assert.Equal(20, catalog.Get<LiveIndex>().Current!.Count);
        Assert.Null(await catalog.Get<Recommender>().SimilarToSongAsync(late.Id, 5, Stop));
        var memory = await InMemoryAsync(catalog);
        Assert.All(Sample(memory, 5), id => AssertEqual(memory.Nearest(id, 5)!, ListAsync(catalog, id, 5).GetAwaiter().GetResult()));
    }

    [Fact]
    public async Task Choose_LocalScaling_IsRefusedInWords()
    {
        await using var catalog = await CreateAsync();
        var choice = catalog.Get<RankingChoice>();

        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => choice.ChooseAsync(Ranking.LocalScaling, Stop));

        Assert.Contains("Similarity:Index", problem.Message, StringComparison.Ordinal);
        Assert.False(choice.IsOpen);
        Assert.Equal(Ranking.Cosine, await choice.ReadAsync(Stop));
    }

    [Fact]
    public async Task Prepare_ServerWithoutPgvector_SaysWhatToDo()
    {
        var problem = await Assert.ThrowsAsync<InvalidOperationException>(
            () => TestCatalog.CreateAsync(settings: new() { ["Similarity:Index"] = "Pgvector" }));

        Assert.Contains("CREATE EXTENSION vector", problem.Message, StringComparison.Ordinal);
        Assert.Contains("Similarity:Index", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_NoChoiceOfRankingAndNoMap_SayWhy()
    {
        await using var database = await TestDatabase.CreateWithPgvectorAsync();
        await using var app = new Node(database);
        using var client = await app.AdministratorAsync();

        var page = await client.PageAsync("/admin/ranking");
        Assert.Contains("pgvector", page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("form[action='/admin/ranking']"));
        var form = new Dictionary<string, string> { ["ranking"] = "LocalScaling", [Browser.TokenField] = await client.TokenAsync("/admin/ranking") };
        using var content = new FormUrlEncodedContent(form);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync("/admin/ranking", content, Stop)).StatusCode);
        Assert.Contains("메모리", (await client.PageAsync("/map")).QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
    }

    private sealed class Node(TestDatabase database) : WebApp
    {
        protected override Dictionary<string, string> Settings => new(base.Settings)
        {
            ["Catalog:Provider"] = "PostgreSql",
            ["Catalog:ConnectionString"] = database.ConnectionString,
            ["Similarity:Index"] = "Pgvector",
        };
    }

    private static async Task<TestCatalog> CreateAsync() => await TestCatalog.CreateAsync(await TestDatabase.CreateWithPgvectorAsync());

    /// <summary>Songs of a few kinds and many between, as if they had been indexed.</summary>
    private static async Task<List<Song>> FillAsync(TestCatalog catalog, int count, Random random, double shift = 0)
    {
        var songs = new List<Song>();
        await using var context = catalog.Open();
        for (var i = 0; i < count; i++)
        {
            catalog.Time.Advance(TimeSpan.FromMilliseconds(1));
            var song = new Song(new SongName("", "벡터"), "vector.wav", $"{Guid.NewGuid():N}{Guid.NewGuid():N}", 30, null, catalog.Time.GetUtcNow());
            song.BeginAttempt(Guid.NewGuid(), catalog.Time.GetUtcNow());
            song.Complete(null, catalog.Time.GetUtcNow());
            context.Add(song);
            context.Add(new SongVector(song.Id, Vector(random, shift)));
            songs.Add(song);
        }

        await context.SaveChangesAsync(Stop);
        return songs;
    }

    private static FeatureVector Vector(Random random, double shift)
    {
        var kind = random.Next(8);
        return Sounds.Of(new([.. Enumerable.Range(0, FeatureVector.Length).Select(i =>
            Math.Pow(10, i % 4) * (Math.Sin((kind + 1) * (i + 1)) + shift + Enumerable.Range(0, 6).Sum(_ => random.NextDouble()) - 3))]));
    }

    private static async Task ChangeAsync(TestCatalog catalog, Song song, FeatureVector features)
    {
        await using var context = catalog.Open();
        (await context.Vectors.SingleAsync(row => row.SongId == song.Id, Stop)).Replace(features);
        await context.SaveChangesAsync(Stop);
    }

    /// <summary>The same version in memory, ranked as the database ranks.</summary>
    private static async Task<MemoryIndex> InMemoryAsync(TestCatalog catalog)
    {
        var live = new LiveIndex(catalog.Get<IDbContextFactory<CatalogContext>>());
        await live.LoadLatestAsync(Stop);
        return ((MemoryIndex)live.Current!).RankedBy(Ranking.Cosine, Stop);
    }

    private static IEnumerable<Guid> Sample(MemoryIndex memory, int count)
    {
        var ids = memory.Rows.Ids.ToArray();
        return Enumerable.Range(0, Math.Min(count, ids.Length)).Select(i => ids[i * ids.Length / count]);
    }

    private static async Task<List<Hit>> ListAsync(TestCatalog catalog, Guid song, int count) =>
        [.. (await catalog.Get<Recommender>().SimilarToSongAsync(song, count, Stop))!.Select(one => new Hit(one.Song.Id, one.Similarity))];

    private static async Task<double> RecallAsync(TestCatalog catalog, MemoryIndex memory, int songs)
    {
        var (found, started) = (0, Stopwatch.GetTimestamp());
        foreach (var id in Sample(memory, songs))
        {
            var expected = memory.Nearest(id, 5)!.ToDictionary(hit => hit.Id, hit => hit.Similarity);
            var hits = await ListAsync(catalog, id, 5);
            Assert.Equal(5, hits.Count);
            var known = hits.Where(hit => expected.ContainsKey(hit.Id)).ToList();
            Assert.All(known, hit => Assert.Equal(expected[hit.Id], hit.Similarity, 1e-9));
            found += known.Count;
        }

        Write($"recall {found / (5.0 * songs):F4}, {Stopwatch.GetElapsedTime(started).TotalMilliseconds / songs:F1} ms a list");
        return found / (5.0 * songs);
    }

    /// <summary>For OPERATIONS.md: <c>MUSICREC_TEST_SONGS=100000 ... --output Detailed</c>.</summary>
    private static async Task WriteFiguresAsync(CatalogContext context, TimeSpan published, TimeSpan built)
    {
        var sizes = await context.Database.SqlQueryRaw<long>("""
            SELECT unnest(ARRAY[pg_table_size('"RankedVectors"'), pg_relation_size(indexrelid)]) AS "Value"
            FROM pg_index JOIN pg_am ON amname = 'hnsw' JOIN pg_class ON pg_class.oid = indexrelid AND relam = pg_am.oid
            WHERE indrelid = '"RankedVectors"'::regclass
            """).ToListAsync(Stop);
        var songs = await context.Vectors.CountAsync(Stop);
        Write($"{songs} songs: version {published.TotalSeconds:F1} s, table {built.TotalSeconds:F1} s, {sizes[0] / songs} + {sizes[1] / songs} bytes a song");
    }

    private static void Write(FormattableString text) => TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(text));

    private static void AssertEqual(IReadOnlyList<Hit> expected, IReadOnlyList<Hit> found)
    {
        Assert.Equal(expected.Select(hit => hit.Id), found.Select(hit => hit.Id));
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Similarity, pair.Second.Similarity, 1e-9));
    }

    private static async Task<TableState> StateAsync(TestCatalog catalog)
    {
        await using var context = catalog.Open();
        return (await VectorSql.FindStateAsync(context, Stop))!;
    }

    private static async Task<string> ExplainAsync(TestCatalog catalog)
    {
        await using var context = catalog.Open();
        var zeros = string.Join(',', new int[FeatureVector.FeatureCount]);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"""EXPLAIN SELECT "SongId" FROM "RankedVectors" ORDER BY "Unit" <#> '[{zeros}]'::vector LIMIT 200""";
        await context.Database.OpenConnectionAsync(Stop);
        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(Stop);
        while (await reader.ReadAsync(Stop))
        {
            plan.Add(reader.GetString(0));
        }

        return string.Join('\n', plan).Replace("RankedVectorsNext_Unit_idx", "hnsw", StringComparison.Ordinal);
    }
}
