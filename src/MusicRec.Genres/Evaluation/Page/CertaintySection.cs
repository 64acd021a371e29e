using System.Globalization;
using static MusicRec.Genres.Evaluation.Page.NumberText;

namespace MusicRec.Genres.Evaluation.Page;

/// <summary>The part of a page about how sure the networks are, and when they are not.</summary>
internal static class CertaintySection
{
    /// <summary>What the temperature did, the 'not sure' of each network in plain words, and the accuracy on further songs.</summary>
    public static void Write(HtmlText page, EvaluationReport report)
    {
        var calibrated = report.Learners.Where(learner => learner.Calibration is not null).ToArray();
        if (calibrated.Length > 0)
        {
            page.Line($"<h2>Calibration</h2>");
            page.Table(
                "On songs never seen, before the temperature and after it",
                ["learner", "temperature", "ECE before", "ECE after", "log loss before", "log loss after"],
                calibrated.Select(learner => (IReadOnlyList<string>)
                [
                    learner.Name, learner.Calibration!.Temperature.Value.ToString("F2", CultureInfo.InvariantCulture),
                    WithInterval(learner.Calibration.CalibrationErrorBefore), WithInterval(learner.CalibrationError),
                    WithInterval(learner.Calibration.LogLossBefore), WithInterval(learner.LogLoss),
                ]));
        }

        foreach (var learner in report.Learners)
        {
            if (learner.Abstention is { } abstention)
            {
                page.Line($"<h2>Not sure: {learner.Name}</h2><ul>");
                foreach (var sentence in AbstentionText.Sentences(abstention))
                {
                    page.Line($"<li>{sentence}</li>");
                }

                page.Line($"</ul>");
            }
        }

        foreach (var further in report.Further)
        {
            page.Line($"<h2>Further songs: {further.Name}</h2><p>The {EvaluationReport.ImprovedNetwork} gets {Percent(further.Accuracy.Value)} of {further.Songs} songs right ({Percent(further.Accuracy.Low)} to {Percent(further.Accuracy.High)}).</p>");
        }
    }
}
