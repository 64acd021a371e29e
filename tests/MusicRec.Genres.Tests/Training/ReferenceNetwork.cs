using MusicRec.Genres.Training;

namespace MusicRec.Genres.Tests.Training;

/// <summary>The network written plainly, in double precision, one row and one number at a time.</summary>
internal static class ReferenceNetwork
{
    public static double[] Forward(IReadOnlyList<ReferenceLayer> layers, IEnumerable<double> row)
    {
        var values = row.ToArray();
        for (var i = 0; i < layers.Count; i++)
        {
            values = layers[i].Apply(values);
            values = i < layers.Count - 1 ? [.. values.Select(value => Math.Max(value, 0))] : values;
        }

        var largest = values.Max();
        var exponentials = values.Select(value => Math.Exp(value - largest)).ToArray();
        return [.. exponentials.Select(value => value / exponentials.Sum())];
    }

    /// <summary>Mean cross-entropy.</summary>
    public static double Loss(IReadOnlyList<ReferenceLayer> layers, IReadOnlyList<float[]> rows, IReadOnlyList<float> targets) =>
        rows.Select((row, i) => Forward(layers, row.Select(value => (double)value)).Select((p, o) => (p, o))
            .Sum(output => -targets[i * layers[^1].Biases.Length + output.o] * Math.Log(output.p))).Average();
}

/// <summary>A <see cref="DenseLayer"/> in double precision.</summary>
internal sealed class ReferenceLayer(DenseLayer layer)
{
    public double[] Weights { get; } = [.. layer.Weights.Select(weight => (double)weight)];

    public double[] Biases { get; } = [.. layer.Biases.Select(bias => (double)bias)];

    public double[] Apply(double[] input)
    {
        var output = new double[Biases.Length];
        for (var o = 0; o < output.Length; o++)
        {
            output[o] = Biases[o];
            for (var i = 0; i < input.Length; i++)
            {
                output[o] += input[i] * Weights[i * output.Length + o];
            }
        }

        return output;
    }
}
