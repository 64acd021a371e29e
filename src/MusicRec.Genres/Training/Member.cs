namespace MusicRec.Genres.Training;

/// <summary>One network in training.</summary>
internal sealed class Member
{
    private readonly TrainingOptions _options;
    private readonly Batch _training;
    private readonly Random _random;
    private readonly Adam _adam;
    private readonly Dropout? _dropout;
    private readonly DenseLayer[] _gradient;
    private readonly Batch _batch;
    private readonly int[] _order;

    private int _epoch;

    /// <summary>Makes a network with random weights.</summary>
    /// <param name="sizes">Inputs, hidden layers, outputs.</param>
    /// <param name="training">Songs to learn from.</param>
    /// <param name="options">How.</param>
    /// <param name="seed">Decides weights, order, silenced neurons and mixtures.</param>
    public Member(ReadOnlySpan<int> sizes, Batch training, TrainingOptions options, int seed)
    {
        (_options, _training, _random) = (options, training, new Random(seed));
        Network = DenseNetwork.Random(sizes, _random);
        _adam = new Adam(Network.Layers, options.LearningRate, options.WeightDecay);
        _dropout = options.Dropout > 0 ? new Dropout(options.Dropout, _random) : null;
        _gradient = [.. Network.Layers.Select(layer => new DenseLayer(layer.Inputs, layer.Outputs))];
        _batch = new Batch(Network.Inputs, Network.Outputs, Math.Min(options.BatchSize, training.Count));
        _order = [.. Enumerable.Range(0, training.Count)];
    }

    public DenseNetwork Network { get; }

    /// <summary>Mean cross-entropy during the last epoch, in nats.</summary>
    public double Loss { get; private set; }

    /// <summary>Share right during the last epoch.</summary>
    public double Accuracy { get; private set; }

    /// <summary>Sees every song once.</summary>
    /// <exception cref="InvalidDataException">The weights are no longer numbers.</exception>
    public void RunEpoch(CancellationToken cancellationToken)
    {
        _epoch++;
        _random.Shuffle(_order);
        var (loss, right) = (0.0, 0);
        for (var first = 0; first < _order.Length; first += _batch.Capacity)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _batch.Gather(_training, _order.AsSpan(first, Math.Min(_batch.Capacity, _order.Length - first)));
            if (_options.Mixup > 0)
            {
                _batch.Mix(_options.Mixup, _random);
            }

            var score = Score.Of(Network.Forward(_batch.Rows, _batch.Count, _dropout), _batch.Labels);
            (loss, right) = (loss + score.Loss, right + score.Right);
            Network.Backward(_batch.Targets, _gradient);
            _adam.Step(_gradient);
        }

        (Loss, Accuracy) = (loss / _order.Length, (double)right / _order.Length);
        if (!Network.IsFinite)
        {
            throw new InvalidDataException($"Training diverged in epoch {_epoch}: its weights are no longer numbers. A lower learning rate may help.");
        }
    }
}
