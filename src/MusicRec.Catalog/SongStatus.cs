namespace MusicRec.Catalog;

/// <summary>Where a song stands on its way into the index.</summary>
public enum SongStatus
{
    /// <summary>Waits for analysis. A song that was analysed before keeps its vector and stays in the live index meanwhile.</summary>
    Queued,

    /// <summary>Claimed by a worker.</summary>
    Analyzing,

    /// <summary>Analysed with the current feature version.</summary>
    Indexed,

    /// <summary>Analysis failed; <see cref="Song.FailureCode"/> says why.</summary>
    Failed,
}
