namespace MusicRec.Catalog.Similarity.Lists;

/// <summary>What lists ask of a song beside its sound, in few bytes: it is there for every song of the index.</summary>
/// <param name="Artist">As <see cref="NameForms.OfArtist"/>.</param>
/// <param name="Title">As <see cref="NameForms.OfTitle"/>.</param>
/// <param name="Genre">The genre shown, one string for all songs that have it; null if unknown.</param>
/// <param name="Tempo">Beats per minute; not a number if unknown.</param>
/// <param name="Seconds">Length of the whole file; 0 if unknown.</param>
/// <param name="Year">Year of release; 0 if unknown.</param>
internal readonly record struct SongFacts(ulong Artist, ulong Title, string? Genre, float Tempo, float Seconds, short Year)
{
    /// <summary>Of a song about which nothing is known.</summary>
    public static SongFacts Unknown { get; } = new(NameForms.None, NameForms.None, null, float.NaN, 0, 0);

    /// <summary>Of a row of the database.</summary>
    public static SongFacts Of(string artist, string title, string? genre, double? tempo, double seconds, int? year) => new(
        NameForms.OfArtist(artist),
        NameForms.OfTitle(title),
        genre is null ? null : string.Intern(genre),
        (float)(tempo ?? double.NaN),
        (float)seconds,
        (short)(year ?? 0));

    /// <summary>Of a song.</summary>
    public static SongFacts Of(Song song) => Of(song.Artist, song.Title, song.Genre, song.Tempo, song.Seconds, song.Year);
}
