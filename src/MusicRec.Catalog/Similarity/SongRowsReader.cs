using System.Buffers.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace MusicRec.Catalog.Similarity;

/// <summary>
/// Reads the songs of an index version from SQLite: of a version that continues a known one only what changed. The database
/// hands out each row's bytes where they lie, so that a million songs are read in seconds and nothing but their numbers is kept.
/// </summary>
internal static class SongRowsReader
{
    private const string OfVersion = "\"FeatureVersion\" = ?1 AND \"SinceVersion\" > ?2 AND \"SinceVersion\" <= ?3";

    /// <summary>In the order in which the table lies on the disk; an index would jump about.</summary>
    private const string ReadAll = $"SELECT \"SongId\", \"Bytes\" FROM \"Vectors\" NOT INDEXED WHERE {OfVersion}";

    private const string ReadChanged = $"SELECT \"SongId\", \"Bytes\" FROM \"Vectors\" WHERE {OfVersion}";
    private const string ReadIds = $"SELECT \"SongId\" FROM \"Vectors\" NOT INDEXED WHERE {OfVersion}";
    private const string Count = $"SELECT COUNT(*) FROM \"Vectors\" WHERE {OfVersion}";

    /// <summary>The songs of a version as they are in the database now, of which deleted ones are gone.</summary>
    /// <param name="context">Its connection is open; a transaction makes everything read be of one moment.</param>
    /// <param name="featureVersion">Feature version of the index version.</param>
    /// <param name="number">The index version.</param>
    /// <param name="known">The songs of an earlier version, or null.</param>
    /// <param name="cancellationToken">Stops between two songs.</param>
    /// <exception cref="InvalidDataException">The bytes of a song are no numbers.</exception>
    public static SongRows Read(CatalogContext context, int featureVersion, int number, SongRows? known, CancellationToken cancellationToken)
    {
        var database = ((SqliteConnection)context.Database.GetDbConnection()).Handle!;
        if (known is null || known.FeatureVersion != featureVersion || known.Number >= number || known.IsSparse)
        {
            var all = new SongRowsBuilder();
            Query(database, ReadAll, featureVersion, 0, number, statement => Add(statement, all), cancellationToken);
            return all.Build(featureVersion, number);
        }

        var builder = known.Continue();
        Query(database, ReadChanged, featureVersion, known.Number, number, statement => Add(statement, builder), cancellationToken);
        var count = 0;
        Query(database, Count, featureVersion, 0, number, statement => count = raw.sqlite3_column_int(statement, 0), cancellationToken);
        if (builder.Count() == count)
        {
            return builder.Build(featureVersion, number);
        }

        var ids = new HashSet<Guid>(count);
        Query(database, ReadIds, featureVersion, 0, number, statement => ids.Add(IdOf(statement)), cancellationToken);
        return builder.Build(featureVersion, number, ids.Contains);
    }

    private static void Add(sqlite3_stmt statement, SongRowsBuilder rows)
    {
        var id = IdOf(statement);
        rows.Add(id, SongVector.ComparedOf(id, raw.sqlite3_column_blob(statement, 1)));
    }

    /// <summary>Identities are stored as text.</summary>
    private static Guid IdOf(sqlite3_stmt statement) => Utf8Parser.TryParse(raw.sqlite3_column_blob(statement, 0), out Guid id, out _)
        ? id
        : throw new InvalidDataException("A song's vector is stored under something that is no identity.");

    private static void Query(
        sqlite3 database, string sql, int featureVersion, int after, int upTo, Action<sqlite3_stmt> row, CancellationToken cancellationToken)
    {
        Check(raw.sqlite3_prepare_v2(database, sql, out var statement), database);
        using (statement)
        {
            Check(raw.sqlite3_bind_int(statement, 1, featureVersion), database);
            Check(raw.sqlite3_bind_int(statement, 2, after), database);
            Check(raw.sqlite3_bind_int(statement, 3, upTo), database);
            var result = raw.sqlite3_step(statement);
            for (; result == raw.SQLITE_ROW; result = raw.sqlite3_step(statement))
            {
                cancellationToken.ThrowIfCancellationRequested();
                row(statement);
            }

            Check(result == raw.SQLITE_DONE ? raw.SQLITE_OK : result, database);
        }
    }

    private static void Check(int result, sqlite3 database) => SqliteException.ThrowExceptionForRC(result, database);
}
