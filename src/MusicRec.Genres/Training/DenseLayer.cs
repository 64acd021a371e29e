namespace MusicRec.Genres.Training;

/// <summary>Weights of one dense layer: y = x W + b.</summary>
/// <param name="Inputs">Numbers in.</param>
/// <param name="Outputs">Numbers out.</param>
internal sealed record DenseLayer(int Inputs, int Outputs)
{
    /// <summary>W row by row: weight of input i for output o at <c>i * Outputs + o</c>.</summary>
    public float[] Weights { get; } = new float[Inputs * Outputs];

    public float[] Biases { get; } = new float[Outputs];

    /// <summary>Glorot and Bengio's uniform distribution and biases of zero, the defaults of Keras.</summary>
    public static DenseLayer Random(int inputs, int outputs, Random random)
    {
        var layer = new DenseLayer(inputs, outputs);
        var limit = Math.Sqrt(6.0 / (inputs + outputs));
        foreach (ref var weight in layer.Weights.AsSpan())
        {
            weight = (float)((2 * random.NextDouble() - 1) * limit);
        }

        return layer;
    }
}
