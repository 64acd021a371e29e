using System.Text;
using Google.Protobuf;
using MusicRec.Audio.Features;
using MusicRec.Genres.Training;
using MusicRec.Genres.Training.Onnx;

namespace MusicRec.Genres.Tests;

public sealed class RefusedModelTests(SavedModel saved) : IClassFixture<SavedModel>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_NoSuchFile_ThrowsFileNotFound() =>
        Assert.Throws<FileNotFoundException>(() => GenreClassifier.Load(_folder.File("missing.onnx")));

    [Fact]
    public void Load_CopyWithoutDescription_Works()
    {
        File.Copy(saved.ModelPath, _folder.File("copy.onnx"));

        using var classifier = GenreClassifier.Load(_folder.File("copy.onnx"));

        Assert.Equal(ToyProblem.Labels, classifier.Model.Labels);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public void Load_CutFile_IsRefused(int length) => AssertRefused(File.ReadAllBytes(saved.ModelPath)[..length]);

    [Fact]
    public void Load_FileOfAnotherKind_IsRefused() => AssertRefused(WavFile.Tone(440), "damaged or not an ONNX model");

    [Fact]
    public void Load_AnyByteDamaged_IsRefusedOrAnswersWithProbabilities()
    {
        var random = new Random(1);
        var good = File.ReadAllBytes(saved.ModelPath);
        for (var i = 0; i < 60; i++)
        {
            var bytes = good.ToArray();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            var path = _folder.Write("model.onnx", bytes);
            try
            {
                using var classifier = GenreClassifier.Load(path);
                Assert.Equal(1, classifier.Classify(new FeatureVector(new double[FeatureVector.Length])).Genres.Sum(genre => genre.Probability), 1e-3);
            }
            catch (InvalidDataException)
            {
                // The outcome asked for; any other exception fails the test.
            }
        }
    }

    [Fact]
    public void Load_ChangedAfterItWasDescribed_IsRefused()
    {
        var path = _folder.Write("model.onnx", [.. File.ReadAllBytes(saved.ModelPath), 0]);
        File.Copy(saved.DescriptionPath, _folder.File("model.json"));

        Assert.Contains("model.onnx is not the file that model.json describes", Refusal(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "model.json is damaged")]
    [InlineData("{}", "model.json describes")]
    [InlineData("[]", "model.json is damaged")]
    [InlineData("{\"sha256\": 5}", "model.json is damaged")]
    [InlineData("{\"sha256\": null}", "model.json describes")]
    [InlineData("{\"sha256\": \"00\"}", "model.json describes")]
    public void Load_DescriptionThatDoesNotFit_IsRefused(string json, string message)
    {
        var path = _folder.Write("model.onnx", File.ReadAllBytes(saved.ModelPath));
        _folder.Write("model.json", Encoding.UTF8.GetBytes(json));

        Assert.Contains(message, Refusal(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("labels", null, "labels or its feature version are missing")]
    [InlineData("labels", "Ballad, Rock", "labels or its feature version are missing")]
    [InlineData("labels", "null", "labels")]
    [InlineData("labels", "[\"Ballad\"]", "labels")]
    [InlineData("labels", "[\"Ballad\", null, \"Trot\"]", "labels")]
    [InlineData("labels", "[\"Ballad\", \"Rock\"]", "lacks 'probabilities' with 2 columns")]
    [InlineData("feature_version", null, "labels or its feature version are missing")]
    [InlineData("feature_version", "one", "labels or its feature version are missing")]
    [InlineData("feature_version", "99999999999", "labels or its feature version are missing")]
    [InlineData("feature_version", "3", "trained on features of version 3; a model may use version 2")]
    [InlineData("feature_version", "1", "lacks 'features' with 26 columns")]
    public void Load_OtherMetadata_IsRefused(string key, string? value, string message)
    {
        var graph = saved.Graph();
        var entry = graph.MetadataProps.Single(pair => pair.Key == key);
        graph.MetadataProps.Remove(entry);
        if (value is not null)
        {
            graph.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        }

        AssertRefused(graph.ToByteArray(), message);
    }

    [Fact]
    public void Load_OtherNumberOfFeatures_IsRefused()
    {
        var scaler = new FeatureScaler(new double[58], [.. Enumerable.Repeat(1.0, 58)]);
        var model = new TrainedModel(ToyProblem.Labels, scaler, [DenseNetwork.Random([58, 3], new Random(1))]);

        AssertRefused(OnnxWriter.Write(model, Metadata()), "lacks 'features' with 52 columns");
    }

    [Fact]
    public void Load_OutputOfAnotherName_IsRefused()
    {
        var graph = saved.Graph();
        graph.Graph.Output.Remove(graph.Graph.Output.Single(output => output.Name == "probabilities"));

        AssertRefused(graph.ToByteArray(), "lacks 'probabilities'");
    }

    [Fact]
    public void Load_GraphForOneSongAtATime_IsRefused()
    {
        var graph = saved.Graph();
        foreach (var value in graph.Graph.Input.Concat(graph.Graph.Output))
        {
            value.Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimValue = 1 };
        }

        AssertRefused(graph.ToByteArray(), "lacks 'features'");
    }

    [Fact]
    public void Load_OutputThatIsNoTensor_IsRefused()
    {
        var graph = saved.Graph();
        var probabilities = graph.Graph.Output.Single(output => output.Name == "probabilities");
        var element = probabilities.Type.ToByteArray();
        graph.Graph.Node.Last(node => node.OpType == "Softmax").Output[0] = "softmax";
        graph.Graph.Node.Add(new NodeProto { OpType = "SequenceConstruct", Name = "sequence", Input = { "softmax" }, Output = { "probabilities" } });

        // The type "sequence of tensors", which the excerpt of the format in this program does not name: field 4 of a type, the element's type its field 1.
        probabilities.Type = TypeProto.Parser.ParseFrom([0x22, (byte)(element.Length + 2), 0x0A, (byte)element.Length, .. element]);

        AssertRefused(graph.ToByteArray(), "lacks 'probabilities'");
    }

    [Fact]
    public void Load_GraphThatWantsMoreThanFeatures_IsRefused()
    {
        var graph = saved.Graph();
        var extra = graph.Graph.Input[0].Clone();
        extra.Name = "lyrics";
        graph.Graph.Input.Add(extra);
        var scale = graph.Graph.Node.Single(node => node.OpType == "Sub");
        scale.Input[0] = "lyrics";

        AssertRefused(graph.ToByteArray());
    }

    [Fact]
    public void Load_GraphThatFailsWhenItRuns_IsRefused()
    {
        // The shape is known only at run time, and never fits: two rows of 3 numbers cannot become rows of 7.
        var graph = saved.Graph();
        graph.Graph.Initializer.Add(new TensorProto
        {
            Name = "shape",
            DataType = 7,
            Dims = { 2 },
            RawData = ByteString.CopyFrom([.. BitConverter.GetBytes(-1L), .. BitConverter.GetBytes(7L)]),
        });
        graph.Graph.Node.Last(node => node.OpType == "Softmax").Output[0] = "softmax";
        graph.Graph.Node.Add(new NodeProto { OpType = "Reshape", Name = "broken", Input = { "softmax", "shape" }, Output = { "rows" } });
        graph.Graph.Node.Add(new NodeProto { OpType = "MatMul", Name = "last", Input = { "rows", "columns" }, Output = { "probabilities" } });
        graph.Graph.Initializer.Add(new TensorProto { Name = "columns", DataType = 1, Dims = { 7, 3 }, RawData = ByteString.CopyFrom(new byte[84]) });

        AssertRefused(graph.ToByteArray());
    }

    [Fact]
    public void Load_GraphWithoutSoftmax_IsRefused()
    {
        var graph = saved.Graph();
        var softmax = graph.Graph.Node.Last(node => node.OpType == "Softmax");
        softmax.OpType = "Relu";
        softmax.Attribute.Clear();

        AssertRefused(graph.ToByteArray(), "no probabilities");
    }

    [Fact]
    public void Load_WeightsThatAreNoNumbers_IsRefused()
    {
        var network = DenseNetwork.Random([FeatureVector.Length, 3], new Random(1));
        network.Layers[0].Biases[1] = float.NaN;
        var model = new TrainedModel(ToyProblem.Labels, saved.Result.Model.Scaler, [network]);

        AssertRefused(OnnxWriter.Write(model, Metadata()), "no probabilities");
    }

    private Dictionary<string, string> Metadata() => saved.Graph().MetadataProps.ToDictionary(pair => pair.Key, pair => pair.Value);

    private void AssertRefused(byte[] file, string message = "") =>
        Assert.Contains(message, Refusal(_folder.Write("model.onnx", file)), StringComparison.Ordinal);

    private static string Refusal(string path) => Assert.Throws<InvalidDataException>(() => GenreClassifier.Load(path)).Message;
}
