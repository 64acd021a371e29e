namespace MusicRec.Genres.Evaluation;

/// <summary>Compares learners on the same songs, so that noise is called noise.</summary>
internal static class Comparisons
{
    private const double Level = 0.05;

    /// <summary>Compares every other learner with one; the comparisons are a family of their own, by which p-values are adjusted.</summary>
    /// <param name="scores">All learners.</param>
    /// <param name="baseline">Which of them the others are compared with.</param>
    /// <param name="design">The songs and their division.</param>
    public static IReadOnlyList<Comparison> With(IReadOnlyList<LearnerScores> scores, LearnerScores baseline, EvaluationDesign design)
    {
        var others = scores.Where(other => other != baseline).ToArray();
        var tests = others.Select(other => design.Folds.Count > 1 ? OverFolds(other, baseline, design) : OverSongs(other, baseline, design)).ToArray();
        var adjusted = Significance.Holm([.. tests.Select(test => test.PValue)]);
        return [.. tests.Select((test, i) => new Comparison(
            others[i].Name, baseline.Name, ShareInterval.ClampDifference(test.Difference), test.PValue, adjusted[i], Verdict(test.Difference, adjusted[i])))];
    }

    /// <summary>What the p-values are, in English.</summary>
    public static string TestOf(EvaluationDesign design) =>
        (design.Folds.Count > 1
            ? "corrected resampled t-test over the folds (Nadeau and Bengio 2003)"
            : "McNemar's exact test over the songs; interval of the difference by cluster bootstrap over groups; both compare these trained models, and another seed trains a network that may differ by some points")
        + "; p-values adjusted by Holm";

    /// <summary>Noise unless the adjusted p-value and the interval, which knows of groups of songs, both say otherwise.</summary>
    public static string Verdict(Estimate difference, double adjustedPValue) => (adjustedPValue < Level, difference) switch
    {
        (true, { Low: > 0 }) => "better",
        (true, { High: < 0 }) => "worse",
        _ => "no difference beyond noise",
    };

    private static TestResult OverFolds(LearnerScores other, LearnerScores baseline, EvaluationDesign design) =>
        Significance.CorrectedResampledT([.. other.FoldAccuracies.Zip(baseline.FoldAccuracies, (a, b) => a - b)], design.TestToTraining);

    private static TestResult OverSongs(LearnerScores other, LearnerScores baseline, EvaluationDesign design)
    {
        var songs = design.Folds[0].Test;
        var differences = songs.ToDictionary(song => song, song => (other.Hits[song][0] ? 1 : 0) - (baseline.Hits[song][0] ? 1 : 0));
        var clusters = songs.GroupBy(song => design.Groups[song]).Select(group => (IReadOnlyList<double>)[.. group.Select(song => (double)differences[song])]);
        return new TestResult(
            ClusterBootstrap.MeanInterval([.. clusters], design.Seed),
            Significance.McNemar(differences.Values.Count(value => value > 0), differences.Values.Count(value => value < 0)));
    }
}
