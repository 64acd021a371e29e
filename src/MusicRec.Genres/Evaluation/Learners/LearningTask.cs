namespace MusicRec.Genres.Evaluation.Learners;

/// <summary>One fold as a learner sees it: songs to fit to, and songs whose genre it is not told.</summary>
/// <param name="design">The evaluation.</param>
/// <param name="fold">Which songs.</param>
/// <param name="seed">Decides everything a learner draws.</param>
/// <param name="nonMusic">Sounds that are no music, as rows of the same columns; empty when there are none to ask about.</param>
internal sealed class LearningTask(EvaluationDesign design, Fold fold, int seed, IReadOnlyList<ReadOnlyMemory<double>> nonMusic)
{
    private readonly FeatureScaler _scaler = FeatureScaler.Fit([.. fold.Training.Select(song => design.Songs[song].Values)]);

    public int Seed => seed;

    public IReadOnlyList<string> Columns => design.Columns;

    public IReadOnlyList<string> Labels => design.Labels;

    public IReadOnlyList<EvaluationSong> Training { get; } = [.. fold.Training.Select(song => design.Songs[song])];

    public IReadOnlyList<int> TrainingTargets { get; } = [.. fold.Training.Select(song => design.Targets[song])];

    public IReadOnlyList<ReadOnlyMemory<double>> Test { get; } = [.. fold.Test.Select(song => design.Songs[song].Values)];

    public IReadOnlyList<ReadOnlyMemory<double>> NonMusic => nonMusic;

    /// <summary>The same task without the columns of deviations.</summary>
    public LearningTask MeansOnly() => new(design.MeansOnly(), fold, seed, [.. nonMusic.Select(design.MeansOf)]);

    /// <summary>The rows of the training part, scaled by their own means and deviations.</summary>
    public double[][] ScaledTraining() => [.. Training.Select(song => Scale(song.Values))];

    /// <summary>The rows of the test part, scaled as the training part is.</summary>
    public double[][] ScaledTest() => [.. Test.Select(Scale)];

    private double[] Scale(ReadOnlyMemory<double> row)
    {
        var scaled = new double[row.Length];
        _scaler.Scale(row.Span, scaled);
        return scaled;
    }
}
