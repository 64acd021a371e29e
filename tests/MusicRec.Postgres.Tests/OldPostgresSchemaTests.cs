using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MusicRec.Catalog.Database;
using MusicRec.Catalog.Tests;
using MusicRec.Catalog.Tests.Survival;
using Npgsql;

namespace MusicRec.Postgres.Tests;

/// <summary>Dumps of databases of earlier schemas, kept beside the tests, as those of SQLite are (<see cref="OldSchemas"/>): eight tones, indexed.</summary>
public sealed class OldPostgresSchemaTests
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "Fixtures"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Every schema but today's: one without its dump fails.</summary>
    public static TheoryData<string> Dumps()
    {
        using var context = new PostgresCatalogContext.DesignTime().CreateDbContext([]);
        return [.. context.Database.GetMigrations().SkipLast(1)];
    }

    [Theory]
    [MemberData(nameof(Dumps))]
    public async Task Prepare_DumpOfAnOldSchema_HasItsSongsAndRecommendations(string migration)
    {
        var database = await TestDatabase.CreateEmptyAsync();
        var lines = await File.ReadAllLinesAsync(Path.Combine(Folder, $"{migration}.sql"), Stop);
        await database.ExecuteAsync(string.Join('\n', lines.Where(line => !line.StartsWith('\\'))));
        var expected = await ExpectedAsync(database);
        Assert.Equal(OldSchemas.Songs, expected.Count);

        await using var catalog = await TestCatalog.CreateAsync(database);
        await catalog.RefreshAsync();

        await OldSchemaTests.AssertAsync(catalog, expected);
        await using var again = await catalog.StartAgainAsync();
        await OldSchemaTests.AssertAsync(again, expected);
    }

    /// <summary>Writes the dump of every schema but today's that has none, by the way back of its migrations: run with <c>--explicit only</c>.</summary>
    [Fact(Explicit = true)]
    public async Task Dumps_OfSchemasWithoutOne_AreWritten()
    {
        var database = await TestDatabase.CreateAsync();
        await using var catalog = await TestCatalog.CreateAsync(database);
        await catalog.AddTonesAsync(OldSchemas.Songs);
        await using var context = catalog.Open();
        foreach (var migration in context.Database.GetMigrations().Reverse().Skip(1))
        {
            await context.GetService<IMigrator>().MigrateAsync(migration, Stop);
            var path = Path.Combine(Folder, $"{migration}.sql");
            if (!File.Exists(path))
            {
                var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
                using var dump = Process.Start("pg_dump", ["-h", server.Host!, "-U", "postgres", "--inserts", "--no-owner", "-f", path, server.Database!]);
                await dump.WaitForExitAsync(Stop);
                Assert.Equal(0, dump.ExitCode);
            }
        }
    }

    private static async Task<Dictionary<Guid, string>> ExpectedAsync(TestDatabase database)
    {
        var songs = new Dictionary<Guid, string>();
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand("""SELECT "Id", "Artist", "Title", "Sha256", "Status" FROM public."Songs" """, connection);
        await using var reader = await command.ExecuteReaderAsync(Stop);
        while (await reader.ReadAsync(Stop))
        {
            songs.Add(reader.GetGuid(0), $"{reader[1]} {reader[2]} {reader[3]} {reader[4]}");
        }

        return songs;
    }
}
