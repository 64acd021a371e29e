using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using MusicRec.Catalog.Backups;
using MusicRec.Catalog.Indexing;
using Npgsql;

namespace MusicRec.Catalog.Database;

/// <summary>The catalog in a PostgreSQL database, which several processes on several machines may share.</summary>
public sealed class PostgresCatalogContext(DbContextOptions<PostgresCatalogContext> options) : CatalogContext(options)
{
    /// <summary>The channel on which the processes of a database wake each other.</summary>
    internal const string Channel = "musicrec";

    // An index version over a million songs, and a wait for one: no request of a visitor gets here.
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(10);

    /// <summary>Sets up a context for a connection string.</summary>
    internal static void Configure(DbContextOptionsBuilder builder, string connectionString) => builder
        // A broken connection is a DbException, as with SQLite, not wrapped in advice to try again by itself: background work does so anyway.
        .UseNpgsql(connectionString, postgres => postgres.ExecutionStrategy(dependencies => new NonRetryingExecutionStrategy(dependencies)))
        // Whoever handles the exception says what failed. On the first start the provider finds out by an error that there are no tables yet.
        .ConfigureWarnings(warnings => warnings.Log((RelationalEventId.CommandError, LogLevel.Debug)));

    /// <summary>Texts are compared by their bytes: as in SQLite, and whatever language the server was set up for.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<string>().UseCollation("C");
    }

    /// <inheritdoc/>
    public override async Task<IDbContextTransaction> BeginExclusiveAsync(string subject, CancellationToken cancellationToken)
    {
        Database.SetCommandTimeout(LongEnough);
        var transaction = await Database.BeginTransactionAsync(cancellationToken);
        try
        {
            await Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({subject}, 0))", cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    internal override async Task<T> AtOneMomentAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        await using var transaction = await Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        return await read();
    }

    /// <summary>One statement; a row that another worker is just taking is skipped, so that workers do not wait for each other.</summary>
    internal override async Task<Song?> ClaimSongAsync(Guid claim, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var (moment, latest) = (now.ToUnixTimeMilliseconds(), (now + IndexQueue.MostAhead).ToUnixTimeMilliseconds());
        var songs = await Songs.FromSql($"""
            UPDATE "Songs"
            SET "Status" = 'Analyzing', "Claim" = {claim}, "ClaimedUntil" = {until.ToUnixTimeMilliseconds()}, "Attempts" = "Attempts" + 1
            WHERE "Id" = COALESCE(
                (SELECT "Id" FROM "Songs" WHERE "Status" = 'Queued'
                    ORDER BY "Id" LIMIT 1 FOR UPDATE SKIP LOCKED),
                (SELECT "Id" FROM "Songs" WHERE "Status" = 'Analyzing' AND ("ClaimedUntil" < {moment} OR "ClaimedUntil" > {latest})
                    ORDER BY "Id" LIMIT 1 FOR UPDATE SKIP LOCKED))
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken);
        return songs.SingleOrDefault();
    }

    internal override void ReadVectors(VectorRange range, VectorParts parts, VectorHandler handle, CancellationToken cancellationToken) =>
        PostgresVectors.Read((NpgsqlConnection)Database.GetDbConnection(), range, parts, handle, cancellationToken);

    /// <summary>Within a transaction, the others hear of it when it is committed.</summary>
    internal override async Task AnnounceAsync(News news, CancellationToken cancellationToken)
    {
        try
        {
            await Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {news.ToString()})", cancellationToken);
        }
        catch (NpgsqlException) when (Database.CurrentTransaction is null)
        {
            // What is announced is done and stays done; the others find it by looking.
        }
    }

    internal override async Task WriteCopyAsync(string path, CancellationToken cancellationToken)
    {
        await using var copy = RestoredDatabase.Open(path);
        await copy.Database.MigrateAsync(cancellationToken);
        await AtOneMomentAsync(
            async () =>
            {
                await TableCopy.CopyAllAsync(this, copy, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    internal override async Task ReplaceByAsync(string path, CancellationToken cancellationToken)
    {
        await using var copy = RestoredDatabase.Open(path);
        Database.SetCommandTimeout(LongEnough);
        await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
        var truncate = "TRUNCATE " + string.Join(", ", TableCopy.InOrder(Model).Select(type => $"\"{type.GetTableName()}\""));
        await Database.ExecuteSqlRawAsync(truncate, cancellationToken);
        await TableCopy.CopyAllAsync(copy, this, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Entity Framework's own lock ends between two migrations, and another process could begin there. This one is held for all of them
    /// and goes with its connection, so with the process.
    /// </summary>
    internal override async Task MigrateAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (!await this.GetService<IRelationalDatabaseCreator>().ExistsAsync(cancellationToken))
        {
            await Database.MigrateAsync(cancellationToken);
            return;
        }

        var own = new NpgsqlConnectionStringBuilder(Database.GetConnectionString()) { Pooling = false };
        await using var connection = new NpgsqlConnection(own.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var take = new NpgsqlCommand("SELECT pg_advisory_lock(hashtextextended('migration', 0))", connection) { CommandTimeout = (int)LongEnough.TotalSeconds };
        await take.ExecuteNonQueryAsync(cancellationToken);
        if ((await Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            await Database.MigrateAsync(cancellationToken);
        }
    }

    /// <summary>For <c>dotnet ef migrations</c>.</summary>
    internal sealed class DesignTime : IDesignTimeDbContextFactory<PostgresCatalogContext>
    {
        public PostgresCatalogContext CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<PostgresCatalogContext>().UseNpgsql("Host=localhost;Database=design").Options);
    }
}
