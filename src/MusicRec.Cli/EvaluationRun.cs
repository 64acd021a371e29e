using System.CommandLine;
using System.Text;
using MusicRec.Catalog.Similarity.Quality;
using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Evaluation.Page;

namespace MusicRec.Cli;

/// <summary>What commands that evaluate have in common.</summary>
internal static class EvaluationRun
{
    /// <summary>Runs an evaluation and shows how far it is and how much time is left.</summary>
    public static T WithProgress<T>(TextWriter error, Func<IProgress<EvaluationProgress>, T> run)
    {
        using var line = new ProgressLine(error);
        return run(new DirectProgress<EvaluationProgress>(state => line.ReportFits(state.Done, state.Total)));
    }

    /// <summary>Recommendations among all songs, as the site makes them: by the means alone.</summary>
    public static IReadOnlyList<RankingQuality> Rankings(EvaluationDesign design, CancellationToken cancellationToken)
    {
        var songs = design.MeansOnly().Songs;
        return songs.Count < 3
            ? []
            : RankingComparison.Measure(
                [.. songs.Select(song => song.Values.ToArray())], [.. songs.Select(song => song.Label)], [.. songs.Select(song => song.Artist)], cancellationToken);
    }

    /// <summary>Writes <c>index.html</c> and <c>report.json</c>.</summary>
    public static void Write(string folder, EvaluationReport report)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "report.json"), report.ToJson());
        File.WriteAllText(Path.Combine(folder, "index.html"), EvaluationPage.Write(report));
    }

    /// <summary>The command as a shell takes it.</summary>
    public static string CommandLine(ParseResult arguments) =>
        string.Join(' ', ["musicrec", .. arguments.Tokens.Select(token => Quote(token.Value))]);

    private static string Quote(string word) =>
        word.All(character => char.IsLetterOrDigit(character) || "-_./,=:".Contains(character, StringComparison.Ordinal))
            ? word
            : new StringBuilder("'").Append(word.Replace("'", "'\\''", StringComparison.Ordinal)).Append('\'').ToString();
}
