using System.Globalization;

namespace MusicRec.Genres.Evaluation.Page;

/// <summary>The part of a page about one learner.</summary>
internal static class LearnerSection
{
    /// <summary>In per cent; a number stays readable on it.</summary>
    private const double DeepestShade = 60;

    /// <summary>Recall of each genre, confusion matrix and reliability diagram, each with its numbers.</summary>
    public static void Write(HtmlText page, LearnerReport learner)
    {
        page.Line($"<section><h2>{learner.Name}</h2><p>{learner.Description}</p>");
        page.Line($"<h3>Genres</h3>").Add(Charts.Recalls(learner));
        page.Table(
            "Recall of each genre with its 95 % interval, and precision", ["genre", "predictions", "recall", "precision"],
            learner.Genres.Select(genre => (IReadOnlyList<string>)
            [
                genre.Label, genre.Predictions.ToString(CultureInfo.InvariantCulture),
                genre.Recall is { } recall ? NumberText.PercentWithInterval(recall) : "no song",
                genre.Precision is { } precision ? NumberText.Percent(precision) : "never said",
            ]));
        WriteConfusion(page, learner);
        page.Line($"<h3>Reliability</h3>").Add(Charts.Reliability(learner));
        page.Table(
            "Accuracy by confidence", ["confidence", "predictions", "mean confidence", "accuracy"],
            learner.Reliability.Select(bin => (IReadOnlyList<string>)
            [
                string.Create(CultureInfo.InvariantCulture, $"{bin.Low:F2} to {bin.High:F2}"), bin.Predictions.ToString(CultureInfo.InvariantCulture),
                NumberText.Percent(bin.Confidence), NumberText.Percent(bin.Accuracy),
            ]));
        page.Line($"</section>");
    }

    /// <summary>A table whose cells are shaded by their share of the row.</summary>
    private static void WriteConfusion(HtmlText page, LearnerReport learner)
    {
        page.Line($"<h3>Confusion</h3><div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Confusion, {learner.Name}\"><table class=\"confusion\"><caption>A row is the true genre, a column the answer</caption><thead><tr><td></td>");
        foreach (var genre in learner.Genres)
        {
            page.Line($"<th scope=\"col\">{genre.Label}</th>");
        }

        page.Line($"</tr></thead><tbody>");
        foreach (var (row, genre) in learner.Confusion.Zip(learner.Genres))
        {
            page.Line($"<tr><th scope=\"row\">{genre.Label}</th>");
            foreach (var count in row)
            {
                page.Line($"<td style=\"--share:{DeepestShade * count / Math.Max(1, genre.Predictions):F0}%\">{count}</td>");
            }

            page.Line($"</tr>");
        }

        page.Line($"</tbody></table></div>");
    }
}
