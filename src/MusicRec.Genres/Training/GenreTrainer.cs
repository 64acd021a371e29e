using MusicRec.Genres.Evaluation;

namespace MusicRec.Genres.Training;

/// <summary>
/// Trains the dense network of the original project: standard scaler fitted to the training part, ReLU layers, softmax,
/// sparse categorical cross-entropy, Adam. Single-threaded and seeded, so that a run can be repeated.
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
        var network = DenseNetwork.Random([dataset.Columns.Count, .. options.HiddenLayers, labels.Count], random);
        var model = new TrainedModel(labels, scaler, network);

        var training = Batch.Of(model, rows, targets, split.Training);
        var heldOut = Batch.Of(model, rows, targets, split.HeldOut);
        var history = Fit(network, training, heldOut, options, random, progress, cancellationToken);
        return new TrainingResult(
            model, options, split, history,
            heldOut.Count == 0 ? null : Evaluate(model, heldOut),
            heldOut.Count == 0 ? null : LogisticRegression.Evaluate(labels, training, heldOut, options.Seed));
    }

    private static List<EpochReport> Fit(
        DenseNetwork network, Batch training, Batch heldOut, TrainingOptions options, Random random,
        IProgress<EpochReport>? progress, CancellationToken cancellationToken)
    {
        var adam = new Adam(network.Layers, options.LearningRate);
        var gradient = network.Layers.Select(layer => new DenseLayer(layer.Inputs, layer.Outputs)).ToArray();
        var order = Enumerable.Range(0, training.Count).ToArray();
        var batch = new Batch(network.Inputs, Math.Min(options.BatchSize, training.Count));
        var history = new List<EpochReport>();
        for (var epoch = 1; epoch <= options.Epochs; epoch++)
        {
            random.Shuffle(order);
            var (loss, right) = (0.0, 0);
            for (var first = 0; first < order.Length; first += batch.Capacity)
            {
                cancellationToken.ThrowIfCancellationRequested();
                batch.Gather(training, order.AsSpan(first, Math.Min(batch.Capacity, order.Length - first)));
                var score = Score(network.Forward(batch.Rows, batch.Count), batch.Labels, network.Outputs);
                (loss, right) = (loss + score.Loss, right + score.Right);
                network.Backward(batch.Labels, gradient);
                adam.Step(gradient);
            }

            var report = new EpochReport(epoch, options.Epochs, loss / order.Length, (double)right / order.Length, null, null);
            if (heldOut.Count > 0)
            {
                var score = Score(network.Forward(heldOut.Rows, heldOut.Count), heldOut.Labels, network.Outputs);
                report = report with { HeldOutLoss = score.Loss / heldOut.Count, HeldOutAccuracy = (double)score.Right / heldOut.Count };
            }

            if (!network.IsFinite)
            {
                throw new InvalidDataException($"Training diverged in epoch {epoch}: its weights are no longer numbers. A lower learning rate may help.");
            }

            history.Add(report);
            progress?.Report(report);
        }

        return history;
    }

    private static (double Loss, int Right) Score(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels, int outputs)
    {
        var (loss, right) = (0.0, 0);
        for (var row = 0; row < labels.Length; row++)
        {
            var scores = probabilities.Slice(row * outputs, outputs);
            loss -= Math.Log(Math.Max(scores[labels[row]], 1e-7f));
            right += GenreEvaluation.Best(scores) == labels[row] ? 1 : 0;
        }

        return (loss, right);
    }

    private static GenreEvaluation Evaluate(TrainedModel model, Batch heldOut)
    {
        var outputs = model.Labels.Count;
        var probabilities = model.Network.Forward(heldOut.Rows, heldOut.Count).ToArray();
        return GenreEvaluation.Of(
            model.Labels, heldOut.Labels.ToArray(),
            [.. Enumerable.Range(0, heldOut.Count).Select(row => probabilities[(row * outputs)..((row + 1) * outputs)])]);
    }

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
