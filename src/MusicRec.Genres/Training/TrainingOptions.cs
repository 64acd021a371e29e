namespace MusicRec.Genres.Training;

/// <summary>How a model is trained. The defaults are those of the original project.</summary>
public sealed record TrainingOptions
{
    /// <summary>What was measured to be better than the original's network; see docs/decisions/0006-dense-model.md.</summary>
    public static TrainingOptions Improved { get; } = new()
    {
        HiddenLayers = [256, 128],
        BatchSize = 32,
        Dropout = 0.4,
        WeightDecay = 0.01,
        Mixup = 0.4,
        Folds = 5,
    };

    /// <summary>Neurons of each hidden layer.</summary>
    /// <value>256, 128, 64, 32, 16.</value>
    public IReadOnlyList<int> HiddenLayers { get; init; } = [256, 128, 64, 32, 16];

    /// <summary>Passes over the training part, 1 or more.</summary>
    /// <value>100.</value>
    public int Epochs { get; init; } = 100;

    /// <summary>Rows per step, 1 or more.</summary>
    /// <value>128.</value>
    public int BatchSize { get; init; } = 128;

    /// <summary>Step size of Adam, above 0 and finite.</summary>
    /// <value>0.001.</value>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>Share of each genre held out for the evaluation, 0 to 0.9; 0 trains on everything and evaluates nothing.</summary>
    /// <value>0.2.</value>
    public double HeldOutShare { get; init; } = 0.2;

    /// <summary>Decides split, weights and order: the same seed gives the same model on the same kind of machine.</summary>
    /// <value>1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Share of hidden neurons silenced in each step, 0 to 0.9.</summary>
    /// <value>0.</value>
    public double Dropout { get; init; }

    /// <summary>Decoupled weight decay: each step shrinks the weights by this times the learning rate; 0 or more, finite.</summary>
    /// <value>0.</value>
    public double WeightDecay { get; init; }

    /// <summary>Mixup: both parameters of the Beta distribution of the shares in which songs are mixed, 0 to 10; 0 mixes nothing.</summary>
    /// <value>0.</value>
    public double Mixup { get; init; }

    /// <summary>
    /// Parts the training part is divided into, the songs of a group together: as many networks are trained, each without one
    /// part, and their probabilities averaged. On the part that each did not see, the temperature and the limits of doubt are
    /// found. 0 trains one network on everything and finds neither, as does a data set of fewer songs than parts.
    /// </summary>
    /// <value>0.</value>
    public int Folds { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        Require(LearningRate > 0 && double.IsFinite(LearningRate), nameof(LearningRate), LearningRate);
        Require(HeldOutShare is >= 0 and <= 0.9, nameof(HeldOutShare), HeldOutShare);
        Require(Dropout is >= 0 and <= 0.9, nameof(Dropout), Dropout);
        Require(WeightDecay >= 0 && double.IsFinite(WeightDecay), nameof(WeightDecay), WeightDecay);
        Require(Mixup is >= 0 and <= 10, nameof(Mixup), Mixup);
        Require(Folds is 0 or (>= 2 and <= 100), nameof(Folds), Folds);
        foreach (var size in HiddenLayers)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(HiddenLayers));
        }
    }

    /// <summary>The conditions are false for NaN, which the framework's own checks let pass.</summary>
    private static void Require(bool condition, string name, double value)
    {
        if (!condition)
        {
            throw new ArgumentOutOfRangeException(name, value, "The value is out of range.");
        }
    }
}
