using System.Globalization;
using System.Text;

namespace MusicRec.Genres.Evaluation;

/// <summary>What a model card says beside the numbers.</summary>
/// <param name="Title">Name of the model.</param>
/// <param name="Purpose">What it is for and what not, in a sentence or two.</param>
/// <param name="TrainingData">What it was trained on.</param>
/// <param name="EvaluationData">What it was evaluated on.</param>
/// <param name="Command">The command that makes it again.</param>
public sealed record ModelFacts(string Title, string Purpose, string TrainingData, string EvaluationData, string Command);

/// <summary>Writes a model card as Markdown, every number from the evaluation.</summary>
public static class ModelCard
{
    /// <summary>The card's text.</summary>
    /// <param name="facts">What the model is.</param>
    /// <param name="network">The shape of the network and how it was trained.</param>
    /// <param name="evaluation">The model on songs it never saw.</param>
    /// <param name="baseline">Logistic regression on the same songs; null to leave it out.</param>
    public static string Write(ModelFacts facts, string network, GenreEvaluation evaluation, GenreEvaluation? baseline)
    {
        var card = new StringBuilder();
        Line(card, $"# {facts.Title}");
        Line(card, $"\n{facts.Purpose}");
        Line(card, $"\n- **Trained on**: {facts.TrainingData}");
        Line(card, $"- **Network**: {network}");
        Line(card, $"- **Evaluated on**: {facts.EvaluationData}");
        Line(card, $"- **Made again by**: `{facts.Command}`");
        Line(card, $"\n## Accuracy on {evaluation.Songs} songs it never saw\n");
        Line(card, $"| | accuracy | 95 % interval | log loss |");
        Line(card, $"| --- | --- | --- | --- |");
        Line(card, $"| this model | {Percent(evaluation.Accuracy.Value)} | {Percent(evaluation.Accuracy.Low)} to {Percent(evaluation.Accuracy.High)} | {evaluation.LogLoss:F3} |");
        if (baseline is not null)
        {
            Line(card, $"| logistic regression | {Percent(baseline.Accuracy.Value)} | {Percent(baseline.Accuracy.Low)} to {Percent(baseline.Accuracy.High)} | {baseline.LogLoss:F3} |");
        }

        Line(card, $"| always the most frequent genre | {Percent(evaluation.Majority)} | | |");
        Line(card, $"\nIntervals are Clopper and Pearson's over songs.");
        WriteConfusion(card, evaluation);
        return card.ToString();
    }

    private static void WriteConfusion(StringBuilder card, GenreEvaluation evaluation)
    {
        Line(card, $"\n## Which genre was taken for which\n");
        Line(card, $"A row is the true genre, a column the answer.\n");
        Line(card, $"| | {string.Join(" | ", evaluation.Labels)} | recall |");
        Line(card, $"| --- |{string.Concat(evaluation.Labels.Select(_ => " --- |"))} --- |");
        for (var i = 0; i < evaluation.Labels.Count; i++)
        {
            Line(card, $"| {evaluation.Labels[i]} | {string.Join(" | ", evaluation.Confusion[i])} | {Percent(evaluation.Recalls[i])} |");
        }
    }

    private static string Percent(double share) =>
        double.IsNaN(share) ? "no song" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:F1} %");

    private static void Line(StringBuilder card, FormattableString text) =>
        card.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
