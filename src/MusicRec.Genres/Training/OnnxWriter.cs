using System.Runtime.InteropServices;
using Google.Protobuf;
using MusicRec.Genres.Training.Onnx;

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

    private const int FloatType = 1;
    private const int IntAttribute = 2;
    private const int IntsAttribute = 7;
    private const long IrVersion = 8;
    private const long Opset = 17;

    /// <summary>The file's bytes.</summary>
    /// <param name="model">What to export.</param>
    /// <param name="metadata">Key and value pairs that describe the model.</param>
    public static byte[] Write(TrainedModel model, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var file = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "MusicRec",
            Graph = MakeGraph(model),
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = Opset } },
        };
        file.MetadataProps.AddRange(metadata.Select(pair => new StringStringEntryProto { Key = pair.Key, Value = pair.Value }));
        return file.ToByteArray();
    }

    private static GraphProto MakeGraph(TrainedModel model)
    {
        var columns = model.Scaler.ColumnCount;
        var graph = new GraphProto { Name = "genres" };
        graph.Input.Add(Matrix(InputName, columns));
        graph.Output.Add(Matrix(ProbabilitiesName, model.Labels.Count));
        graph.Output.Add(Matrix(ScaledName, columns));
        AddScaler(graph, model.Scaler);
        AddCalibration(graph, AddMembers(graph, model.Members), model.Temperature);
        if (model.Distance is not null)
        {
            graph.Output.Add(Matrix(DistanceName, 1));
            AddDistance(graph, model.Distance);
        }

        return graph;
    }

    private static void AddScaler(GraphProto graph, FeatureScaler scaler)
    {
        graph.Initializer.Add(Constant("mean", ToFloats(scaler.Means), scaler.ColumnCount));
        graph.Initializer.Add(Constant("deviation", ToFloats(scaler.Deviations), scaler.ColumnCount));
        graph.Initializer.Add(Constant("lowest", [-TrainedModel.ScaledLimit]));
        graph.Initializer.Add(Constant("highest", [TrainedModel.ScaledLimit]));
        graph.Node.Add(Node("Sub", "centered", InputName, "mean"));
        graph.Node.Add(Node("Div", "divided", "centered", "deviation"));
        graph.Node.Add(Node("Clip", ScaledName, "divided", "lowest", "highest"));
    }

    /// <summary>All members at once: the weights of a layer are stacked, one matrix per member.</summary>
    private static string AddMembers(GraphProto graph, IReadOnlyList<DenseNetwork> members)
    {
        var previous = ScaledName;
        var layers = members[0].Layers;
        for (var i = 0; i < layers.Count; i++)
        {
            float[] weights = [.. members.SelectMany(member => member.Layers[i].Weights)];
            float[] biases = [.. members.SelectMany(member => member.Layers[i].Biases)];
            graph.Initializer.Add(Constant($"weights{i}", weights, members.Count, layers[i].Inputs, layers[i].Outputs));
            graph.Initializer.Add(Constant($"biases{i}", biases, members.Count, 1, layers[i].Outputs));
            graph.Node.Add(Node("MatMul", $"product{i}", previous, $"weights{i}"));
            graph.Node.Add(Node("Add", $"dense{i}", $"product{i}", $"biases{i}"));
            previous = $"dense{i}";
            if (i < layers.Count - 1)
            {
                graph.Node.Add(Node("Relu", $"relu{i}", previous));
                previous = $"relu{i}";
            }
        }

        graph.Node.Add(WithAxis(Node("Softmax", "members", previous)));
        var mean = Node("ReduceMean", "average", "members");
        mean.Attribute.Add(new AttributeProto { Name = "axes", Ints = { 0 }, Type = IntsAttribute });
        mean.Attribute.Add(new AttributeProto { Name = "keepdims", I = 0, Type = IntAttribute });
        graph.Node.Add(mean);
        return "average";
    }

    private static void AddCalibration(GraphProto graph, string average, double temperature)
    {
        graph.Initializer.Add(Constant("least", [Calibration.LeastProbability]));
        graph.Initializer.Add(Constant("temperature", [(float)temperature]));
        graph.Node.Add(Node("Max", "possible", average, "least"));
        graph.Node.Add(Node("Log", "logits", "possible"));
        graph.Node.Add(Node("Div", "tempered", "logits", "temperature"));
        graph.Node.Add(WithAxis(Node("Softmax", ProbabilitiesName, "tempered")));
    }

    private static void AddDistance(GraphProto graph, TrainingDistance distance)
    {
        graph.Initializer.Add(Constant("whitening", distance.Whitening, distance.Columns, distance.Columns));
        graph.Node.Add(Node("MatMul", "white", ScaledName, "whitening"));
        var length = Node("ReduceL2", DistanceName, "white");
        length.Attribute.Add(new AttributeProto { Name = "axes", Ints = { 1 }, Type = IntsAttribute });
        graph.Node.Add(length);
    }

    private static NodeProto WithAxis(NodeProto softmax)
    {
        softmax.Attribute.Add(new AttributeProto { Name = "axis", I = -1, Type = IntAttribute });
        return softmax;
    }

    private static NodeProto Node(string operation, string output, params ReadOnlySpan<string> inputs)
    {
        var node = new NodeProto { OpType = operation, Name = $"{operation}:{output}", Output = { output } };
        foreach (var input in inputs)
        {
            node.Input.Add(input);
        }

        return node;
    }

    private static TensorProto Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> dimensions)
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = FloatType,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)),
        };
        foreach (var dimension in dimensions)
        {
            tensor.Dims.Add(dimension);
        }

        return tensor;
    }

    private static ValueInfoProto Matrix(string name, int columns)
    {
        var shape = new TensorShapeProto
        {
            Dim =
            {
                new TensorShapeProto.Types.Dimension { DimParam = "songs" },
                new TensorShapeProto.Types.Dimension { DimValue = columns },
            },
        };
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = FloatType, Shape = shape } },
        };
    }

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
