using System.Numerics;
using System.Runtime.InteropServices;

namespace MusicRec.Genres.Training;

/// <summary>
/// Kingma and Ba's optimizer with the defaults of Keras: β1 0.9, β2 0.999, ε 1e-7; with the decoupled weight decay of
/// Loshchilov and Hutter (AdamW), which leaves biases alone.
/// </summary>
internal sealed class Adam
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-7f;

    private readonly IReadOnlyList<DenseLayer> _layers;
    private readonly float _learningRate;
    private readonly float _decay;
    private readonly DenseLayer[] _firstMoments;
    private readonly DenseLayer[] _secondMoments;
    private int _steps;

    public Adam(IReadOnlyList<DenseLayer> layers, double learningRate, double weightDecay)
    {
        _layers = layers;
        _learningRate = (float)learningRate;
        _decay = (float)weightDecay;
        _firstMoments = [.. layers.Select(layer => new DenseLayer(layer.Inputs, layer.Outputs))];
        _secondMoments = [.. layers.Select(layer => new DenseLayer(layer.Inputs, layer.Outputs))];
    }

    /// <summary>Moves the weights one step against the gradient.</summary>
    /// <param name="gradient">Slopes of the loss, in layers of the same shape.</param>
    public void Step(IReadOnlyList<DenseLayer> gradient)
    {
        _steps++;
        var kept = (float)(1 - _learningRate * _decay);
        var rate = (float)(_learningRate * Math.Sqrt(1 - Math.Pow(Beta2, _steps)) / (1 - Math.Pow(Beta1, _steps)));
        for (var i = 0; i < _layers.Count; i++)
        {
            Move(_layers[i].Weights, gradient[i].Weights, _firstMoments[i].Weights, _secondMoments[i].Weights, rate, kept);
            Move(_layers[i].Biases, gradient[i].Biases, _firstMoments[i].Biases, _secondMoments[i].Biases, rate, 1);
        }
    }

    /// <summary>Vectors first, then what remains one by one: every operation rounds alike in both, so the width does not matter.</summary>
    private static void Move(Span<float> weights, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, float rate, float kept)
    {
        var whole = weights.Length - weights.Length % Vector<float>.Count;
        var weight = MemoryMarshal.Cast<float, Vector<float>>(weights);
        var slope = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var mean = MemoryMarshal.Cast<float, Vector<float>>(first);
        var square = MemoryMarshal.Cast<float, Vector<float>>(second);
        for (var i = 0; i < weight.Length; i++)
        {
            mean[i] = Beta1 * mean[i] + (1 - Beta1) * slope[i];
            square[i] = Beta2 * square[i] + (1 - Beta2) * slope[i] * slope[i];
            weight[i] = kept * weight[i] - rate * mean[i] / (Vector.SquareRoot(square[i]) + new Vector<float>(Epsilon));
        }

        for (var i = whole; i < weights.Length; i++)
        {
            first[i] = Beta1 * first[i] + (1 - Beta1) * gradient[i];
            second[i] = Beta2 * second[i] + (1 - Beta2) * gradient[i] * gradient[i];
            weights[i] = kept * weights[i] - rate * first[i] / (MathF.Sqrt(second[i]) + Epsilon);
        }
    }
}
