namespace MusicRec.Catalog.Backups;

/// <summary>Why a backup cannot be made or restored.</summary>
public enum BackupProblem
{
    /// <summary>The file is no backup of this program.</summary>
    NotABackup,

    /// <summary>The file is a backup, but not what was written.</summary>
    Damaged,

    /// <summary>The backup was made by a newer version of the program.</summary>
    Newer,

    /// <summary>Another backup or restore is under way.</summary>
    Busy,

    /// <summary>The disk has no room for it.</summary>
    NoRoom,

    /// <summary>The restored catalog could not be used; everything was put back as it was before.</summary>
    PutBack,

    /// <summary>The restored catalog could not be used, and what was there before could not be put back.</summary>
    NotPutBack,
}

/// <summary>A backup cannot be made or restored; but for <see cref="BackupProblem.NotPutBack"/> everything is as it was.</summary>
/// <param name="problem">Why, for translation.</param>
/// <param name="message">Why, in English, and what to do.</param>
/// <param name="cause">What was noticed, or null.</param>
public sealed class BackupException(BackupProblem problem, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Why.</summary>
    public BackupProblem Problem => problem;
}
