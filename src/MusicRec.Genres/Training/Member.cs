namespace MusicRec.Genres.Training;

/// <summary>One network in training, with the songs it learns from and those it is stopped by.</summary>
internal sealed class Member
{
    private readonly TrainingOptions _options;
    private readonly Batch _training;
    private readonly Batch _leftOut;
    private readonly Random _random;
    private readonly Adam _adam;
    private readonly Dropout? _dropout;
    private readonly DenseLayer[] _gradient;
    private readonly Batch _batch;
    private readonly int[] _order;

    private DenseLayer[] _best = [];
    private double _bestLoss = double.PositiveInfinity;
    private int _epoch;
    private int _bestEpoch;

    /// <summary>Makes a network with random weights.</summary>
    /// <param name="sizes">Inputs, hidden layers, outputs.</param>
    /// <param name="training">Songs to learn from.</param>
    /// <param name="leftOut">Songs to be stopped by; may be empty without <see cref="TrainingOptions.Patience"/>.</param>
    /// <param name="options">How.</param>
    /// <param name="seed">Decides weights, order, silenced neurons and mixtures.</param>
    public Member(ReadOnlySpan<int> sizes, Batch training, Batch leftOut, TrainingOptions options, int seed)
    {
        (_options, _training, _leftOut, _random) = (options, training, leftOut, new Random(seed));
        Network = DenseNetwork.Random(sizes, _random);
        _adam = new Adam(Network.Layers, options.LearningRate, options.WeightDecay);
        _dropout = options.Dropout > 0 ? new Dropout(options.Dropout, _random) : null;
        _gradient = Empty();
        _batch = new Batch(Network.Inputs, Network.Outputs, Math.Min(options.BatchSize, training.Count));
        _order = [.. Enumerable.Range(0, training.Count)];
    }

    public DenseNetwork Network { get; }

    /// <summary>Mean cross-entropy during the last epoch, in nats.</summary>
    public double Loss { get; private set; }

    /// <summary>Share right during the last epoch.</summary>
    public double Accuracy { get; private set; }

    /// <summary>No better loss on the left-out songs for too long.</summary>
    public bool Stopped => _options.Patience > 0 && _epoch - _bestEpoch >= _options.Patience;

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
            _adam.Step(_gradient, _options.Anneal ? 0.5 * (1 + Math.Cos(Math.PI * (_epoch - 1) / _options.Epochs)) : 1);
        }

        (Loss, Accuracy) = (loss / _order.Length, (double)right / _order.Length);
        if (!Network.IsFinite)
        {
            throw new InvalidDataException($"Training diverged in epoch {_epoch}: its weights are no longer numbers. A lower learning rate may help.");
        }

        if (_options.Patience > 0)
        {
            KeepBest();
        }
    }

    /// <summary>Goes back to the weights with the least loss on the left-out songs.</summary>
    public void RestoreBest()
    {
        if (_best.Length > 0)
        {
            Copy(_best, Network.Layers);
        }
    }

    private void KeepBest()
    {
        var loss = Score.Of(Network.Forward(_leftOut.Rows, _leftOut.Count), _leftOut.Labels).Loss;
        if (loss >= _bestLoss)
        {
            return;
        }

        (_bestLoss, _bestEpoch) = (loss, _epoch);
        _best = _best.Length > 0 ? _best : Empty();
        Copy(Network.Layers, _best);
    }

    private DenseLayer[] Empty() => [.. Network.Layers.Select(layer => new DenseLayer(layer.Inputs, layer.Outputs))];

    private static void Copy(IReadOnlyList<DenseLayer> from, IReadOnlyList<DenseLayer> to)
    {
        for (var i = 0; i < from.Count; i++)
        {
            from[i].Weights.CopyTo(to[i].Weights, 0);
            from[i].Biases.CopyTo(to[i].Biases, 0);
        }
    }
}
