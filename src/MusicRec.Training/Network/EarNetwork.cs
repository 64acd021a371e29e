using MusicRec.Audio.Features;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MusicRec.Training.Network;

/// <summary>
/// The student: six convolutions over the window of 128 bands and 128 frames, the mean over time, and one dense layer to the vector.
/// Bands keep their place to the end, so that high and low are told apart; when something sounded within the window is not kept.
/// </summary>
internal sealed class EarNetwork : nn.Module<Tensor, Tensor>
{
    /// <summary>Numbers in a vector.</summary>
    public const int Dimensions = 64;

    /// <summary>The input is in dB; divided by this it is about 1.</summary>
    public const float Decibels = 20;

    /// <summary>Each layer: maps, side of the kernel, stride. Where maps stay, what came in is added to what comes out.</summary>
    public static readonly IReadOnlyList<(int Maps, int Kernel, int Stride)> Layers =
        [(16, 5, 2), (32, 3, 2), (64, 3, 2), (64, 3, 1), (128, 3, 2), (128, 3, 1)];

    private readonly List<Conv2d> _convolutions = [];
    private readonly List<BatchNorm2d> _norms = [];
    private readonly Linear _dense;

    public EarNetwork()
        : base("ear")
    {
        var (maps, rows) = (1, FeatureVersion.MelBands);
        foreach (var layer in Layers)
        {
            var number = _convolutions.Count;
            _convolutions.Add(nn.Conv2d(maps, layer.Maps, layer.Kernel, layer.Stride, layer.Kernel / 2, bias: false));
            _norms.Add(nn.BatchNorm2d(layer.Maps));
            register_module($"convolution{number}", _convolutions[number]);
            register_module($"norm{number}", _norms[number]);
            (maps, rows) = (layer.Maps, rows / layer.Stride);
        }

        _dense = nn.Linear(maps * rows, Dimensions);
        register_module("dense", _dense);
    }

    /// <summary>Convolutions and the norms behind them.</summary>
    public IEnumerable<(Conv2d Convolution, BatchNorm2d Norm)> Blocks => _convolutions.Zip(_norms);

    /// <summary>The last layer.</summary>
    public Linear Dense => _dense;

    /// <summary>From windows x bands x frames in dB to a vector of length 1 for each window.</summary>
    public override Tensor forward(Tensor decibels)
    {
        var x = ((decibels - decibels.mean([1, 2], keepdim: true)) / Decibels).unsqueeze(1);
        var maps = 1;
        for (var i = 0; i < Layers.Count; i++)
        {
            var y = _norms[i].forward(_convolutions[i].forward(x));
            x = nn.functional.relu(Layers[i].Maps == maps ? y + x : y);
            maps = Layers[i].Maps;
        }

        return nn.functional.normalize(_dense.forward(x.mean([3]).flatten(1)), 2, 1);
    }
}
