using Microsoft.Data.Sqlite;
using Npgsql;

namespace MusicRec.Catalog.Files;

/// <summary>The disk of the storage folder or of the database is full, or so nearly that no more files are taken.</summary>
public sealed class StorageFullException(Exception? cause = null)
    : Exception("The disk of the storage folder is nearly full; no more files are taken.", cause)
{
    private const int SqliteFull = 13;

    /// <summary>The memory that the processes of a database share, a file beside it, could not grow.</summary>
    private const int SqliteNoRoomToShare = 4874;

    /// <summary>Whether an exception, or one that it goes back to, says that there is no room left.</summary>
    public static bool IsCauseOf(Exception exception) => exception switch
    {
        StorageFullException => true,
        SqliteException { SqliteErrorCode: SqliteFull } or SqliteException { SqliteExtendedErrorCode: SqliteNoRoomToShare } => true,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => true,
        IOException io when IsNoRoom(io.HResult) => true,
        { InnerException: { } inner } => IsCauseOf(inner),
        _ => false,
    };

    /// <summary>Unix: the error number itself (no room, quota used up); Windows: disk full, handle disk full.</summary>
    private static bool IsNoRoom(int result) => OperatingSystem.IsWindows()
        ? result is unchecked((int)0x80070070) or unchecked((int)0x80070027)
        : result == 28 || result == (OperatingSystem.IsLinux() ? 122 : 69);
}
