using MusicRec.Genres;
using MusicRec.Genres.Training;

namespace MusicRec.Cli;

/// <summary>How many songs of each genre a data set holds.</summary>
internal static class GenreCounts
{
    /// <summary>Labelled songs by genre, in the order used everywhere.</summary>
    public static IReadOnlyList<(string Label, int Songs)> Of(Dataset dataset)
    {
        var counts = dataset.Rows.Where(row => row.Label.Length > 0).CountBy(row => row.Label).ToDictionary();
        return [.. Genre.Order(counts.Keys).Select(label => (label, counts[label]))];
    }
}
