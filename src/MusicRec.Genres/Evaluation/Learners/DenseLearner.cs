using System.Globalization;
using MusicRec.Genres.Training;

namespace MusicRec.Genres.Evaluation.Learners;

/// <summary>The product's own network.</summary>
internal static class DenseLearner
{
    public static Learner Create(string name, string what, TrainingOptions options) => new(name, $"{what}: {Describe(options)}", (task, cancellationToken) =>
    {
        var rows = new Dataset(task.Columns, [.. task.Training.Select(RowOf)]);
        var result = GenreTrainer.Train(rows, options with { HeldOutShare = 0, Seed = task.Seed }, null, cancellationToken);
        return new LearnerOutput([.. task.Test.Select(row => Spread(result.Model, row, task.Labels))], result.History);
    });

    private static DatasetRow RowOf(EvaluationSong song) => new(song.FileName, song.Values, song.Label) { Group = song.Artist };

    /// <summary>The model's answer over all genres: one that its training part lacked has probability 0.</summary>
    private static float[] Spread(TrainedModel model, ReadOnlyMemory<double> row, IReadOnlyList<string> labels)
    {
        var known = model.Labels.Zip(model.Predict(row.Span)).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        return [.. labels.Select(label => known.GetValueOrDefault(label))];
    }

    private static string Describe(TrainingOptions options)
    {
        var regularised = options.Dropout == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $", dropout {options.Dropout}, weight decay {options.WeightDecay}, mixup {options.Mixup}");
        var averaged = options.Folds == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $"; mean of {options.Folds} networks, each without one part of the training part, on which the temperature is found");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"hidden layers {string.Join("-", options.HiddenLayers)}, ReLU, softmax; Adam {options.LearningRate}, {options.Epochs} epochs, batches of {options.BatchSize}{regularised}{averaged}; standard scaler.");
    }
}
