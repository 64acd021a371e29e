using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Songs;
using MusicRec.Catalog.Tests;

using static MusicRec.Postgres.Tests.PgvectorCatalog;

namespace MusicRec.Postgres.Tests;

/// <summary>Ranking in the database, against ranking in memory: the same songs with the same numbers.</summary>
[Collection(nameof(PgvectorCatalog))]
public sealed class PgvectorTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Below some thousand songs PostgreSQL looks at all of them, as it is told to here: no song may be missed.</summary>
    [Theory]
    [InlineData(Ranking.Sound)]
    [InlineData(Ranking.Cosine)]
    public async Task Similar_ExactSearch_EqualsTheIndexInMemory(Ranking ranking)
    {
        await using var catalog = await CreateAsync(ranking);
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

    [Theory]
    [InlineData(Ranking.Sound)]
    [InlineData(Ranking.Cosine)]
    public async Task Similar_ByHnswAmongThousands_MissesHardlyAnyAndShowsExactNumbers(Ranking ranking)
    {
        var songs = int.Parse(Environment.GetEnvironmentVariable("MUSICREC_TEST_SONGS") ?? "2000", CultureInfo.InvariantCulture);
        await using var catalog = await CreateAsync(ranking);
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
    public async Task Prepare_ServerWithoutPgvector_SaysWhatToDo()
    {
        var problem = await Assert.ThrowsAsync<InvalidOperationException>(
            () => TestCatalog.CreateAsync(settings: new() { ["Similarity:Index"] = "Pgvector" }));

        Assert.Contains("CREATE EXTENSION vector", problem.Message, StringComparison.Ordinal);
        Assert.Contains("Similarity:Index", problem.Message, StringComparison.Ordinal);
    }

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

    private static async Task<string> ExplainAsync(TestCatalog catalog)
    {
        var zeros = string.Join(',', new int[(await StateAsync(catalog)).Vectors.Dimensions]);
        await using var context = catalog.Open();
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
