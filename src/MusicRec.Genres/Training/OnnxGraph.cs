using System.Runtime.InteropServices;
using Google.Protobuf;
using MusicRec.Genres.Training.Onnx;

namespace MusicRec.Genres.Training;

/// <summary>An ONNX file in the making: constants, operations in the order they are computed, inputs and outputs.</summary>
/// <param name="name">The graph's name.</param>
internal sealed class OnnxGraph(string name)
{
    private const int FloatType = 1;
    private const int LongType = 7;
    private const int FloatAttribute = 1;
    private const int IntAttribute = 2;
    private const int IntsAttribute = 7;
    private const long IrVersion = 8;
    private const long Opset = 17;

    private readonly GraphProto _graph = new() { Name = name };

    /// <summary>A tensor of numbers; without dimensions a single one.</summary>
    public void Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> dimensions)
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

        _graph.Initializer.Add(tensor);
    }

    /// <summary>A shape to bring a tensor to; 0 keeps the dimension it has.</summary>
    public void Shape(string name, params ReadOnlySpan<long> dimensions) => _graph.Initializer.Add(new TensorProto
    {
        Name = name,
        DataType = LongType,
        Dims = { dimensions.Length },
        RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(dimensions)),
    });

    /// <summary>An operation; returns the name of its output.</summary>
    public string Node(string operation, string output, ReadOnlySpan<string> inputs, params ReadOnlySpan<(string Name, OnnxValue Value)> attributes)
    {
        var node = new NodeProto { OpType = operation, Name = $"{operation}:{output}", Output = { output } };
        foreach (var input in inputs)
        {
            node.Input.Add(input);
        }

        foreach (var (attribute, value) in attributes)
        {
            node.Attribute.Add(value.ToAttribute(attribute));
        }

        _graph.Node.Add(node);
        return output;
    }

    /// <summary>What the file takes: so many rows as the caller has, each of the given shape.</summary>
    public void Input(string name, string rows, params ReadOnlySpan<int> shape) => _graph.Input.Add(Describe(name, rows, shape));

    /// <summary>What the file gives; without the name of rows, all dimensions are known.</summary>
    public void Output(string name, string? rows, params ReadOnlySpan<int> shape) => _graph.Output.Add(Describe(name, rows, shape));

    /// <summary>The file's bytes.</summary>
    /// <param name="metadata">Key and value pairs that describe the model.</param>
    public byte[] ToBytes(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var file = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "MusicRec",
            Graph = _graph,
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = Opset } },
        };
        file.MetadataProps.AddRange(metadata.Select(pair => new StringStringEntryProto { Key = pair.Key, Value = pair.Value }));
        return file.ToByteArray();
    }

    private static ValueInfoProto Describe(string name, string? rows, ReadOnlySpan<int> dimensions)
    {
        var shape = new TensorShapeProto();
        if (rows is not null)
        {
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = rows });
        }

        foreach (var dimension in dimensions)
        {
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = dimension });
        }

        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = FloatType, Shape = shape } },
        };
    }

    /// <summary>The value of an attribute: a whole number, several, or a real one.</summary>
    internal readonly struct OnnxValue
    {
        private readonly long? _whole;
        private readonly float _real;
        private readonly int[]? _list;

        private OnnxValue(long? whole, float real, int[]? list) => (_whole, _real, _list) = (whole, real, list);

        public static implicit operator OnnxValue(int whole) => new(whole, 0, null);

        public static implicit operator OnnxValue(float real) => new(null, real, null);

        public static implicit operator OnnxValue(int[] list) => new(null, 0, list);

        public AttributeProto ToAttribute(string name)
        {
            if (_list is not null)
            {
                var attribute = new AttributeProto { Name = name, Type = IntsAttribute };
                attribute.Ints.AddRange(_list.Select(value => (long)value));
                return attribute;
            }

            return _whole is { } whole
                ? new AttributeProto { Name = name, I = whole, Type = IntAttribute }
                : new AttributeProto { Name = name, F = _real, Type = FloatAttribute };
        }
    }
}
