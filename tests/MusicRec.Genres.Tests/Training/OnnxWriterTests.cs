using Microsoft.ML.OnnxRuntime;
using MusicRec.Audio.Features;
using MusicRec.Genres.Training;

namespace MusicRec.Genres.Tests.Training;

public class OnnxWriterTests
{
    [Theory]
    [InlineData(new int[0], 1, 1)]
    [InlineData(new[] { 5 }, 3, 0.6)]
    [InlineData(new[] { 256, 128, 64, 32, 16 }, 1, 1)]
    [InlineData(new[] { 32, 16 }, 5, 2.5)]
    public void Write_AnyModel_ScoresAsTheTrainedOne(int[] hiddenLayers, int members, double temperature)
    {
        var model = Model(hiddenLayers, members, temperature);
        var vectors = SavedModel.RandomVectors(200);

        var (probabilities, scaled) = Run(OnnxWriter.Write(model, []), vectors);

        for (var i = 0; i < vectors.Length; i++)
        {
            var expected = model.Predict(vectors[i].Values);
            for (var label = 0; label < expected.Length; label++)
            {
                Assert.Equal(expected[label], probabilities[i * expected.Length + label], 1e-5);
            }

            var row = new double[FeatureVector.Length];
            model.Scaler.Scale(vectors[i].Values, row);
            for (var column = 0; column < row.Length; column++)
            {
                Assert.Equal(row[column], scaled[i * FeatureVector.Length + column], 1e-4 * Math.Max(1, Math.Abs(row[column])));
            }
        }
    }

    [Fact]
    public void Write_Metadata_IsInTheFile()
    {
        var metadata = new Dictionary<string, string> { ["data"] = "내 노래", ["empty"] = "" };

        using var session = new InferenceSession(OnnxWriter.Write(Model([4]), metadata));

        Assert.Equal(metadata, session.ModelMetadata.CustomMetadataMap);
        Assert.Equal("MusicRec", session.ModelMetadata.ProducerName);
        Assert.Equal([-1, 52], session.InputMetadata["features"].Dimensions);
        Assert.Equal([-1, 3], session.OutputMetadata["probabilities"].Dimensions);
        Assert.Equal([-1, 52], session.OutputMetadata["scaled"].Dimensions);
    }

    /// <summary>Random weights and biases, scaled to the toy problem.</summary>
    private static TrainedModel Model(int[] hiddenLayers, int members = 1, double temperature = 1)
    {
        var random = new Random(3);
        var networks = Enumerable.Range(0, members).Select(_ => DenseNetwork.Random([FeatureVector.Length, .. hiddenLayers, ToyProblem.Labels.Length], random)).ToArray();
        foreach (var layer in networks.SelectMany(network => network.Layers))
        {
            for (var o = 0; o < layer.Outputs; o++)
            {
                layer.Biases[o] = random.NextSingle() - 0.5f;
            }
        }

        return new TrainedModel(ToyProblem.Labels, FeatureScaler.Fit([.. ToyProblem.Make().Rows.Select(row => row.Values)]), networks, temperature);
    }

    private static (float[] Probabilities, float[] Scaled) Run(byte[] file, FeatureVector[] vectors)
    {
        var input = vectors.SelectMany(vector => vector.Values.ToArray()).Select(value => (float)value).ToArray();
        using var session = new InferenceSession(file);
        using var value = OrtValue.CreateTensorValueFromMemory(input, [vectors.Length, FeatureVector.Length]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["features"], [value], ["probabilities", "scaled"]);
        return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[1].GetTensorDataAsSpan<float>().ToArray());
    }
}
