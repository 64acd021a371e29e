using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Database;
using Npgsql;

namespace MusicRec.Postgres.Tests;

/// <summary>The database of a catalog under test: one of its own on the server of this run, made from one that was migrated once.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private const string Template = "migrated";

    private static readonly Lazy<Task> Migrated = new(MigrateAsync);
    private static readonly SemaphoreSlim OneAtATime = new(1);

    private readonly bool _isPglite;

    private TestDatabase(string connectionString, bool isPglite = false) => (ConnectionString, _isPglite) = (connectionString, isPglite);

    public string ConnectionString { get; }

    public Dictionary<string, string?> Settings => new()
    {
        ["Catalog:Provider"] = "PostgreSql",
        ["Catalog:ConnectionString"] = ConnectionString,
        ["Similarity:Index"] = _isPglite ? "Pgvector" : null,
    };

    public static async Task<TestDatabase> CreateAsync()
    {
        await PostgresServer.GetAsync();
        await Migrated.Value;
        return await CreateAsync($"TEMPLATE {Template}");
    }

    /// <summary>With pgvector, and empty; of these there is one at a time.</summary>
    public static async Task<TestDatabase> CreateWithPgvectorAsync()
    {
        var database = new TestDatabase(await PgliteServer.GetAsync(), isPglite: true);
        await database.ExecuteAsync("DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP EXTENSION IF EXISTS vector");
        return database;
    }

    /// <summary>Without tables.</summary>
    public static Task<TestDatabase> CreateEmptyAsync() => CreateAsync("");

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        if (_isPglite)
        {
            return;
        }

        var server = await PostgresServer.GetAsync();
        await server.ExecuteAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(ConnectionString).Database} WITH (FORCE)");
    }

    private static async Task<TestDatabase> CreateAsync(string how)
    {
        var server = await PostgresServer.GetAsync();
        var name = $"test_{Guid.NewGuid():N}";

        // Two at once disturb each other: nobody may be using the template.
        await OneAtATime.WaitAsync();
        try
        {
            await server.ExecuteAsync($"CREATE DATABASE {name} {how}");
        }
        finally
        {
            OneAtATime.Release();
        }

        return new TestDatabase(server.ConnectionString(name));
    }

    private static async Task MigrateAsync()
    {
        var server = await PostgresServer.GetAsync();
        var options = new DbContextOptionsBuilder<PostgresCatalogContext>();
        PostgresCatalogContext.Configure(options, server.ConnectionString(Template) + ";Pooling=false");
        await server.ExecuteAsync($"CREATE DATABASE {Template}");
        await using var context = new PostgresCatalogContext(options.Options);
        await context.Database.MigrateAsync();
    }
}
