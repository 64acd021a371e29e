using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using MusicRec.Catalog.Database;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Tests.Survival;

namespace MusicRec.Catalog.Tests;

public sealed class SqliteDatabaseTests
{
    [Fact]
    public async Task Prepare_ProcessWasKilledWhileMigrating_DoesNotWaitForEver()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(catalog.Storage.Root, "catalog.db*"))
        {
            File.Delete(file);
        }

        await using (var context = catalog.Open())
        {
            await context.Database.ExecuteSqlRawAsync("""CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL)""");
            await context.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsLock" ("Id", "Timestamp") VALUES (1, '2020-01-01 00:00:00+00:00')""");
        }

        await catalog.Get<CatalogDatabase>().PrepareAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        await catalog.AddTonesAsync(1);
    }

    [Theory]
    [MemberData(nameof(OldSchemas.All), MemberType = typeof(OldSchemas))]
    public async Task Prepare_FileOfAnOldSchema_HasItsSongsAndRecommendations(string migration)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(catalog.Storage.Root, "catalog.db*"))
        {
            File.Delete(file);
        }

        File.Copy(OldSchemas.PathOf(migration), catalog.Storage.Database);

        await using var started = await catalog.StartAgainAsync();

        await OldSchemaTests.AssertAsync(started, await OldSchemaTests.ExpectedAsync(migration));
    }

    /// <summary>
    /// A worker that waits for the database finds its song analysed by another one and then queued to be decoded again: it must not take it for the song
    /// it saw. PostgreSQL looks and claims in one statement.
    /// </summary>
    [Fact]
    public async Task Claim_SongIsAnalysedAndAskedForAnewMeanwhile_IsDecodedAgain()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.ImportAsync(Wav.Tone(440), "song.wav");
        var builder = new DbContextOptionsBuilder<SqliteCatalogContext>();
        SqliteCatalogContext.Configure(builder, $"Data Source={catalog.Storage.Database}");
        builder.AddInterceptors(new Meanwhile(async () =>
        {
            await catalog.IndexAllAsync();
            await catalog.Get<IndexRuns>().StartAsync(ReindexScope.All, CancellationToken.None);
        }));
        await using var context = new SqliteCatalogContext(builder.Options);

        var now = catalog.Time.GetUtcNow();
        var song = await context.ClaimSongAsync(Guid.NewGuid(), now, now + IndexQueue.Lease, CancellationToken.None);

        Assert.True(song!.DecodeAgain);
    }

    /// <summary>PostgreSQL stores identities as such; a damaged one is another.</summary>
    [Fact]
    public async Task LoadLatest_VectorWithDamagedId_IsLeftOutDroppedAndTheSongAnalysedAgain()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(4);
        await using (var context = catalog.Open())
        {
            await context.Database.OpenConnectionAsync(CancellationToken.None);
            await context.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = OFF");
            var changed = await context.Database.ExecuteSqlAsync(
                $"""UPDATE "Vectors" SET "SongId" = 'x' || substr("SongId", 2) WHERE "SongId" = {songs[2].Id.ToString().ToUpperInvariant()}""");
            Assert.Equal(1, changed);
        }

        await using var fresh = await catalog.StartAgainAsync();

        Assert.Equal(3, fresh.Get<LiveIndex>().Current!.Count);
        await fresh.IndexAllAsync();
        fresh.Time.Advance(TimeSpan.FromMinutes(1));
        await fresh.RefreshAsync();
        Assert.Equal(4, fresh.Get<LiveIndex>().Current!.Count);
        Assert.Equal(SongStatus.Indexed, (await fresh.ReadAsync(songs[2].Id)).Status);
        await using var after = fresh.Open();
        Assert.Equal(4, await after.Vectors.CountAsync());
    }

    [Fact]
    public async Task Database_IsWrittenThroughTheLog()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await using var context = catalog.Open();

        Assert.Equal("wal", (await context.Database.SqlQueryRaw<string>("PRAGMA journal_mode").ToListAsync()).Single());
        Assert.Equal(1, (await context.Database.SqlQueryRaw<int>("PRAGMA synchronous").ToListAsync()).Single());
    }

    /// <summary>Something happens between what a context has read and what it writes, once.</summary>
    private sealed class Meanwhile(Func<Task> happens) : SaveChangesInterceptor
    {
        private bool _hasHappened;

        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (!_hasHappened)
            {
                _hasHappened = true;
                await happens();
            }

            return result;
        }
    }
}
