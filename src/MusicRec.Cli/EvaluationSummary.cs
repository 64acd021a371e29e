using MusicRec.Genres.Evaluation;
using static MusicRec.Genres.Evaluation.Page.NumberText;

namespace MusicRec.Cli;

/// <summary>The heart of an evaluation report, for a terminal.</summary>
internal static class EvaluationSummary
{
    private const int NameWidth = 28;

    /// <summary>Writes what has to be known first, then a line per learner and a line per comparison.</summary>
    public static void Write(TextWriter output, EvaluationReport report)
    {
        output.WriteLine(report.Headline);
        output.WriteLine($"{report.Data.Songs} songs, {report.Data.Columns.Count} features, {report.Data.Genres.Count} genres; {report.Design.Description}; seed {report.Design.Seed}");
        output.WriteLine();
        output.WriteLine($"{"",-NameWidth} {"accuracy (95 % over songs)",-27} {"over folds",-13} {"macro F1",-9} {"top 2",-8} {"log loss",-9} ECE");
        foreach (var learner in report.Learners)
        {
            var folds = learner.AccuracyOverFolds is { } interval ? PercentInterval(interval) : "-";
            output.WriteLine(
                $"{learner.Name,-NameWidth} {PercentWithInterval(learner.Accuracy),-27} {folds,-13} {Percent(learner.MacroF1.Value),-9} "
                + $"{Percent(learner.TopTwo.Value),-8} {learner.LogLoss.Value,-9:F3} {learner.CalibrationError.Value:F3}");
        }

        WriteComparisons(output, report);
        if (report.Improved?.Abstention is { } abstention)
        {
            output.WriteLine();
            output.WriteLine($"{EvaluationReport.ImprovedNetwork}:");
            foreach (var sentence in AbstentionText.Sentences(abstention))
            {
                output.WriteLine($"  {sentence}");
            }
        }

        WriteRankings(output, report.Rankings);
        foreach (var further in report.Further)
        {
            output.WriteLine();
            output.WriteLine($"{further.Name}: accuracy on {further.Songs} songs {TrainingReport.Describe(further.Accuracy)}");
        }
    }

    private static void WriteComparisons(TextWriter output, EvaluationReport report)
    {
        foreach (var family in new[] { report.Comparisons, report.ComparisonsWithImproved }.Where(family => family.Count > 0))
        {
            output.WriteLine();
            output.WriteLine($"compared with the {family[0].Baseline}, in points ({report.Design.Test}):");
            foreach (var other in family)
            {
                output.WriteLine($"{other.Name,-NameWidth} {Points(other.Difference),-27} p {PValue(other.AdjustedPValue),-11} {other.Verdict}");
            }
        }
    }

    private static void WriteRankings(TextWriter output, IReadOnlyList<RankingQuality> rankings)
    {
        output.WriteLine();
        output.WriteLine("lists of the five most similar songs:");
        foreach (var ranking in rankings)
        {
            output.WriteLine(
                $"{ranking.Name,-24} same genre {PercentWithInterval(ranking.GenrePrecisionAt5)}, never recommended {PercentWithInterval(ranking.NeverRecommended)}, "
                + $"skewness {ranking.Skewness.Value:F2}");
        }
    }
}
