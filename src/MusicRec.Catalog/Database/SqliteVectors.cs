using System.Buffers.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MusicRec.Catalog.Database;

/// <summary>Reads vectors by SQLite's own functions, which hand out each row's bytes where they lie.</summary>
internal static class SqliteVectors
{
    private const string OfRange = "\"FeatureVersion\" = ?1 AND \"SinceVersion\" > ?2 AND \"SinceVersion\" <= ?3";

    /// <summary>Reads the vectors of a range in any order.</summary>
    public static void Read(SqliteConnection connection, VectorRange range, VectorParts parts, VectorHandler handle, CancellationToken cancellationToken)
    {
        var database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, Sql(range, parts), out var statement), database);
        using (statement)
        {
            Check(raw.sqlite3_bind_int(statement, 1, range.FeatureVersion), database);
            Check(raw.sqlite3_bind_int(statement, 2, range.After), database);
            Check(raw.sqlite3_bind_int(statement, 3, range.UpTo), database);
            var result = raw.sqlite3_step(statement);
            for (; result == raw.SQLITE_ROW; result = raw.sqlite3_step(statement))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var id = IdOf(statement);
                handle(id, parts == VectorParts.Ids || id == Guid.Empty ? [] : raw.sqlite3_column_blob(statement, 1));
            }

            Check(result == raw.SQLITE_DONE ? raw.SQLITE_OK : result, database);
        }
    }

    private static string Sql(VectorRange range, VectorParts parts)
    {
        var columns = parts == VectorParts.Ids ? "\"SongId\"" : "\"SongId\", \"Bytes\"";

        // Everything is read in the order in which the table lies on the disk; an index would jump about.
        var table = range.After == 0 ? "\"Vectors\" NOT INDEXED" : "\"Vectors\"";
        return $"SELECT {columns} FROM {table} WHERE {OfRange}";
    }

    /// <summary>Identities are stored as text; what is none is that of no song.</summary>
    private static Guid IdOf(sqlite3_stmt statement) =>
        Utf8Parser.TryParse(raw.sqlite3_column_blob(statement, 0), out Guid id, out var length) && length == raw.sqlite3_column_bytes(statement, 0) ? id : Guid.Empty;

    private static void Check(int result, sqlite3 database) => SqliteException.ThrowExceptionForRC(result, database);
}
