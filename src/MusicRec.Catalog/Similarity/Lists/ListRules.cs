namespace MusicRec.Catalog.Similarity.Lists;

/// <summary>What a list may hold.</summary>
/// <param name="Count">Songs wanted, 1 to <see cref="MostSongs"/>.</param>
/// <param name="MostPerArtist">Songs by one artist at most; 0 for any number. Songs without an artist are by an artist of their own each.</param>
/// <param name="OneOfEachSong">Whether versions of one song count as one.</param>
/// <param name="Genre">Only songs shown with this genre label, or null.</param>
/// <param name="TempoFrom">Only songs of at least so many beats per minute, or null.</param>
/// <param name="TempoTo">Only songs of at most so many, or null.</param>
/// <param name="Decade">Only songs of the ten years from this one, or null; songs whose year is not known are left out then.</param>
public sealed record ListRules(
    int Count, int MostPerArtist = 0, bool OneOfEachSong = false, string? Genre = null, double? TempoFrom = null, double? TempoTo = null, int? Decade = null)
{
    /// <summary>Songs in a list at most.</summary>
    public const int MostSongs = 50;

    /// <summary>Whether only some songs can be in the list.</summary>
    public bool AreFilters => Genre is not null || TempoFrom is not null || TempoTo is not null || Decade is not null;

    /// <summary>Whether a song can be in the list at all, whatever else is in it.</summary>
    internal bool Match(in SongFacts song) =>
        (Genre is null || song.Genre == Genre)
        && (TempoFrom is null || song.Tempo >= (float)TempoFrom.Value)
        && (TempoTo is null || song.Tempo <= (float)TempoTo.Value)
        && (Decade is null || (song.Year >= Decade && song.Year < Decade + 10));
}
