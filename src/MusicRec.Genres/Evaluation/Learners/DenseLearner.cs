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
        return new LearnerOutput([.. task.Test.Select(row => Spread(result.Model.Labels, result.Model.Predict(row.Span), task.Labels))], result.History)
        {
            Certainty = options.Folds == 0 ? null : CertaintyOf(result.Model, task),
            Trained = result,
        };
    });

    private static DatasetRow RowOf(EvaluationSong song) => new(song.FileName, song.Values, song.Label) { Group = song.Artist };

    private static Certainty CertaintyOf(TrainedModel model, LearningTask task) => new(
        model.Temperature,
        [.. task.Test.Select(row => Spread(model.Labels, model.PredictUntempered(row.Span), task.Labels))],
        model.Limits is null ? null : [.. task.Test.Select(row => model.Doubt(row.Span))],
        model.Limits is null || task.NonMusic.Count == 0 ? null : [.. task.NonMusic.Select(row => model.Doubt(row.Span))]);

    /// <summary>A model's answer over all genres: one that its training part lacked has probability 0.</summary>
    private static float[] Spread(IReadOnlyList<string> known, float[] probabilities, IReadOnlyList<string> labels)
    {
        var answer = known.Zip(probabilities).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        return [.. labels.Select(label => answer.GetValueOrDefault(label))];
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
