using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
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
}
