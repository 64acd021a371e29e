using MusicRec.Genres.Evaluation;

namespace MusicRec.Catalog.Similarity.Quality;

/// <summary>How good the lists of a ranking are over a table of songs: each song asked for its nearest others.</summary>
/// <param name="Songs">Songs in the table; each is asked once.</param>
/// <param name="GenrePrecision">Share of a list that has the asked song's genre, among those whose genre is known, 0 to 1; null if no list can be judged.</param>
/// <param name="GenrePrecisionOtherArtists">The same with songs of the asked song's artist left out of its list, so that knowing the artist's sound does not pass for knowing the genre.</param>
/// <param name="ArtistPrecision">Share of a list that has the asked song's artist, 0 to 1, over songs whose artist has another one; null if there is none.</param>
/// <param name="ArtistHit">Share of those songs whose list has at least one other of their artist, 0 to 1.</param>
/// <param name="Skewness">Skewness of how often each song is in a list (k-occurrence): 0 if even, above 1 if hubs are in every list.</param>
/// <param name="NeverRecommended">Share of songs that are in no list, 0 to 1.</param>
/// <param name="Diversity">Mean of 1 - cosine over the pairs of a list, 0 to 2; null if no list has two songs.</param>
public sealed record RankingMeasures(
    int Songs,
    Estimate? GenrePrecision,
    Estimate? GenrePrecisionOtherArtists,
    Estimate? ArtistPrecision,
    Estimate? ArtistHit,
    Estimate? Skewness,
    Estimate? NeverRecommended,
    Estimate? Diversity);
