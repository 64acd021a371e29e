using System.Globalization;
using MusicRec.Audio.Features;
using MusicRec.Genres.Embedding;
using MusicRec.Genres.Training;
using static TorchSharp.torch;

namespace MusicRec.Training.Network;

/// <summary>Writes the student as an ONNX file: decibels in, a vector for each window and one for the song out.</summary>
internal static class EarExport
{
    private const string Rows = "windows";

    /// <summary>The file's bytes; batch norms become part of their convolutions.</summary>
    public static byte[] Write(EarNetwork network, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var graph = new OnnxGraph("ear");
        graph.Input(SoundEmbedding.InputName, Rows, FeatureVersion.MelBands, MelWindows.Frames);
        graph.Output(SoundEmbedding.WindowsName, Rows, EarNetwork.Dimensions);
        graph.Output(SoundEmbedding.SongName, null, 1, EarNetwork.Dimensions);

        graph.Node("ReduceMean", "mean", [SoundEmbedding.InputName], ("axes", (int[])[1, 2]));
        graph.Node("Sub", "centered", [SoundEmbedding.InputName, "mean"]);
        graph.Constant("decibels_per_unit", [EarNetwork.Decibels]);
        graph.Node("Div", "divided", ["centered", "decibels_per_unit"]);
        graph.Shape("picture_shape", 0, 1, FeatureVersion.MelBands, MelWindows.Frames);
        var previous = graph.Node("Reshape", "picture", ["divided", "picture_shape"]);
        previous = AddConvolutions(graph, network, previous);

        graph.Node("ReduceMean", "over_time", [previous], ("axes", (int[])[3]), ("keepdims", 0));
        graph.Node("Flatten", "flat", ["over_time"], ("axis", 1));
        graph.Constant("dense_weights", Values(network.Dense.weight!), EarNetwork.Dimensions, (int)network.Dense.weight!.shape[1]);
        graph.Constant("dense_biases", Values(network.Dense.bias!), EarNetwork.Dimensions);
        graph.Node("Gemm", "dense", ["flat", "dense_weights", "dense_biases"], ("transB", 1));
        AddUnit(graph, "dense", SoundEmbedding.WindowsName);
        graph.Node("ReduceMean", "sum", [SoundEmbedding.WindowsName], ("axes", (int[])[0]));
        AddUnit(graph, "sum", SoundEmbedding.SongName);
        return graph.ToBytes(metadata);
    }

    private static string AddConvolutions(OnnxGraph graph, EarNetwork network, string previous)
    {
        var maps = 1;
        foreach (var ((convolution, norm), i) in network.Blocks.Select((block, i) => (block, i)))
        {
            var (outputs, side, stride) = EarNetwork.Layers[i];
            var number = i.ToString(CultureInfo.InvariantCulture);
            var factors = Values((norm.weight! / (norm.running_var! + norm.eps).sqrt()).detach());
            var shifts = Values(norm.bias!).Zip(Values(norm.running_mean!), factors).Select(map => map.First - map.Second * map.Third).ToArray();
            var weights = Values(convolution.weight!);
            for (var w = 0; w < weights.Length; w++)
            {
                weights[w] *= factors[w / (weights.Length / outputs)];
            }

            graph.Constant($"weights{number}", weights, outputs, maps, side, side);
            graph.Constant($"biases{number}", shifts, outputs);
            var sum = graph.Node("Conv", $"conv{number}", [previous, $"weights{number}", $"biases{number}"],
                ("kernel_shape", (int[])[side, side]), ("strides", (int[])[stride, stride]), ("pads", (int[])[side / 2, side / 2, side / 2, side / 2]));
            if (outputs == maps)
            {
                sum = graph.Node("Add", $"sum{number}", [sum, previous]);
            }

            previous = graph.Node("Relu", $"relu{number}", [sum]);
            maps = outputs;
        }

        return previous;
    }

    /// <summary>Brings rows to length 1.</summary>
    private static void AddUnit(OnnxGraph graph, string input, string output) =>
        graph.Node("LpNormalization", output, [input], ("axis", -1), ("p", 2));

    /// <summary>The numbers of a tensor, row by row.</summary>
    internal static float[] Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().contiguous().data<float>().ToArray();
    }
}
