using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MusicRec.Training.Genres;

/// <summary>
/// The original project's network: five blocks of 3x3 convolution (8, 16, 32, 64, 128 maps), batch norm, ReLU and 2x2 maximum over a
/// slice of three seconds, then one dense layer to the genres.
/// </summary>
internal sealed class SliceCnn : nn.Module<Tensor, Tensor>
{
    private static readonly int[] Maps = [8, 16, 32, 64, 128];

    private readonly Sequential _blocks;
    private readonly Linear _dense;

    public SliceCnn(int genres)
        : base("slices")
    {
        _blocks = nn.Sequential();
        var inputs = 1;
        foreach (var (maps, block) in Maps.Select((maps, block) => (maps, block)))
        {
            _blocks.append($"convolution{block}", nn.Conv2d(inputs, maps, 3, padding: 1, bias: false));
            _blocks.append($"norm{block}", nn.BatchNorm2d(maps));
            _blocks.append($"relu{block}", nn.ReLU());
            _blocks.append($"pool{block}", nn.MaxPool2d(2));
            inputs = maps;
        }

        _dense = nn.Linear(inputs, genres);
        register_module("blocks", _blocks);
        register_module("dense", _dense);
    }

    /// <summary>From slices x bands x frames in dB to a number for each genre.</summary>
    public override Tensor forward(Tensor decibels)
    {
        var x = ((decibels - decibels.mean([1, 2], keepdim: true)) / Network.EarNetwork.Decibels).unsqueeze(1);
        return _dense.forward(_blocks.forward(x).mean([2, 3]));
    }
}
