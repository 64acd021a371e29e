using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace MusicRec.Web.Problems;

/// <summary>The database does not answer just now: its server is down or being restarted, or its file is locked by another program.</summary>
internal static class DatabaseAway
{
    private const int Busy = 5, Locked = 6, CannotOpen = 14;

    /// <summary>When to try again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Whether an exception, or one that it goes back to, says so.</summary>
    public static bool IsCauseOf(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: Busy or Locked or CannotOpen } => true,
        DbException { IsTransient: true } => true,
        { InnerException: { } inner } => IsCauseOf(inner),
        _ => false,
    };
}
