using System.Globalization;
using static MusicRec.Genres.Evaluation.Page.NumberText;

namespace MusicRec.Genres.Evaluation.Page;

/// <summary>Writes a report as one HTML page that needs nothing beside it: no script, no font, no picture from elsewhere.</summary>
public static class EvaluationPage
{
    /// <summary>The page.</summary>
    public static string Write(EvaluationReport report)
    {
        var page = new HtmlText();
        WriteHead(page, report);
        WriteFacts(page, report);
        WriteResults(page, report);
        CertaintySection.Write(page, report);
        WriteRankings(page, report.Rankings);
        WriteTraining(page, report);
        foreach (var learner in report.Learners)
        {
            LearnerSection.Write(page, learner);
        }

        WriteMethods(page, report);
        return page.Line($"</main></body></html>").ToString();
    }

    private static void WriteHead(HtmlText page, EvaluationReport report)
    {
        page.Line($"<!DOCTYPE html>").Line($"<html lang=\"en\"><head><meta charset=\"utf-8\">");
        page.Line($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.Line($"<title>Genre evaluation: {report.Data.Name}</title><style>").Add(PageStyle.Css).Line($"</style></head><body><main>");
        page.Line($"<p class=\"{(report.Leaks.Count > 0 ? "headline leak" : "headline")}\">{report.Headline}</p>");
        page.Line($"<h1>Genre evaluation: {report.Data.Name}</h1>");
    }

    private static void WriteFacts(HtmlText page, EvaluationReport report)
    {
        page.Line($"<h2>Songs and division</h2><dl>");
        Fact(page, "Songs", string.Create(CultureInfo.InvariantCulture, $"{report.Data.Songs} ({string.Join(", ", report.Data.Genres.Select(genre => $"{genre.Label} {genre.Songs}"))})"));
        Fact(page, "Features", string.Create(CultureInfo.InvariantCulture, $"{report.Data.Columns.Count}: {string.Join(", ", report.Data.Columns)}"));
        Fact(page, "Artists", string.Create(CultureInfo.InvariantCulture, $"{report.Data.Artists} known, of {report.Data.SongsWithArtist} songs"));
        Fact(page, "Fingerprint", $"SHA-256 {report.Data.Fingerprint}");
        Fact(page, "Division", report.Design.Description);
        Fact(page, "Seed", report.Design.Seed.ToString(CultureInfo.InvariantCulture));
        page.Line($"</dl>");
        if (report.Leaks.Count > 0)
        {
            page.Table(
                "Leaks: songs measured on that share something with a song of the training part", ["shared", "songs", "for example"],
                report.Leaks.Select(leak => (IReadOnlyList<string>)
                    [leak.Kind, leak.Songs.ToString(CultureInfo.InvariantCulture), string.Join("; ", leak.Examples.Select(pair => $"{pair.Test} and {pair.Training}"))]));
        }
    }

    private static void WriteResults(HtmlText page, EvaluationReport report)
    {
        page.Line($"<h2>Results</h2>");
        page.Table(
            "Every learner on the same folds, with 95 % intervals over songs and, for the accuracy, over folds",
            ["learner", "accuracy", "over folds", "macro F1", "top 2", "log loss", "ECE"],
            report.Learners.Select(learner => (IReadOnlyList<string>)
            [
                learner.Name, PercentWithInterval(learner.Accuracy),
                learner.AccuracyOverFolds is { } folds ? PercentInterval(folds) : "one division only",
                PercentWithInterval(learner.MacroF1), PercentWithInterval(learner.TopTwo), WithInterval(learner.LogLoss), WithInterval(learner.CalibrationError),
            ]));
        foreach (var family in new[] { report.Comparisons, report.ComparisonsWithImproved }.Where(family => family.Count > 0))
        {
            page.Table(
                $"Compared with the {family[0].Baseline}", ["learner", "difference in points", "p", "p adjusted", "verdict"],
                family.Select(other => (IReadOnlyList<string>)
                    [other.Name, Points(other.Difference), PValue(other.PValue), PValue(other.AdjustedPValue), other.Verdict]));
        }

        page.Line($"<p>{report.Design.Test}, each table by itself.</p>");
    }

    private static void WriteRankings(HtmlText page, IReadOnlyList<RankingQuality> rankings)
    {
        if (rankings.Count > 0)
        {
            page.Line($"<h2>Recommendations</h2>");
            page.Table(
                "Lists of the five most similar songs, over all songs of the table",
                ["ranking", "same genre", "same artist", "artist met", "same genre, other artists", "hubness (skewness)", "never recommended", "diversity"],
                rankings.Select(ranking => (IReadOnlyList<string>)
                [
                    ranking.Name, PercentWithInterval(ranking.GenrePrecisionAt5), Known(ranking.ArtistPrecisionAt5), Known(ranking.ArtistHitAt5),
                    Known(ranking.GenrePrecisionAt5OtherArtists), WithInterval(ranking.Skewness), PercentWithInterval(ranking.NeverRecommended),
                    WithInterval(ranking.Diversity),
                ]));
        }
    }

    private static void WriteTraining(HtmlText page, EvaluationReport report)
    {
        if (report.LearningCurve.Count == 0)
        {
            return;
        }

        var network = report.Learners[0];
        page.Line($"<h2>Training of the {network.Name}</h2>");
        page.Line($"<p>Line: mean of the training parts, band: least and most of the {report.Design.Folds} fold(s). Dashed: the same measure on the songs it never saw, at the end. A wide gap is overfitting.</p>");
        page.Line($"<div class=\"charts\">").Add(Charts.Loss(report.LearningCurve, network.LogLoss.Value))
            .Add(Charts.Accuracy(report.LearningCurve, network.Accuracy.Value)).Line($"</div>");
        page.Line($"<details><summary>Numbers</summary>");
        page.Table(
            "Training part by epoch", ["epoch", "loss", "accuracy"],
            report.LearningCurve.Select(point => (IReadOnlyList<string>)
                [point.Epoch.ToString(CultureInfo.InvariantCulture), WithInterval(point.Loss), PercentWithInterval(point.Accuracy)]));
        page.Line($"</details>");
    }

    private static void WriteMethods(HtmlText page, EvaluationReport report)
    {
        page.Line($"<h2>How this was measured</h2><ul>");
        page.Line($"<li>Scaler, model and every choice are fitted to the training part of a fold only.</li>");
        page.Line($"<li>Intervals over songs: cluster bootstrap, 2000 draws of {report.Design.Groups} groups of songs (artists where known), seeded; they hold for these trained models. Accuracy, top 2 or recall of 0 or 100 %, which draws cannot widen, have the interval of Clopper and Pearson over groups.</li>");
        page.Line($"<li>Intervals over folds: corrected resampled t (Nadeau and Bengio 2003); they also hold for training on other songs like these.</li>");
        page.Line($"<li>ECE: expected calibration error, 15 bins of equal width; log loss in nats, probabilities below 1e-7 count as 1e-7; macro F1 of all predictions together.</li>");
        page.Line($"<li>Counts are over all {report.Design.Predictions} predictions, repetitions included.</li></ul>");
        page.Line($"<h2>Made by</h2><pre><code>{report.Command}</code></pre><dl>");
        foreach (var (name, version) in report.Versions)
        {
            Fact(page, name, version);
        }

        page.Line($"</dl>");
    }

    private static string Known(Estimate? share) => share is { } known ? PercentWithInterval(known) : "artists not known";

    private static void Fact(HtmlText page, string name, string value) => page.Line($"<dt>{name}</dt><dd>{value}</dd>");
}
