using System.Globalization;
using MusicRec.Catalog.Similarity.Quality;
using MusicRec.Genres.Evaluation.Retrieval;

namespace MusicRec.Training;

/// <summary>
/// How much the embedding counts beside the 26 features: chosen on the music trained on, none of the music it is measured on is looked at.
/// </summary>
internal static class FusionWeight
{
    private const int Steps = 10;

    /// <summary>Tells for each weight how often the five nearest of other artists and albums have the song's genre; returns the best, the smaller of equal ones.</summary>
    /// <param name="songs">What is known of each song.</param>
    /// <param name="features">Their features.</param>
    /// <param name="embedding">What the embedding heard.</param>
    /// <param name="log">Told each weight.</param>
    /// <param name="cancellationToken">Stops between two weights.</param>
    public static double Choose(IReadOnlyList<RetrievalSong> songs, VectorTable features, VectorTable embedding, TextWriter log, CancellationToken cancellationToken)
    {
        var (best, weight) = (double.MinValue, 0.0);
        for (var step = 0; step <= Steps; step++)
        {
            var tried = (double)step / Steps;
            var quality = RetrievalMeter.Measure(songs, VectorKinds.Fuse("both", features, embedding, tried), cancellationToken);
            var precision = quality.GenrePrecisionOtherArtists?.Value ?? throw new InvalidDataException("No genre is known of the music trained on.");
            log.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"weight {tried:F1}: same genre {100 * precision:F1} %, neighbours kept {100 * quality.Copies.Average(copy => copy.NeighboursKept.Value):F1} %"));
            if (precision > best)
            {
                (best, weight) = (precision, tried);
            }
        }

        return weight;
    }
}
