namespace MusicRec.Genres.Training;

/// <summary>How a model is trained. The defaults are those of the original project.</summary>
public sealed record TrainingOptions
{
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

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        Require(LearningRate > 0 && double.IsFinite(LearningRate), nameof(LearningRate), LearningRate);
        Require(HeldOutShare is >= 0 and <= 0.9, nameof(HeldOutShare), HeldOutShare);
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
