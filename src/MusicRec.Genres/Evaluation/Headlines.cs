using System.Globalization;

namespace MusicRec.Genres.Evaluation;

/// <summary>The first line of a report.</summary>
public static class Headlines
{
    /// <summary>What was found between training and test parts, and what could not be looked for.</summary>
    internal static string Of(IReadOnlyList<Leak> leaks, DataFacts data)
    {
        var found = leaks.Count == 0
            ? "No leak found between training and test parts."
            : $"LEAKS: the numbers below are too good. Of the songs measured on, {Describe(leaks)}.";
        return $"{found} {Artists(data)}";
    }

    /// <summary>How many songs share what with songs of the training part.</summary>
    public static string Describe(IReadOnlyList<Leak> leaks) =>
        string.Join(", ", leaks.Select(leak => string.Create(CultureInfo.InvariantCulture, $"{leak.Songs} share their {leak.Kind}")))
        + " with a song of the training part";

    private static string Artists(DataFacts data) => data.SongsWithArtist switch
    {
        0 => "No artist is known: whether one is in both parts was not checked.",
        var known when known == data.Songs => "The artist of every song is known.",
        var known => string.Create(CultureInfo.InvariantCulture, $"The artist is known for {known} of {data.Songs} songs."),
    };
}
