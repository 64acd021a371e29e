namespace MusicRec.Genres.Evaluation;

/// <summary>How good lists of five most similar songs are, over all songs of a table; one row of a report.</summary>
/// <param name="Name">The way of ranking, e.g. <c>cosine</c>.</param>
/// <param name="GenrePrecisionAt5">Share of the five that have the song's genre.</param>
/// <param name="ArtistPrecisionAt5">Share of the five that have the song's artist, over songs whose artist has others; null where artists are not known.</param>
/// <param name="GenrePrecisionAt5OtherArtists">Share of the five that have the song's genre when its own artist is left out; null where artists are not known.</param>
/// <param name="Skewness">Skewness of the number of lists a song is in (hubness): 0 when all are recommended alike.</param>
/// <param name="NeverRecommended">Share of songs that are in no list.</param>
/// <param name="Diversity">Mean cosine distance between two songs of a list, 0 to 2.</param>
public sealed record RankingQuality(
    string Name,
    Estimate GenrePrecisionAt5,
    Estimate? ArtistPrecisionAt5,
    Estimate? GenrePrecisionAt5OtherArtists,
    Estimate Skewness,
    Estimate NeverRecommended,
    Estimate Diversity)
{
    /// <summary>Share of songs whose artist has others that have one of them among their five; null where artists are not known.</summary>
    public Estimate? ArtistHitAt5 { get; init; }
}
