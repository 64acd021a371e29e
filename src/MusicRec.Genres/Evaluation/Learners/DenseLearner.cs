using System.Globalization;
using MusicRec.Genres.Training;

namespace MusicRec.Genres.Evaluation.Learners;

/// <summary>The product's own network.</summary>
internal static class DenseLearner
{
    public static Learner Create(string name, TrainingOptions options) => new(name, Describe(options), (task, cancellationToken) =>
    {
        var rows = new Dataset(task.Columns, [.. task.Training.Select(song => new DatasetRow(song.FileName, song.Values, song.Label))]);
        var result = GenreTrainer.Train(rows, options with { HeldOutShare = 0, Seed = task.Seed }, null, cancellationToken);
        return new LearnerOutput([.. task.Test.Select(row => Spread(result.Model, row, task.Labels))], result.History);
    });

    /// <summary>The model's answer over all genres: one that its training part lacked has probability 0.</summary>
    private static float[] Spread(TrainedModel model, ReadOnlyMemory<double> row, IReadOnlyList<string> labels)
    {
        var known = model.Labels.Zip(model.Predict(row.Span)).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        return [.. labels.Select(label => known.GetValueOrDefault(label))];
    }

    private static string Describe(TrainingOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"The network of the original project: hidden layers {string.Join("-", options.HiddenLayers)}, ReLU, softmax; Adam {options.LearningRate}, {options.Epochs} epochs, batches of {options.BatchSize}; standard scaler.");
}
