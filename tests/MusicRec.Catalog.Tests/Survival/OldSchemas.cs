using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MusicRec.Catalog.Backups;

namespace MusicRec.Catalog.Tests.Survival;

/// <summary>
/// Databases as earlier schemas left them, kept beside the tests: eight tones, indexed. A file is made once, when its schema is the
/// newest or by <see cref="WriteMissingFiles"/>, and never again.
/// </summary>
public static class OldSchemas
{
    public const int Songs = 8;

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Fixtures", "schemas");

    public static string PathOf(string migration) => Path.Combine(Folder, $"{migration}.db");

    /// <summary>Every schema but today's.</summary>
    public static TheoryData<string> All() => [.. Migrations().SkipLast(1)];

    private static List<string> Migrations()
    {
        using var context = RestoredDatabase.Open(":memory:");
        return [.. context.Database.GetMigrations()];
    }

    /// <summary>Writes the files that are missing into <c>MUSICREC_SCHEMAS</c>: today's rows, as far as the older tables have columns for them.</summary>
    internal static async Task WriteMissingFiles(TestCatalog catalog, string folder)
    {
        foreach (var migration in Migrations().SkipLast(1))
        {
            var path = Path.Combine(folder, $"{migration}.db");
            if (!File.Exists(path))
            {
                await WriteAsync(catalog.Storage.Database, path, migration);
            }
        }
    }

    private static async Task WriteAsync(string today, string path, string migration)
    {
        await using var context = RestoredDatabase.Open(path);
        await context.GetService<IMigrator>().MigrateAsync(migration);
        await context.Database.OpenConnectionAsync();
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        await ExecuteAsync(connection, "PRAGMA foreign_keys = OFF");
        await ExecuteAsync(connection, $"ATTACH '{today}' AS today");
        foreach (var table in (string[])["Songs", "Vectors", "IndexVersions", "IndexRuns", "ImportedFiles"])
        {
            var columns = await CommonAsync(connection, table);
            if (columns.Length > 0)
            {
                await ExecuteAsync(connection, $"INSERT INTO main.\"{table}\" ({columns}) SELECT {columns} FROM today.\"{table}\"");
            }
        }

        await ExecuteAsync(connection, "DETACH today");
        await ExecuteAsync(connection, "PRAGMA journal_mode = DELETE");
        await ExecuteAsync(connection, "VACUUM");
    }

    private static async Task<string> CommonAsync(SqliteConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT group_concat('\"' || name || '\"') FROM pragma_table_info('{table}', 'main') WHERE name IN (SELECT name FROM pragma_table_info('{table}', 'today'))";
        return await command.ExecuteScalarAsync() as string ?? "";
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
