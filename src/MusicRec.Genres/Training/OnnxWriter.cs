using System.Runtime.InteropServices;
using Google.Protobuf;
using MusicRec.Genres.Training.Onnx;

namespace MusicRec.Genres.Training;

/// <summary>
/// Writes scaler and network as one ONNX graph: unscaled features in, probabilities out; the scaled features are a second
/// output, so that scaler and network cannot drift apart.
/// </summary>
internal static class OnnxWriter
{
    public const string InputName = "features";
    public const string ProbabilitiesName = "probabilities";
    public const string ScaledName = "scaled";

    private const int FloatType = 1;
    private const int IntAttribute = 2;
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

        graph.Initializer.Add(Constant("mean", ToFloats(model.Scaler.Means), columns));
        graph.Initializer.Add(Constant("deviation", ToFloats(model.Scaler.Deviations), columns));
        graph.Node.Add(Node("Sub", "centered", InputName, "mean"));
        graph.Initializer.Add(Constant("lowest", [-TrainedModel.ScaledLimit]));
        graph.Initializer.Add(Constant("highest", [TrainedModel.ScaledLimit]));
        graph.Node.Add(Node("Div", "divided", "centered", "deviation"));
        graph.Node.Add(Node("Clip", ScaledName, "divided", "lowest", "highest"));

        var previous = ScaledName;
        var layers = model.Members[0].Layers;
        for (var i = 0; i < layers.Count; i++)
        {
            graph.Initializer.Add(Constant($"weights{i}", layers[i].Weights, layers[i].Inputs, layers[i].Outputs));
            graph.Initializer.Add(Constant($"biases{i}", layers[i].Biases, layers[i].Outputs));
            graph.Node.Add(Node("Gemm", $"dense{i}", previous, $"weights{i}", $"biases{i}"));
            previous = $"dense{i}";
            if (i < layers.Count - 1)
            {
                graph.Node.Add(Node("Relu", $"relu{i}", previous));
                previous = $"relu{i}";
            }
        }

        var softmax = Node("Softmax", ProbabilitiesName, previous);
        softmax.Attribute.Add(new AttributeProto { Name = "axis", I = -1, Type = IntAttribute });
        graph.Node.Add(softmax);
        return graph;
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
