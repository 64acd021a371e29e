namespace MusicRec.Genres.Training;

/// <summary>A scaler and a network that belong together. One thread at a time.</summary>
public sealed class TrainedModel
{
    /// <summary>
    /// Scaled features beyond this, in deviations, count as this much. No song comes near it; it keeps the sums of the
    /// network finite for every finite vector.
    /// </summary>
    internal const float ScaledLimit = 1000;

    private readonly float[] _row;

    internal TrainedModel(IReadOnlyList<string> labels, FeatureScaler scaler, DenseNetwork network)
    {
        Labels = labels;
        Scaler = scaler;
        Network = network;
        _row = new float[network.Inputs];
    }

    /// <summary>The genres in the order of the outputs.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Fitted to the training part.</summary>
    public FeatureScaler Scaler { get; }

    internal DenseNetwork Network { get; }

    /// <summary>Probability of each label for one row of unscaled features.</summary>
    public float[] Predict(ReadOnlySpan<double> features)
    {
        ScaleInto(features, _row);
        return Network.Forward(_row, 1).ToArray();
    }

    /// <summary>Scales in single precision, as the exported graph does.</summary>
    internal void ScaleInto(ReadOnlySpan<double> features, Span<float> row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = Math.Clamp(((float)features[i] - (float)Scaler.Means[i]) / (float)Scaler.Deviations[i], -ScaledLimit, ScaledLimit);
        }
    }
}
