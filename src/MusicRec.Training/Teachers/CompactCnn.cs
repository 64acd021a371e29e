using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using MusicRec.Genres.Training;

namespace MusicRec.Training.Teachers;

/// <summary>
/// Keunwoo Choi's compact_cnn (MIT licence): 29 seconds at 12 kHz to 160 numbers, trained on the tags of the Million Song Dataset.
/// Its graph is made here from the weights alone.
/// </summary>
internal sealed class CompactCnn : IDisposable
{
    public const int Rate = 12000;

    /// <summary>Samples it listens to: 29 s.</summary>
    public const int Samples = 29 * Rate;

    /// <summary>Five blocks, the means of 32 maps each.</summary>
    public const int Numbers = Blocks * Maps;

    private const int Blocks = 5;
    private const int Maps = 32;
    private const int Bands = 96;
    private const int Frames = 1360;
    private const int Hop = 256;
    private const int FftSize = 512;
    private const int Padding = 208;

    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly Downsampler _downsampler = new(Rate);
    private readonly FrontEnd _frontEnd = new(FftSize, Hop, power: true, MelBands.Slaney(Rate, Bands, 0, Rate / 2.0));

    /// <param name="folder">Holds <c>compact_cnn.json</c> and <c>compact_cnn.f32.bin</c>.</param>
    /// <exception cref="IOException">A file is missing.</exception>
    public CompactCnn(string folder) => _session = TeacherSession.Open(MakeGraph(folder));

    /// <summary>The numbers of a clip.</summary>
    /// <param name="samples">Any number of samples at 22 050 Hz; repeated up to 29 s, cut there.</param>
    public float[] Hear(ReadOnlySpan<float> samples) => HearOwnRate(_downsampler.Apply(samples));

    /// <summary>The same of samples at 12 kHz.</summary>
    public float[] HearOwnRate(ReadOnlySpan<float> samples)
    {
        var padded = new float[Padding + Samples + Padding];
        for (var n = 0; n < Samples; n++)
        {
            padded[Padding + n] = samples[n % samples.Length];
        }

        var decibels = Decibels(_frontEnd.Compute(padded));
        using var input = OrtValue.CreateTensorValueFromMemory(decibels, [1, 1, Bands, Frames]);
        using var outputs = _session.Run(_runOptions, ["decibels"], [input], ["numbers"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    /// <summary>Band by band; 0 at the loudest cell, -80 at least.</summary>
    private static float[] Decibels(float[][] frames)
    {
        var decibels = new float[Bands * Frames];
        var loudest = float.NegativeInfinity;
        for (var frame = 0; frame < Frames; frame++)
        {
            for (var band = 0; band < Bands; band++)
            {
                var value = 10 * MathF.Log10(Math.Max(frames[frame][band], 1e-10f));
                decibels[band * Frames + frame] = value;
                loudest = Math.Max(loudest, value);
            }
        }

        return Array.ConvertAll(decibels, value => Math.Max(value - loudest, -80));
    }

    private static byte[] MakeGraph(string folder)
    {
        using var description = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "compact_cnn.json")));
        var bytes = File.ReadAllBytes(Path.Combine(folder, "compact_cnn.f32.bin"));
        var tensors = description.RootElement.GetProperty("tensors").EnumerateArray().ToDictionary(tensor => tensor.GetProperty("name").GetString()!);
        var poolings = description.RootElement.GetProperty("poolings").EnumerateArray().Select(size => size.EnumerateArray().Select(side => side.GetInt32()).ToArray()).ToArray();
        var epsilon = description.RootElement.GetProperty("bn_epsilon").GetSingle();
        float[] Read(string name)
        {
            var count = tensors[name].GetProperty("shape").EnumerateArray().Aggregate(1, (product, side) => product * side.GetInt32());
            return MemoryMarshal.Cast<byte, float>(bytes.AsSpan(tensors[name].GetProperty("offset").GetInt32(), count * sizeof(float))).ToArray();
        }

        var graph = new OnnxGraph("compact_cnn");
        graph.Input("decibels", "clips", 1, Bands, Frames);
        graph.Output("numbers", "clips", Numbers, 1, 1);
        var previous = "decibels";
        string[] means = new string[Blocks];
        for (var block = 1; block <= Blocks; block++)
        {
            var number = block.ToString(CultureInfo.InvariantCulture);
            var (weights, biases) = Fold(
                Read($"conv{number}_W"), Read($"bn{number}_gamma"), Read($"bn{number}_beta"), Read($"bn{number}_mean"), Read($"bn{number}_var"), epsilon);
            graph.Constant($"weights{number}", weights, Maps, block == 1 ? 1 : Maps, 3, 3);
            graph.Constant($"biases{number}", biases, Maps);
            graph.Node("Conv", $"conv{number}", [previous, $"weights{number}", $"biases{number}"], ("pads", (int[])[1, 1, 1, 1]));
            graph.Node("Elu", $"elu{number}", [$"conv{number}"]);
            previous = graph.Node("MaxPool", $"pool{number}", [$"elu{number}"], ("kernel_shape", poolings[block - 1]), ("strides", poolings[block - 1]));
            means[block - 1] = graph.Node("GlobalAveragePool", $"mean{number}", [previous]);
        }

        graph.Node("Concat", "numbers", means, ("axis", 1));
        return graph.ToBytes([]);
    }

    /// <summary>The batch norm that follows a convolution is a factor and a shift of its maps.</summary>
    private static (float[] Weights, float[] Biases) Fold(float[] weights, float[] gamma, float[] beta, float[] mean, float[] variance, float epsilon)
    {
        var folded = new float[weights.Length];
        var biases = new float[Maps];
        var perMap = weights.Length / Maps;
        for (var map = 0; map < Maps; map++)
        {
            var factor = gamma[map] / MathF.Sqrt(variance[map] + epsilon);
            biases[map] = beta[map] - mean[map] * factor;
            for (var i = map * perMap; i < (map + 1) * perMap; i++)
            {
                folded[i] = weights[i] * factor;
            }
        }

        return (folded, biases);
    }
}
