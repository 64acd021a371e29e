using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using MusicRec.Catalog.Backups;
using MusicRec.Catalog.Indexing;

namespace MusicRec.Catalog.Database;

/// <summary>The catalog in a SQLite file.</summary>
public sealed class SqliteCatalogContext(DbContextOptions<SqliteCatalogContext> options) : CatalogContext(options)
{
    // Entity Framework marks a running migration by a row. A process killed meanwhile leaves it, and the next would wait for ever.
    private const string DropStaleMigrationLock =
        """DELETE FROM "__EFMigrationsLock" WHERE "Timestamp" < datetime('now', '-2 minutes')""";

    private const string CountMigrationLocks = "SELECT COUNT(*) AS \"Value\" FROM \"__EFMigrationsLock\"";

    private const string HasMigrationLock =
        """SELECT COUNT(*) AS "Value" FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsLock'""";

    /// <summary>Sets up a context for a connection string.</summary>
    internal static void Configure(DbContextOptionsBuilder builder, string connectionString) => builder
        .UseSqlite(connectionString)
        .AddInterceptors(new ConnectionSettings());

    /// <inheritdoc/>
    public override Task<IDbContextTransaction> BeginExclusiveAsync(string subject, CancellationToken cancellationToken) =>
        Database.BeginTransactionAsync(cancellationToken);

    internal override async Task<T> AtOneMomentAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        await Database.OpenConnectionAsync(cancellationToken);

        // Deferred: a transaction that takes the write lock only when it writes.
        await using var moment = ((SqliteConnection)Database.GetDbConnection()).BeginTransaction(IsolationLevel.Serializable, deferred: true);
        await using var transaction = await Database.UseTransactionAsync(moment, cancellationToken);
        return await read();
    }

    /// <summary>Two questions, each answered by the index of status and id, however long the queue is; of two workers that get the same answer one can write.</summary>
    internal override async Task<Song?> ClaimSongAsync(Guid claim, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        while (true)
        {
            ChangeTracker.Clear();
            var latest = now + IndexQueue.MostAhead;
            var song = await OldestAsync(Songs.Where(row => row.Status == SongStatus.Queued), cancellationToken)
                ?? await OldestAsync(Songs.Where(row => row.Status == SongStatus.Analyzing && (row.ClaimedUntil < now || row.ClaimedUntil > latest)), cancellationToken);
            if (song is null)
            {
                return null;
            }

            song.BeginAttempt(claim, until);
            try
            {
                await SaveChangesAsync(cancellationToken);
                return song;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Another worker was faster: the next one.
            }
        }
    }

    internal override void ReadVectors(VectorRange range, VectorParts parts, VectorHandler handle, CancellationToken cancellationToken) =>
        SqliteVectors.Read((SqliteConnection)Database.GetDbConnection(), range, parts, handle, cancellationToken);

    internal override Task AnnounceAsync(News news, CancellationToken cancellationToken) => Task.CompletedTask;

    internal override Task WriteCopyAsync(string path, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"VACUUM INTO {path}", cancellationToken);

    /// <summary>SQLite's own backup, into the live file: a transaction for everybody else who has it open.</summary>
    internal override async Task ReplaceByAsync(string path, CancellationToken cancellationToken)
    {
        const int Busy = 5, Locked = 6, MostTries = 300;
        await using var source = new SqliteConnection(RestoredDatabase.ConnectionString(path));
        await source.OpenAsync(cancellationToken);
        await Database.OpenConnectionAsync(cancellationToken);
        for (var tries = 1; ; tries++)
        {
            try
            {
                source.BackupDatabase((SqliteConnection)Database.GetDbConnection());
                return;
            }
            catch (SqliteException exception) when (exception.SqliteErrorCode is Busy or Locked && tries < MostTries)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            }
        }
    }

    internal override async Task MigrateAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (await this.GetService<IRelationalDatabaseCreator>().ExistsAsync(cancellationToken))
        {
            await WaitForMigrationAsync(time, cancellationToken);
        }

        if ((await Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            await Database.MigrateAsync(cancellationToken);
        }
    }

    private async Task WaitForMigrationAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (await Database.SqlQueryRaw<int>(HasMigrationLock).SingleAsync(cancellationToken) == 0)
        {
            return;
        }

        while (true)
        {
            await Database.ExecuteSqlRawAsync(DropStaleMigrationLock, cancellationToken);
            if (await Database.SqlQueryRaw<int>(CountMigrationLocks).SingleAsync(cancellationToken) == 0)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
        }
    }

    private static Task<Song?> OldestAsync(IQueryable<Song> songs, CancellationToken cancellationToken) =>
        songs.OrderBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);

    /// <summary>
    /// With the write-ahead log a killed process loses nothing at <c>synchronous = NORMAL</c>, and a commit costs no flush.
    /// </summary>
    private sealed class ConnectionSettings : DbConnectionInterceptor
    {
        private const string Settings = "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Settings;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Settings;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>For <c>dotnet ef migrations</c>.</summary>
    internal sealed class DesignTime : IDesignTimeDbContextFactory<SqliteCatalogContext>
    {
        public SqliteCatalogContext CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<SqliteCatalogContext>().UseSqlite("Data Source=design.db").Options);
    }
}
