using static TorchSharp.torch;

namespace MusicRec.Training.Network;

/// <summary>
/// Loshchilov and Hutter's optimizer. Our own, because its state has to be in the checkpoint to the last bit; decay leaves biases and
/// norms alone.
/// </summary>
internal sealed class AdamW
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;
    private const double Decay = 0.01;

    private readonly IReadOnlyList<Tensor> _parameters;

    public AdamW(IReadOnlyList<Tensor> parameters)
    {
        _parameters = parameters;
        FirstMoments = [.. parameters.Select(parameter => zeros_like(parameter, requires_grad: false).DetachFromDisposeScope())];
        SecondMoments = [.. parameters.Select(parameter => zeros_like(parameter, requires_grad: false).DetachFromDisposeScope())];
    }

    public IReadOnlyList<Tensor> FirstMoments { get; }

    public IReadOnlyList<Tensor> SecondMoments { get; }

    /// <summary>Moves the parameters against their gradients and clears these.</summary>
    /// <param name="step">From 1.</param>
    /// <param name="rate">Learning rate.</param>
    public void Step(int step, double rate)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        for (var i = 0; i < _parameters.Count; i++)
        {
            var (parameter, first, second) = (_parameters[i], FirstMoments[i], SecondMoments[i]);
            if (parameter.grad is not { } gradient)
            {
                continue;
            }

            if (parameter.dim() > 1)
            {
                parameter.mul_(1 - rate * Decay);
            }

            first.mul_(Beta1).add_(gradient, alpha: 1 - Beta1);
            second.mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
            var scale = Math.Sqrt(1 - Math.Pow(Beta2, step)) / (1 - Math.Pow(Beta1, step));
            parameter.addcdiv_(first, second.sqrt().add_(Epsilon), -rate * scale);
            gradient.zero_();
        }
    }
}
