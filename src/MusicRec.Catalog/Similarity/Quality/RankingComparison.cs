using MusicRec.Genres.Evaluation;

namespace MusicRec.Catalog.Similarity.Quality;

/// <summary>Every ranking over one table of songs with known genres, as the rows of a report.</summary>
public static class RankingComparison
{
    /// <summary>Measures each ranking on the same table.</summary>
    /// <param name="rows">One vector per song, finite, all of the same length; ties come in this order.</param>
    /// <param name="genres">Genre of each song.</param>
    /// <param name="artists">Artist of each song, or null where it is not known.</param>
    /// <param name="cancellationToken">Stops the measurement.</param>
    /// <exception cref="ArgumentException">Fewer than three songs, rows of different lengths, or not as many genres or artists as rows.</exception>
    public static IReadOnlyList<RankingQuality> Measure(
        IReadOnlyList<double[]> rows, IReadOnlyList<string> genres, IReadOnlyList<string?> artists, CancellationToken cancellationToken)
    {
        if (rows.Count < 3)
        {
            throw new ArgumentException($"Lists of {rows.Count} songs say nothing.", nameof(rows));
        }

        return
        [
            Row("cosine", RankingMeter.Measure(rows, genres, artists, Ranking.Cosine, cancellationToken)),
            Row($"local scaling (k = {LocalScales.Neighbour})", RankingMeter.Measure(rows, genres, artists, Ranking.LocalScaling, cancellationToken)),
        ];
    }

    /// <summary>With three songs of known genres these measures are there.</summary>
    private static RankingQuality Row(string name, RankingMeasures measured) => new(
        name,
        measured.GenrePrecision!.Value,
        measured.ArtistPrecision,
        measured.ArtistPrecision is null ? null : measured.GenrePrecisionOtherArtists,
        measured.Skewness!.Value,
        measured.NeverRecommended!.Value,
        measured.Diversity!.Value)
    {
        ArtistHitAt5 = measured.ArtistHit,
    };
}
