using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using MusicRec.Genres.Evaluation.Learners;
using MusicRec.Genres.Training;

namespace MusicRec.Genres.Evaluation;

/// <summary>How far an evaluation is.</summary>
/// <param name="Done">Learners fitted.</param>
/// <param name="Total">Learners to fit: one per learner and fold.</param>
public readonly record struct EvaluationProgress(int Done, int Total);

/// <summary>An evaluation and the improved network that it measured.</summary>
/// <param name="Report">The evaluation.</param>
/// <param name="Network">The network, with its accuracy and calibration on the songs it never saw.</param>
public sealed record EvaluatedNetwork(EvaluationReport Report, TrainingResult Network);

/// <summary>Runs every learner on the same folds and makes the report.</summary>
public static class ModelComparison
{
    /// <summary>
    /// Fits and measures everything. Folds run in parallel, each learner on one thread with a seed of its own, so the
    /// numbers do not depend on the number of processors.
    /// </summary>
    /// <param name="design">The songs and their division.</param>
    /// <param name="source">The table the songs are from.</param>
    /// <param name="sourceName">Name of its file.</param>
    /// <param name="command">The command that makes the report again.</param>
    /// <param name="progress">Told after every fit, or null.</param>
    /// <param name="cancellationToken">Stops between two steps of a fit.</param>
    /// <exception cref="InvalidDataException">A training part has fewer than two genres.</exception>
    public static EvaluationReport Run(
        EvaluationDesign design, Dataset source, string sourceName, string command,
        IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Run(design, source, sourceName, command, Learner.For(design), progress, cancellationToken).Report;

    /// <summary>
    /// The same with a single division, and the improved network that was measured, not one trained again: what is kept is what
    /// the report judges. The network's facts have the accuracy and the calibration of the report.
    /// </summary>
    /// <exception cref="ArgumentException">There are several divisions, and so several networks.</exception>
    /// <exception cref="InvalidDataException">The training part has fewer than two genres.</exception>
    public static EvaluatedNetwork RunAndKeep(
        EvaluationDesign design, Dataset source, string sourceName, string command,
        IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (design.Folds.Count != 1)
        {
            throw new ArgumentException($"{design.Folds.Count} divisions make as many networks; one is needed.", nameof(design));
        }

        var learners = Learner.For(design);
        var (report, outputs) = Run(design, source, sourceName, command, learners, progress, cancellationToken);
        var improved = report.Improved!;
        var output = outputs[learners.Index().Single(learner => learner.Item.Name == improved.Name).Index][0];
        var test = design.Folds[0].Test;
        return new EvaluatedNetwork(report, output.Trained! with
        {
            HeldOut = GenreEvaluation.Of(design.Labels, [.. test.Select(song => design.Targets[song])], output.Probabilities),
            Calibration = new CalibrationEffect(
                output.Certainty!.Temperature, test.Count, improved.Calibration!.CalibrationErrorBefore.Value, improved.CalibrationError.Value,
                improved.Calibration.LogLossBefore.Value, improved.LogLoss.Value),
        });
    }

    internal static (EvaluationReport Report, LearnerOutput[][] Outputs) Run(
        EvaluationDesign design, Dataset source, string sourceName, string command, IReadOnlyList<Learner> learners,
        IProgress<EvaluationProgress>? progress, CancellationToken cancellationToken)
    {
        var leaks = LeakCheck.Find(design.Songs, design.Folds);
        var sounds = NonMusic.Fits(design.Columns) ? NonMusic.Analyze(cancellationToken) : [];
        var outputs = Fit(design, learners, sounds, progress, cancellationToken);
        var scores = learners.Select((learner, i) => new LearnerScores(learner, design, outputs[i])).ToArray();
        var data = FactsOf(design, source, sourceName);
        var report = new EvaluationReport(
            Headlines.Of(leaks, data), command, data, FactsOf(design), leaks, ComputedWith.Versions(),
            [.. scores.Select((score, i) => score.Report() with
            {
                Calibration = Abstention.CalibrationOf(learners[i], design, outputs[i]),
                Abstention = Abstention.Of(design, outputs[i], sounds),
            })],
            Comparisons.With(scores, scores[0], design),
            LearningCurves.Mean([.. outputs[0].Select(output => output.History)]))
        {
            ComparisonsWithImproved = scores.FirstOrDefault(score => score.Name == EvaluationReport.ImprovedNetwork) is { } improved
                ? Comparisons.With(scores, improved, design)
                : [],
        };
        return (report, outputs);
    }

    /// <summary>The answers by learner and fold.</summary>
    private static LearnerOutput[][] Fit(
        EvaluationDesign design, IReadOnlyList<Learner> learners, IReadOnlyList<NonMusicSound> sounds,
        IProgress<EvaluationProgress>? progress, CancellationToken cancellationToken)
    {
        var nonMusic = sounds.Select(sound => NonMusic.RowOf(sound, design.Columns)).ToArray();
        var outputs = learners.Select(_ => new LearnerOutput[design.Folds.Count]).ToArray();
        var jobs = from fold in Enumerable.Range(0, design.Folds.Count) from learner in Enumerable.Range(0, learners.Count) select (fold, learner);
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        var done = 0;
        try
        {
            Parallel.ForEach(Partitioner.Create(jobs, EnumerablePartitionerOptions.NoBuffering), options, job =>
            {
                var task = new LearningTask(design, design.Folds[job.fold], unchecked(design.Seed + job.fold), nonMusic);
                var output = learners[job.learner].Run(task, cancellationToken);

                // The networks of many folds are much memory for nothing.
                outputs[job.learner][job.fold] = design.Folds.Count == 1 ? output : output with { Trained = null };
                progress?.Report(new EvaluationProgress(Interlocked.Increment(ref done), design.Folds.Count * learners.Count));
            });
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        return outputs;
    }

    private static DataFacts FactsOf(EvaluationDesign design, Dataset source, string sourceName)
    {
        var artists = design.Songs.Select(song => song.Artist).OfType<string>().ToArray();
        return new DataFacts(
            sourceName, source.Fingerprint(), design.Songs.Count, design.Columns,
            [.. design.Labels.Select(label => new GenreCount(label, design.Songs.Count(song => song.Label == label)))],
            artists.Distinct(StringComparer.Ordinal).Count(), artists.Length);
    }

    private static DesignFacts FactsOf(EvaluationDesign design) => new(
        design.Description, design.Folds.Count, design.Folds.Sum(fold => fold.Test.Count),
        design.Groups.Distinct().Count(), design.Seed, Comparisons.TestOf(design));
}
