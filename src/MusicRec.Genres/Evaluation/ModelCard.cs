using System.Globalization;
using System.Text;
using static MusicRec.Genres.Evaluation.Page.NumberText;

namespace MusicRec.Genres.Evaluation;

/// <summary>Writes a model card as Markdown, every number from the evaluation report.</summary>
public static class ModelCard
{
    /// <summary>The card of the improved network.</summary>
    /// <param name="title">Name of the model.</param>
    /// <param name="purpose">What it is for and what not, in a sentence or two.</param>
    /// <param name="report">Its evaluation.</param>
    /// <exception cref="ArgumentException">The improved network is not among the learners of the report.</exception>
    public static string Write(string title, string purpose, EvaluationReport report)
    {
        var model = report.Improved ?? throw new ArgumentException($"The report says nothing of the {EvaluationReport.ImprovedNetwork}.", nameof(report));
        var card = new StringBuilder();
        Line(card, $"# {title}");
        Line(card, $"\n{purpose}");
        Line(card, $"\nWritten by the program from the report of the evaluation that measured this model; nothing here was put in by hand.");
        WriteFacts(card, report, model);
        WriteLearners(card, report);
        WriteGenres(card, model);
        WriteCalibration(card, model);
        WriteAbstention(card, model.Abstention);
        foreach (var further in report.Further)
        {
            Line(card, $"\n## Further songs: {further.Name}");
            Line(card, $"\nAccuracy on {further.Songs} songs, none of which it saw: {Percent(further.Accuracy.Value)} ({Percent(further.Accuracy.Low)} to {Percent(further.Accuracy.High)}; Clopper and Pearson's interval).");
        }

        return card.ToString();
    }

    private static void WriteFacts(StringBuilder card, EvaluationReport report, LearnerReport model)
    {
        Line(card, $"\n- **Data**: {report.Data.Name}, {report.Data.Songs} songs ({string.Join(", ", report.Data.Genres.Select(genre => string.Create(CultureInfo.InvariantCulture, $"{genre.Label} {genre.Songs}")))}), {report.Data.Columns.Count} features, SHA-256 of the table `{report.Data.Fingerprint}`");
        Line(card, $"- **Division**: {report.Design.Description}; seed {report.Design.Seed}");
        Line(card, $"- **Leaks**: {report.Headline}");
        Line(card, $"- **Network**: {model.Description}");
        Line(card, $"- **Made again by**: `{report.Command}`");
        Line(card, $"- **Computed with**: {string.Join(", ", report.Versions.Select(version => $"{version.Key} {version.Value}"))}");
    }

    private static void WriteLearners(StringBuilder card, EvaluationReport report)
    {
        Line(card, $"\n## Accuracy on songs it never saw");
        Line(card, $"\n{report.Design.Predictions} predictions. This model is the {EvaluationReport.ImprovedNetwork}; the others were given the same songs.\n");
        Line(card, $"| learner | accuracy, 95 % | macro F1 | top 2 | log loss | ECE |");
        Line(card, $"| --- | --- | --- | --- | --- | --- |");
        foreach (var learner in report.Learners)
        {
            var name = learner.Name == EvaluationReport.ImprovedNetwork ? $"**{learner.Name}**" : learner.Name;
            Line(card, $"| {name} | {PercentWithInterval(learner.Accuracy)} | {Percent(learner.MacroF1.Value)} | {Percent(learner.TopTwo.Value)} | {learner.LogLoss.Value:F3} | {learner.CalibrationError.Value:F3} |");
        }

        Line(card, $"\nIntervals are cluster bootstraps over groups of songs (artists where known); where all or none are right, Clopper and Pearson's over groups. ECE: expected calibration error, 15 bins.");
    }

    private static void WriteGenres(StringBuilder card, LearnerReport model)
    {
        Line(card, $"\n## Genres\n");
        Line(card, $"| genre | predictions | recall, 95 % | precision |");
        Line(card, $"| --- | --- | --- | --- |");
        foreach (var genre in model.Genres)
        {
            var recall = genre.Recall is { } share ? PercentWithInterval(share) : "no song";
            Line(card, $"| {genre.Label} | {genre.Predictions} | {recall} | {(genre.Precision is { } precision ? Percent(precision) : "never said")} |");
        }

        Line(card, $"\n## Which genre was taken for which");
        Line(card, $"\nA row is the true genre, a column the answer.\n");
        Line(card, $"| | {string.Join(" | ", model.Genres.Select(genre => genre.Label))} |");
        Line(card, $"| --- |{string.Concat(model.Genres.Select(_ => " --- |"))}");
        foreach (var (genre, row) in model.Genres.Zip(model.Confusion))
        {
            Line(card, $"| {genre.Label} | {string.Join(" | ", row)} |");
        }
    }

    private static void WriteCalibration(StringBuilder card, LearnerReport model)
    {
        if (model.Calibration is { } calibration)
        {
            Line(card, $"\n## Calibration\n");
            Line(card, $"| | before | after temperature {calibration.Temperature.Value:F2} |");
            Line(card, $"| --- | --- | --- |");
            Line(card, $"| expected calibration error | {WithInterval(calibration.CalibrationErrorBefore)} | {WithInterval(model.CalibrationError)} |");
            Line(card, $"| log loss | {WithInterval(calibration.LogLossBefore)} | {WithInterval(model.LogLoss)} |");
        }
    }

    private static void WriteAbstention(StringBuilder card, AbstentionReport? abstention)
    {
        Line(card, $"\n## Not sure\n");
        if (abstention is null)
        {
            Line(card, $"The training part was too small to learn when to doubt: this model always answers.");
            return;
        }

        foreach (var sentence in AbstentionText.Sentences(abstention))
        {
            Line(card, $"- {sentence}");
        }
    }

    private static void Line(StringBuilder card, FormattableString text) =>
        card.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
