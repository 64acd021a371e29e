using System.Globalization;
using System.Text;

namespace MusicRec.Genres.Evaluation.Retrieval;

/// <summary>A report on retrieval as a table in Markdown: a row per measure, a column per kind of vector.</summary>
public static class RetrievalText
{
    /// <summary>The whole table, and a line above that says of how many songs.</summary>
    public static string Write(RetrievalReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{report.Songs} songs, {report.SongsWithGenre} with a genre, {report.Artists} artists, {report.Albums} albums; five nearest by cosine; 95 % over songs\n\n");
        text.Append("| |").AppendJoin("", report.Kinds.Select(kind => string.Create(CultureInfo.InvariantCulture, $" {kind.Name} ({kind.Dimensions}) |"))).Append('\n');
        text.Append("| --- |").Insert(text.Length, " --- |", report.Kinds.Count).Append('\n');
        Row(text, report, "same genre", kind => kind.GenrePrecision);
        Row(text, report, "same genre, other artists and albums", kind => kind.GenrePrecisionOtherArtists);
        Row(text, report, "same artist", kind => kind.ArtistPrecision);
        Row(text, report, "one of the artist among the five", kind => kind.ArtistHit);
        Row(text, report, "one of the album among the five", kind => kind.AlbumHit);
        Row(text, report, "never recommended", kind => kind.NeverRecommended);
        text.Append("| skewness |").AppendJoin("", report.Kinds.Select(kind => string.Create(CultureInfo.InvariantCulture, $" {kind.Skewness.Value:F2} |"))).Append('\n');
        foreach (var copy in report.Kinds[0].Copies)
        {
            Row(text, report, $"{copy.Name}: nearest is itself", kind => Copy(kind, copy.Name)?.FindsItself);
            Row(text, report, $"{copy.Name}: itself among the five", kind => Copy(kind, copy.Name)?.FindsItselfInFive);
            Row(text, report, $"{copy.Name}: neighbours kept", kind => Copy(kind, copy.Name)?.NeighboursKept);
        }

        if (report.Kinds[0].Windows is { } windows)
        {
            Row(text, report, string.Create(CultureInfo.InvariantCulture, $"3 s among {windows.Windows} of {windows.Songs} songs: another of the song among the five"), kind => kind.Windows?.Hit);
            Row(text, report, "3 s: share of the five that is of the song", kind => kind.Windows?.Precision);
        }

        return text.ToString();
    }

    private static CopyQuality? Copy(RetrievalQuality kind, string name) => kind.Copies.FirstOrDefault(copy => copy.Name == name);

    private static void Row(StringBuilder text, RetrievalReport report, string name, Func<RetrievalQuality, Estimate?> measure)
    {
        if (report.Kinds.Any(kind => measure(kind) is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} |").AppendJoin("", report.Kinds.Select(kind => $" {Percent(measure(kind))} |")).Append('\n');
        }
    }

    private static string Percent(Estimate? share) => share is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * known.Value:F1} % ({100 * known.Low:F1} to {100 * known.High:F1})")
        : "-";
}
