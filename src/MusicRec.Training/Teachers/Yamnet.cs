using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using MusicRec.Genres.Training;

namespace MusicRec.Training.Teachers;

/// <summary>
/// Google's YAMNet (Apache-2.0): 0.96 s at 16 kHz to 1024 numbers, trained on the sounds of AudioSet. Its graph is made here from
/// the weights in the published .tflite file, whose layers a JSON file beside it lists.
/// </summary>
internal sealed class Yamnet : IDisposable
{
    public const int Rate = 16000;
    public const int Numbers = 1024;

    /// <summary>Samples below one patch of 96 frames.</summary>
    public const int PatchSamples = Frame + (PatchFrames - 1) * FrameHop;

    /// <summary>Samples from one patch to the next: 0.48 s.</summary>
    public const int PatchStep = PatchHop * FrameHop;

    private const int Frame = 400;
    private const int FrameHop = 160;
    private const int Bands = 64;
    private const int PatchFrames = 96;
    private const int PatchHop = 48;
    private const float LogOffset = 0.001f;

    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly Downsampler _downsampler = new(Rate);
    private readonly FrontEnd _frontEnd = new(Frame, FrameHop, power: false, MelBands.Htk(Rate, Bands, 125, 7500));

    /// <param name="folder">Holds <c>yamnet.layers.json</c> and <c>yamnet.tflite</c>.</param>
    /// <exception cref="IOException">A file is missing.</exception>
    public Yamnet(string folder) => _session = TeacherSession.Open(MakeGraph(folder));

    /// <summary>The numbers of each patch, one after the other; one patch at least.</summary>
    /// <param name="samples">Samples at 22 050 Hz.</param>
    public float[] Hear(ReadOnlySpan<float> samples) => HearOwnRate(_downsampler.Apply(samples));

    /// <summary>The same of samples at 16 kHz.</summary>
    public float[] HearOwnRate(ReadOnlySpan<float> samples)
    {
        if (samples.Length < PatchSamples)
        {
            var padded = new float[PatchSamples];
            samples.CopyTo(padded);
            samples = padded;
        }

        var frames = _frontEnd.Compute(samples);
        var patches = 1 + (frames.Length - PatchFrames) / PatchHop;
        var input = new float[patches * PatchFrames * Bands];
        for (var i = 0; i < input.Length; i++)
        {
            var (patch, rest) = Math.DivRem(i, PatchFrames * Bands);
            input[i] = MathF.Log(frames[patch * PatchHop + rest / Bands][rest % Bands] + LogOffset);
        }

        using var value = OrtValue.CreateTensorValueFromMemory(input, [patches, 1, PatchFrames, Bands]);
        using var outputs = _session.Run(_runOptions, ["patches"], [value], ["numbers"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>The mean over all patches.</summary>
    public float[] HearMean(ReadOnlySpan<float> samples)
    {
        var patches = Hear(samples);
        var mean = new float[Numbers];
        for (var i = 0; i < patches.Length; i++)
        {
            mean[i % Numbers] += patches[i] * Numbers / patches.Length;
        }

        return mean;
    }

    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    private static byte[] MakeGraph(string folder)
    {
        using var description = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "yamnet.layers.json")));
        var bytes = File.ReadAllBytes(Path.Combine(folder, "yamnet.tflite"));
        var graph = new OnnxGraph("yamnet");
        graph.Input("patches", "patches", 1, PatchFrames, Bands);
        graph.Output("numbers", "patches", Numbers, 1, 1);

        // The first entry is the mel matrix, the last the classes.
        var previous = "patches";
        var layers = description.RootElement.GetProperty("layers").EnumerateArray().ToArray();
        for (var i = 1; i < layers.Length - 1; i++)
        {
            previous = AddLayer(graph, layers[i], bytes, previous, i.ToString(CultureInfo.InvariantCulture));
        }

        graph.Node("GlobalAveragePool", "numbers", [previous]);
        return graph.ToBytes([]);
    }

    private static string AddLayer(OnnxGraph graph, JsonElement layer, byte[] bytes, string previous, string number)
    {
        var shape = layer.GetProperty("weight").GetProperty("shape").EnumerateArray().Select(side => side.GetInt32()).ToArray();
        var weights = Read(layer.GetProperty("weight"), bytes);
        var isDepthwise = layer.GetProperty("op").GetString() == "depthwise_conv2d";
        var stride = layer.GetProperty("stride")[0].GetInt32();
        var (height, width) = (shape[1], shape[2]);
        var (outputs, inputs) = isDepthwise ? (shape[3], 1) : (shape[0], shape[3]);
        graph.Constant($"weights{number}", isDepthwise ? ChannelsFirst(weights, 1, height * width, outputs) : ChannelsFirst(weights, outputs, height * width, inputs), outputs, inputs, height, width);
        graph.Constant($"biases{number}", Read(layer.GetProperty("bias"), bytes), outputs);

        // TensorFlow's SAME: with a stride of 2 over an even side the one row of zeros comes at the end.
        int[] pads = height == 1 ? [0, 0, 0, 0] : stride == 1 ? [1, 1, 1, 1] : [0, 0, 1, 1];
        graph.Node("Conv", $"conv{number}", [previous, $"weights{number}", $"biases{number}"],
            ("group", isDepthwise ? outputs : 1), ("strides", (int[])[stride, stride]), ("pads", pads));
        return graph.Node("Relu", $"relu{number}", [$"conv{number}"]);
    }

    /// <summary>From [outer, place, channel] to [outer, channel, place].</summary>
    private static float[] ChannelsFirst(float[] values, int outer, int places, int channels)
    {
        var moved = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (first, rest) = Math.DivRem(i, places * channels);
            var (place, channel) = Math.DivRem(rest, channels);
            moved[(first * channels + channel) * places + place] = values[i];
        }

        return outer * places * channels == values.Length ? moved : throw new InvalidDataException("A layer of YAMNet has another size than it says.");
    }

    /// <summary>Floats as they are; bytes times the scale of their output channel.</summary>
    private static float[] Read(JsonElement tensor, byte[] file)
    {
        var bytes = file.AsSpan(tensor.GetProperty("offset").GetInt32(), tensor.GetProperty("bytes").GetInt32());
        if (tensor.GetProperty("type").GetString() == "f32")
        {
            return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        }

        var scales = tensor.GetProperty("scales").EnumerateArray().Select(scale => scale.GetSingle()).ToArray();
        var shape = tensor.GetProperty("shape").EnumerateArray().Select(side => side.GetInt32()).ToArray();
        var axis = tensor.GetProperty("scale_axis").GetInt32();
        var stride = shape.Skip(axis + 1).Aggregate(1, (product, side) => product * side);
        var values = new float[bytes.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (sbyte)bytes[i] * scales[scales.Length == 1 ? 0 : i / stride % shape[axis]];
        }

        return values;
    }
}
