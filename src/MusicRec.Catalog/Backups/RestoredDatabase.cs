using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Database;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Search;

namespace MusicRec.Catalog.Backups;

/// <summary>The database of a backup, unpacked, before it replaces the live one: checked, and brought to the schema of this program.</summary>
internal static class RestoredDatabase
{
    /// <summary>A context on a SQLite file that nobody else uses.</summary>
    public static SqliteCatalogContext Open(string path)
    {
        var builder = new DbContextOptionsBuilder<SqliteCatalogContext>();
        SqliteCatalogContext.Configure(builder, ConnectionString(path));
        return new SqliteCatalogContext(builder.Options);
    }

    public static string ConnectionString(string path) => new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString;

    /// <summary>Checks the file and migrates it.</summary>
    /// <exception cref="BackupException">It is damaged or of a newer program.</exception>
    public static async Task PrepareAsync(string path, CancellationToken cancellationToken)
    {
        await using var context = Open(path);
        try
        {
            var check = await context.Database.SqlQueryRaw<string>("SELECT integrity_check AS \"Value\" FROM pragma_integrity_check").FirstAsync(cancellationToken);
            if (check != "ok")
            {
                throw new BackupException(BackupProblem.Damaged, $"The database in the backup is damaged: {check}.");
            }

            await RefuseNewerAsync(context, cancellationToken);
            await context.Database.MigrateAsync(cancellationToken);
            await TableCopy.ReadSomeAsync(context, cancellationToken);
            await SearchUpdate.RunAsync(context, cancellationToken);
            await Setting.SetAsync(context, Setting.Restored, Guid.NewGuid().ToString(), cancellationToken);
        }
        catch (SqliteException exception) when (!StorageFullException.IsCauseOf(exception))
        {
            throw new BackupException(BackupProblem.Damaged, "The database in the backup cannot be read.", exception);
        }
    }

    private static async Task RefuseNewerAsync(SqliteCatalogContext context, CancellationToken cancellationToken)
    {
        var unknown = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(context.Database.GetMigrations()).LastOrDefault();
        if (unknown is not null)
        {
            throw new BackupException(
                BackupProblem.Newer, $"The backup was made by a newer version of this program (it has the unknown migration {unknown}). Restore it with that version.");
        }
    }
}
