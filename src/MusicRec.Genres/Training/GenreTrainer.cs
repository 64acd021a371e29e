using MusicRec.Genres.Evaluation;

namespace MusicRec.Genres.Training;

/// <summary>
/// Trains dense networks as the original project did (standard scaler fitted to the training part, ReLU layers, softmax,
/// cross-entropy, Adam) and as its <see cref="TrainingOptions"/> ask beyond that. Seeded: a run can be repeated to the last bit,
/// on any number of processors.
/// </summary>
public static class GenreTrainer
{
    private const int MinLabels = 2;

    /// <summary>Trains on the labelled rows of a data set.</summary>
    /// <param name="dataset">The songs; rows without a label are left out.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after every epoch, or null.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InvalidDataException">Fewer than two genres, or training diverged.</exception>
    public static TrainingResult Train(
        Dataset dataset, TrainingOptions options, IProgress<EpochReport>? progress = null, CancellationToken cancellationToken = default)
    {
        options.Validate();
        var rows = dataset.Rows.Where(row => row.Label.Length > 0).ToArray();
        var labels = Genre.Order(rows.Select(row => row.Label));
        if (labels.Count < MinLabels)
        {
            throw new InvalidDataException($"The songs have {labels.Count} genre(s); a model needs at least {MinLabels}.");
        }

        var random = new Random(options.Seed);
        var targets = rows.Select(row => IndexOf(labels, row.Label)).ToArray();
        var split = StratifiedSplit.Make(targets, options.HeldOutShare, random);
        var scaler = FeatureScaler.Fit([.. split.Training.Select(row => rows[row].Values)]);
        var heldOut = Batch.Of(scaler, rows, targets, labels.Count, split.HeldOut);

        var songs = split.Training.Select(row => rows[row]).ToArray();
        var songLabels = split.Training.Select(row => targets[row]).ToArray();
        var committee = new Committee(songs, songLabels, labels.Count, scaler, options, random);
        var history = committee.Train(heldOut, progress, cancellationToken);
        var model = Calibrate(labels, scaler, committee, songLabels);

        return new TrainingResult(
            model, options, split, history,
            heldOut.Count == 0 ? null : Evaluate(model, rows, targets, split.HeldOut),
            heldOut.Count == 0
                ? null
                : LogisticRegression.Evaluate(labels, Batch.Of(scaler, rows, targets, labels.Count, split.Training), heldOut, options.Seed))
        {
            Calibration = heldOut.Count == 0 ? null : Calibration.Measure(model, heldOut),
        };
    }

    private static TrainedModel Calibrate(IReadOnlyList<string> labels, FeatureScaler scaler, Committee committee, int[] songLabels)
    {
        var outOfFold = committee.OutOfFold();
        if (outOfFold.Length == 0)
        {
            return new TrainedModel(labels, scaler, committee.Networks);
        }

        var temperature = Calibration.FitTemperature(outOfFold, songLabels);
        var tops = Calibration.Temper(outOfFold, labels.Count, temperature).Chunk(labels.Count).Select(row => (double)row.Max());
        var limits = DoubtLimits.Fit([.. tops], [.. committee.OutOfFoldDistances().Select(distance => (double)distance)]);
        return new TrainedModel(labels, scaler, committee.Networks, temperature, committee.Distance(), limits);
    }

    private static GenreEvaluation Evaluate(TrainedModel model, DatasetRow[] rows, int[] targets, IReadOnlyList<int> heldOut) =>
        GenreEvaluation.Of(
            model.Labels, [.. heldOut.Select(row => targets[row])], [.. heldOut.Select(row => model.Predict(rows[row].Values.Span))]);

    private static int IndexOf(IReadOnlyList<string> labels, string label)
    {
        var index = 0;
        while (labels[index] != label)
        {
            index++;
        }

        return index;
    }
}
