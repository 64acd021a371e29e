namespace MusicRec.Genres.Training;

/// <summary>A scaler and the networks that belong to it. One thread at a time.</summary>
public sealed class TrainedModel
{
    /// <summary>
    /// Scaled features beyond this, in deviations, count as this much. No song comes near it; it keeps the sums of the
    /// network finite for every finite vector.
    /// </summary>
    internal const float ScaledLimit = 1000;

    private readonly float[] _row;

    internal TrainedModel(
        IReadOnlyList<string> labels, FeatureScaler scaler, IReadOnlyList<DenseNetwork> members,
        double temperature = 1, TrainingDistance? distance = null, DoubtLimits? limits = null)
    {
        Labels = labels;
        Scaler = scaler;
        Members = members;
        Temperature = temperature;
        Distance = distance;
        Limits = limits;
        _row = new float[scaler.ColumnCount];
    }

    /// <summary>The genres in the order of the outputs.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Fitted to the training part.</summary>
    public FeatureScaler Scaler { get; }

    /// <summary>By what the logarithms of the averaged probabilities are divided: above 1 tempers, below 1 sharpens, 1 changes nothing.</summary>
    public double Temperature { get; }

    /// <summary>From where on the model is not sure; null if that was not found out.</summary>
    public DoubtLimits? Limits { get; }

    /// <summary>Networks of one shape whose probabilities are averaged.</summary>
    internal IReadOnlyList<DenseNetwork> Members { get; }

    /// <summary>How far a song lies from the training songs; null if that was not found out.</summary>
    internal TrainingDistance? Distance { get; }

    /// <summary>Calibrated probability of each label for one row of unscaled features.</summary>
    public float[] Predict(ReadOnlySpan<double> features) => Calibration.Temper(PredictUntempered(features), Labels.Count, Temperature);

    /// <summary>Why to doubt the answer for one row of unscaled features; none if that was not found out.</summary>
    public PredictionDoubt Doubt(ReadOnlySpan<double> features)
    {
        var top = Predict(features).Max();
        return Limits is null || Distance is null ? PredictionDoubt.None : Limits.Judge(top, Distance.Of(_row));
    }

    /// <summary>Probability of each label before the temperature.</summary>
    internal float[] PredictUntempered(ReadOnlySpan<double> features)
    {
        ScaleInto(Scaler, features, _row);
        return Average(Members, _row, 1);
    }

    /// <summary>The mean of the members' probabilities, row by row.</summary>
    internal static float[] Average(IReadOnlyList<DenseNetwork> members, ReadOnlySpan<float> rows, int count)
    {
        var mean = new float[count * members[0].Outputs];
        foreach (var member in members)
        {
            var probabilities = member.Forward(rows, count);
            for (var i = 0; i < mean.Length; i++)
            {
                mean[i] += probabilities[i] / members.Count;
            }
        }

        return mean;
    }

    /// <summary>Scales in single precision, as the exported graph does.</summary>
    internal static void ScaleInto(FeatureScaler scaler, ReadOnlySpan<double> features, Span<float> row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = Math.Clamp(((float)features[i] - (float)scaler.Means[i]) / (float)scaler.Deviations[i], -ScaledLimit, ScaledLimit);
        }
    }
}
