using System.Numerics.Tensors;

namespace MusicRec.Genres.Training;

/// <summary>
/// A feed-forward network of dense layers with ReLU between them and softmax at the end; forward and backward pass over
/// batches of rows.
/// </summary>
internal sealed class DenseNetwork
{
    private readonly DenseLayer[] _layers;

    // Work memory for one batch: what each layer received and gave, and the slope of the loss there.
    private float[][] _activations = [];
    private float[][] _slopes = [];
    private float[] _transposed = [];
    private float _gain = 1;

    public DenseNetwork(IReadOnlyList<DenseLayer> layers) => _layers = [.. layers];

    public IReadOnlyList<DenseLayer> Layers => _layers;

    public int Inputs => _layers[0].Inputs;

    public int Outputs => _layers[^1].Outputs;

    /// <summary>False once training has diverged: a weight that is no number never becomes one again.</summary>
    public bool IsFinite => _layers.All(layer => layer.Weights.All(float.IsFinite) && layer.Biases.All(float.IsFinite));

    /// <summary>A network with random weights.</summary>
    /// <param name="sizes">Inputs, hidden layers, outputs.</param>
    /// <param name="random">Decides every weight.</param>
    public static DenseNetwork Random(ReadOnlySpan<int> sizes, Random random)
    {
        var layers = new List<DenseLayer>();
        for (var i = 1; i < sizes.Length; i++)
        {
            layers.Add(DenseLayer.Random(sizes[i - 1], sizes[i], random));
        }

        return new DenseNetwork(layers);
    }

    /// <summary>Probabilities of each row of <paramref name="rows"/>, row by row; valid until the next call.</summary>
    public ReadOnlySpan<float> Forward(ReadOnlySpan<float> rows, int count) => Forward(rows, count, null);

    /// <summary>The same while training: some hidden neurons are silenced, and the others speak up for them.</summary>
    /// <param name="rows">Scaled rows.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="dropout">Chooses the neurons, row by row and layer by layer; null for none.</param>
    public ReadOnlySpan<float> Forward(ReadOnlySpan<float> rows, int count, Dropout? dropout)
    {
        Reserve(count);
        _gain = dropout?.Gain ?? 1;
        rows.CopyTo(_activations[0]);
        for (var i = 0; i < _layers.Length; i++)
        {
            var layer = _layers[i];
            var output = _activations[i + 1].AsSpan(0, count * layer.Outputs);
            Gemm.Multiply(_activations[i], layer.Inputs, 1, layer.Weights, output, count, layer.Inputs, layer.Outputs);
            AddBiases(output, layer.Biases, rectify: i < _layers.Length - 1);
            if (i < _layers.Length - 1)
            {
                dropout?.Apply(output);
            }
        }

        var probabilities = _activations[^1].AsSpan(0, count * Outputs);
        for (var row = 0; row < count; row++)
        {
            Softmax(probabilities.Slice(row * Outputs, Outputs));
        }

        return probabilities;
    }

    /// <summary>
    /// Gradient of the mean cross-entropy of the rows of the last <see cref="Forward(ReadOnlySpan{float}, int)"/>.
    /// </summary>
    /// <param name="targets">The probabilities wanted, row by row; those of a row add up to 1.</param>
    /// <param name="gradient">Receives the gradient, in layers of the same shape.</param>
    public void Backward(ReadOnlySpan<float> targets, IReadOnlyList<DenseLayer> gradient)
    {
        var count = targets.Length / Outputs;
        var slope = _slopes[^1].AsSpan(0, targets.Length);
        for (var i = 0; i < targets.Length; i++)
        {
            slope[i] = (_activations[^1][i] - targets[i]) / count;
        }

        for (var i = _layers.Length - 1; i >= 0; i--)
        {
            var layer = _layers[i];
            Gemm.Multiply(_activations[i], 1, layer.Inputs, _slopes[i + 1], gradient[i].Weights, layer.Inputs, count, layer.Outputs);
            SumRows(_slopes[i + 1].AsSpan(0, count * layer.Outputs), gradient[i].Biases);
            if (i > 0)
            {
                BackThrough(layer, count, _slopes[i + 1], _slopes[i], _activations[i]);
            }
        }
    }

    /// <summary>Slope at the inputs of a layer from that at its outputs; zero where ReLU was closed or the neuron silenced.</summary>
    private void BackThrough(DenseLayer layer, int count, float[] outputSlope, float[] inputSlope, float[] input)
    {
        for (var i = 0; i < layer.Inputs; i++)
        {
            for (var o = 0; o < layer.Outputs; o++)
            {
                _transposed[o * layer.Inputs + i] = layer.Weights[i * layer.Outputs + o];
            }
        }

        Gemm.Multiply(outputSlope, layer.Outputs, 1, _transposed, inputSlope, count, layer.Outputs, layer.Inputs);
        for (var i = 0; i < count * layer.Inputs; i++)
        {
            inputSlope[i] = Dropout.KeepIf(input[i] > 0, _gain * inputSlope[i]);
        }
    }

    private void Reserve(int count)
    {
        if (_activations.Length > 0 && _activations[0].Length >= count * Inputs)
        {
            return;
        }

        _activations = [new float[count * Inputs], .. _layers.Select(layer => new float[count * layer.Outputs])];
        _slopes = [.. _activations.Select(activation => new float[activation.Length])];
        _transposed = new float[_layers.Max(layer => layer.Inputs * layer.Outputs)];
    }

    private static void AddBiases(Span<float> output, ReadOnlySpan<float> biases, bool rectify)
    {
        for (var row = 0; row < output.Length; row += biases.Length)
        {
            var values = output.Slice(row, biases.Length);
            TensorPrimitives.Add(values, biases, values);
        }

        if (rectify)
        {
            TensorPrimitives.Max(output, 0, output);
        }
    }

    private static void Softmax(Span<float> row)
    {
        var largest = float.NegativeInfinity;
        foreach (var value in row)
        {
            largest = Math.Max(largest, value);
        }

        var sum = 0f;
        foreach (ref var value in row)
        {
            value = MathF.Exp(value - largest);
            sum += value;
        }

        foreach (ref var value in row)
        {
            value /= sum;
        }
    }

    private static void SumRows(ReadOnlySpan<float> rows, Span<float> sums)
    {
        sums.Clear();
        for (var row = 0; row < rows.Length; row += sums.Length)
        {
            TensorPrimitives.Add(sums, rows.Slice(row, sums.Length), sums);
        }
    }
}
