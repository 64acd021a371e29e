using MusicRec.Genres.Evaluation.Learners;

namespace MusicRec.Genres.Evaluation;

/// <summary>The answers of a learner for all folds, measured.</summary>
internal sealed class LearnerScores
{
    private readonly Learner _learner;
    private readonly EvaluationDesign _design;
    private readonly ScoreSums _whole;
    private readonly ScoreSums[] _clusters;

    /// <summary>Measures the answers.</summary>
    /// <param name="learner">Who answered.</param>
    /// <param name="design">The songs and their division.</param>
    /// <param name="outputs">The answers for each fold.</param>
    public LearnerScores(Learner learner, EvaluationDesign design, IReadOnlyList<LearnerOutput> outputs)
    {
        (_learner, _design) = (learner, design);
        var labels = design.Labels.Count;
        _whole = new ScoreSums(labels);
        var clusters = new SortedDictionary<int, ScoreSums>();
        var hits = new Dictionary<int, List<bool>>();
        var accuracies = new List<double>();
        for (var fold = 0; fold < outputs.Count; fold++)
        {
            var sums = new ScoreSums(labels);
            for (var i = 0; i < design.Folds[fold].Test.Count; i++)
            {
                var song = design.Folds[fold].Test[i];
                var (truth, probabilities) = (design.Targets[song], outputs[fold].Probabilities[i]);
                sums.Add(truth, probabilities);
                var cluster = clusters.TryGetValue(design.Groups[song], out var known) ? known : clusters[design.Groups[song]] = new ScoreSums(labels);
                cluster.Add(truth, probabilities);
                hits.TryAdd(song, []);
                hits[song].Add(GenreEvaluation.Best(probabilities) == truth);
            }

            accuracies.Add(sums.Accuracy);
            _whole.Add(sums);
        }

        _clusters = [.. clusters.Values];
        FoldAccuracies = accuracies;
        Hits = hits.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<bool>)pair.Value);
    }

    public string Name => _learner.Name;

    public IReadOnlyList<double> FoldAccuracies { get; }

    /// <summary>By song: whether each of its predictions was right.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<bool>> Hits { get; }

    public LearnerReport Report()
    {
        var labels = Enumerable.Range(0, _design.Labels.Count).ToArray();
        Func<ScoreSums, double>[] measures =
        [
            sums => sums.Accuracy, sums => sums.MacroF1, sums => sums.TopTwo, sums => sums.LogLoss, sums => sums.CalibrationError,
            .. labels.Select(label => (Func<ScoreSums, double>)(sums => sums.Recall(label))),
        ];
        var intervals = ClusterBootstrap.Intervals(_clusters, labels.Length, measures, _design.Seed);
        return new LearnerReport(
            Name, _learner.Description, ShareInterval.Of(intervals[0], _clusters.Length), OverFolds(), ShareInterval.Clamp(intervals[1]),
            ShareInterval.Of(intervals[2], _clusters.Length), intervals[3] with { Low = Math.Max(0, intervals[3].Low) }, ShareInterval.Clamp(intervals[4]),
            [.. labels.Select(label => GenreOf(label, intervals[5 + label]))],
            [.. labels.Select(truth => (IReadOnlyList<int>)[.. labels.Select(said => (int)_whole.Cell(truth, said))])],
            [.. Enumerable.Range(0, ScoreSums.Bins).Select(BinOf).Where(bin => bin.Predictions > 0)],
            FoldAccuracies);
    }

    private Estimate? OverFolds() => FoldAccuracies.Count < 2
        ? null
        : ShareInterval.Clamp(Significance.CorrectedResampledT(FoldAccuracies, _design.TestToTraining).Difference);

    private GenreReport GenreOf(int label, Estimate recall)
    {
        var precision = _whole.Precision(label);
        return new GenreReport(
            _design.Labels[label], (int)_whole.Row(label),
            double.IsNaN(recall.Value) ? null : ShareInterval.Of(recall, _clusters.Count(cluster => cluster.Row(label) > 0)), double.IsNaN(precision) ? null : precision);
    }

    private ReliabilityBin BinOf(int bin)
    {
        var (songs, confidence, accuracy) = _whole.Bin(bin);
        return new ReliabilityBin((double)bin / ScoreSums.Bins, (bin + 1.0) / ScoreSums.Bins, (int)songs, confidence, accuracy);
    }
}
