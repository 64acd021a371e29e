using MusicRec.Genres.Training;

namespace MusicRec.Genres.Evaluation;

/// <summary>Brings the training runs of several folds together.</summary>
internal static class LearningCurves
{
    /// <summary>Mean, least and most of the runs after each epoch that all of them had.</summary>
    public static IReadOnlyList<LearningCurvePoint> Mean(IReadOnlyList<IReadOnlyList<EpochReport>> runs) =>
        [.. Enumerable.Range(0, runs.Min(run => run.Count)).Select(epoch => new LearningCurvePoint(
            epoch + 1,
            Range([.. runs.Select(run => run[epoch].Loss)]),
            Range([.. runs.Select(run => run[epoch].Accuracy)])))];

    private static Estimate Range(double[] values) => new(values.Average(), values.Min(), values.Max());
}
