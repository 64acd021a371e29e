using System.Globalization;

namespace MusicRec.Genres.Training;

/// <summary>
/// Writes scaler, networks, calibration and distance as one ONNX graph: unscaled features in, calibrated probabilities out; the
/// scaled features are a second output, so that scaler and network cannot drift apart, the distance from the training songs a third.
/// </summary>
internal static class OnnxWriter
{
    public const string InputName = "features";
    public const string ProbabilitiesName = "probabilities";
    public const string ScaledName = "scaled";
    public const string DistanceName = "distance";

    private const string Rows = "songs";

    /// <summary>The file's bytes.</summary>
    /// <param name="model">What to export.</param>
    /// <param name="metadata">Key and value pairs that describe the model.</param>
    public static byte[] Write(TrainedModel model, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var columns = model.Scaler.ColumnCount;
        var graph = new OnnxGraph("genres");
        graph.Input(InputName, Rows, columns);
        graph.Output(ProbabilitiesName, Rows, model.Labels.Count);
        graph.Output(ScaledName, Rows, columns);
        AddScaler(graph, model.Scaler);
        AddCalibration(graph, AddMembers(graph, model.Members), model.Temperature);
        if (model.Distance is not null)
        {
            graph.Output(DistanceName, Rows, 1);
            AddDistance(graph, model.Distance);
        }

        return graph.ToBytes(metadata);
    }

    private static void AddScaler(OnnxGraph graph, FeatureScaler scaler)
    {
        graph.Constant("mean", ToFloats(scaler.Means), scaler.ColumnCount);
        graph.Constant("deviation", ToFloats(scaler.Deviations), scaler.ColumnCount);
        graph.Constant("lowest", [-TrainedModel.ScaledLimit]);
        graph.Constant("highest", [TrainedModel.ScaledLimit]);
        graph.Node("Sub", "centered", [InputName, "mean"]);
        graph.Node("Div", "divided", ["centered", "deviation"]);
        graph.Node("Clip", ScaledName, ["divided", "lowest", "highest"]);
    }

    /// <summary>All members at once: the weights of a layer are stacked, one matrix per member.</summary>
    private static string AddMembers(OnnxGraph graph, IReadOnlyList<DenseNetwork> members)
    {
        var previous = ScaledName;
        var layers = members[0].Layers;
        for (var i = 0; i < layers.Count; i++)
        {
            float[] weights = [.. members.SelectMany(member => member.Layers[i].Weights)];
            float[] biases = [.. members.SelectMany(member => member.Layers[i].Biases)];
            graph.Constant(Numbered("weights", i), weights, members.Count, layers[i].Inputs, layers[i].Outputs);
            graph.Constant(Numbered("biases", i), biases, members.Count, 1, layers[i].Outputs);
            graph.Node("MatMul", Numbered("product", i), [previous, Numbered("weights", i)]);
            previous = graph.Node("Add", Numbered("dense", i), [Numbered("product", i), Numbered("biases", i)]);
            if (i < layers.Count - 1)
            {
                previous = graph.Node("Relu", Numbered("relu", i), [previous]);
            }
        }

        graph.Node("Softmax", "members", [previous], ("axis", -1));
        return graph.Node("ReduceMean", "average", ["members"], ("axes", (int[])[0]), ("keepdims", 0));
    }

    private static void AddCalibration(OnnxGraph graph, string average, double temperature)
    {
        graph.Constant("least", [Calibration.LeastProbability]);
        graph.Constant("temperature", [(float)temperature]);
        graph.Node("Max", "possible", [average, "least"]);
        graph.Node("Log", "logits", ["possible"]);
        graph.Node("Div", "tempered", ["logits", "temperature"]);
        graph.Node("Softmax", ProbabilitiesName, ["tempered"], ("axis", -1));
    }

    private static void AddDistance(OnnxGraph graph, TrainingDistance distance)
    {
        graph.Constant("whitening", distance.Whitening, distance.Columns, distance.Columns);
        graph.Node("MatMul", "white", [ScaledName, "whitening"]);
        graph.Node("ReduceL2", DistanceName, ["white"], ("axes", (int[])[1]));
    }

    private static string Numbered(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}{number}");

    private static float[] ToFloats(ReadOnlySpan<double> values)
    {
        var floats = new float[values.Length];
        for (var i = 0; i < floats.Length; i++)
        {
            floats[i] = (float)values[i];
        }

        return floats;
    }
}
