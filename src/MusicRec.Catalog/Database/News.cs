namespace MusicRec.Catalog.Database;

/// <summary>What background work waits for.</summary>
internal enum News
{
    /// <summary>Songs were queued.</summary>
    SongsQueued,

    /// <summary>There is a new index version, or another ranking was chosen.</summary>
    IndexChanged,
}
