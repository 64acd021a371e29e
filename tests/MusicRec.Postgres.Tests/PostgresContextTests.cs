using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Database;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Songs;
using MusicRec.Catalog.Tests;
using Npgsql;

namespace MusicRec.Postgres.Tests;

public sealed class PostgresContextTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task Migrate_SeveralProcessesOnAnEmptyDatabase_OneDoesIt()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var options = new DbContextOptionsBuilder<PostgresCatalogContext>();
            PostgresCatalogContext.Configure(options, database.ConnectionString);
            await using var context = new PostgresCatalogContext(options.Options);
            await context.MigrateAsync(TimeProvider.System, CancellationToken.None);
        })));
    }

    [Fact]
    public async Task BeginExclusive_SameSubject_WaitsForTheOther()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await using var one = catalog.Open();
        await using var another = catalog.Open();
        var first = await one.BeginExclusiveAsync("a", CancellationToken.None);

        var second = another.BeginExclusiveAsync("a", CancellationToken.None);
        await Task.Delay(Moment);
        Assert.False(second.IsCompleted);
        await first.DisposeAsync();

        await (await second.WaitAsync(TimeSpan.FromSeconds(30))).DisposeAsync();
    }

    [Fact]
    public async Task BeginExclusive_AnotherSubject_DoesNotWait()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await using var one = catalog.Open();
        await using var another = catalog.Open();
        await using var first = await one.BeginExclusiveAsync("a", CancellationToken.None);

        await using var second = await another.BeginExclusiveAsync("b", CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task ClaimSong_AnotherWorkerIsJustTakingTheOldest_TakesTheNextWithoutWaiting()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var oldest = (await catalog.ImportAsync(Wav.Tone(300), "1.wav")).Song!;
        var next = (await catalog.ImportAsync(Wav.Tone(400), "2.wav")).Song!;
        await using var other = catalog.Open();
        await using var transaction = await other.Database.BeginTransactionAsync();
        await other.Songs.Where(song => song.Id == oldest.Id).ExecuteUpdateAsync(song => song.SetProperty(row => row.Attempts, 1));

        var claimed = await catalog.Get<IndexQueue>().ClaimNextAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(next.Id, claimed!.Id);
    }

    /// <summary>The server of the tests sorts by Korean rules; the catalog sorts by code points, as with SQLite.</summary>
    [Fact]
    public async Task List_TitlesOfAllKinds_AreInTheOrderOfTheirCodePoints()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        string[] titles = ["가", "힣", "A", "Z", "a", "É", "-b", "_a", "10", "9"];
        for (var i = 0; i < titles.Length; i++)
        {
            await catalog.ImportAsync(Wav.Tone(300 + i, 0.05), $"가수_{titles[i]}.wav");
        }

        var page = await catalog.Get<SongCatalog>().ListAsync(null, null, null, 1, 100, CancellationToken.None);

        Assert.Equal(titles.Order(StringComparer.Ordinal), page.Items.Select(song => song.Title));
    }

    /// <summary>What is wrapped in other exceptions would be taken for a fault of the song.</summary>
    [Fact]
    public async Task Queries_ConnectionsAreCut_FailAsDatabaseAndThenWorkAgain()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.ImportAsync(Wav.Tone(300), "1.wav");
        await CutConnectionsAsync(catalog, "%");

        await Assert.ThrowsAnyAsync<DbException>(() => catalog.Get<IndexQueue>().ClaimNextAsync(CancellationToken.None));

        Assert.NotNull(await catalog.Get<IndexQueue>().ClaimNextAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Listener_OtherProcessImportsPublishesAndChooses_HearsItAtOnce()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await using var other = await catalog.StartAgainAsync();
        using var listener = await ListenAsync(other);

        await catalog.ImportAsync(Wav.Tone(300), "1.wav");
        await AssertHearsAsync(other, News.SongsQueued);
        await catalog.IndexAllAsync();
        await AssertHearsAsync(other, News.IndexChanged);
        await catalog.Get<IndexRuns>().StartAsync(ReindexScope.All, CancellationToken.None);
        await AssertHearsAsync(other, News.SongsQueued);
        await catalog.Get<Catalog.Similarity.RankingChoice>().ChooseAsync(Catalog.Similarity.Ranking.LocalScaling, CancellationToken.None);
        await AssertHearsAsync(other, News.IndexChanged);
        await listener.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Listener_ConnectionIsCut_ListensAgainAndLooksWhatItMissed()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await using var other = await catalog.StartAgainAsync();
        using var listener = await ListenAsync(other);
        await CutConnectionsAsync(catalog, "LISTEN%");

        await AssertHearsAsync(other, News.SongsQueued);
        await AssertHearsAsync(other, News.IndexChanged);
        await catalog.ImportAsync(Wav.Tone(300), "1.wav");
        await AssertHearsAsync(other, News.SongsQueued);
        await listener.StopAsync(CancellationToken.None);
    }

    private static async Task<PostgresListener> ListenAsync(TestCatalog catalog)
    {
        var connectionString = catalog.Open().Database.GetConnectionString()!;
        var listener = new PostgresListener(
            connectionString, catalog.Get<IndexingSignal>(), Microsoft.Extensions.Logging.Abstractions.NullLogger<PostgresListener>.Instance);
        await listener.StartAsync(CancellationToken.None);
        await AssertHearsAsync(catalog, News.SongsQueued);
        await AssertHearsAsync(catalog, News.IndexChanged);
        return listener;
    }

    private static async Task AssertHearsAsync(TestCatalog catalog, News news)
    {
        var patience = TimeSpan.FromSeconds(30);
        var watch = Stopwatch.StartNew();
        await catalog.Get<IndexingSignal>().WaitAsync(news, patience, CancellationToken.None);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, patience - TimeSpan.FromSeconds(1));
    }

    private static async Task CutConnectionsAsync(TestCatalog catalog, string lastQuery)
    {
        await using var context = catalog.Open();
        await using var connection = new NpgsqlConnection(context.Database.GetConnectionString() + ";Pooling=false");
        await connection.OpenAsync();
        await using var cut = new NpgsqlCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE $1",
            connection);
        cut.Parameters.AddWithValue(lastQuery);
        await cut.ExecuteNonQueryAsync();
    }
}
