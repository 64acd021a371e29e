using MusicRec.Audio.Features;
using MusicRec.Genres.Training;
using MusicRec.Genres.Training.Onnx;

namespace MusicRec.Genres.Tests;

/// <summary>The toy problem's model, trained once and saved.</summary>
public sealed class SavedModel : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SavedModel()
    {
        Result = GenreTrainer.Train(ToyProblem.Make(), ToyProblem.Options);
        ModelFiles.Save(ModelPath, Result, new Dictionary<string, string> { ["data"] = "장난감 \"toy\" songs", ["trained"] = "2025-01-02T03:04:05Z" });
    }

    public TrainingResult Result { get; }

    public string ModelPath => _folder.File("toy.onnx");

    public string DescriptionPath => _folder.File("toy.json");

    /// <summary>The model as a graph to be changed.</summary>
    internal ModelProto Graph() => ModelProto.Parser.ParseFrom(File.ReadAllBytes(ModelPath));

    /// <summary>Vectors of the size of the toy problem's, of no genre in particular.</summary>
    public static FeatureVector[] RandomVectors(int count)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, count).Select(_ => new FeatureVector(
            [.. Enumerable.Range(0, FeatureVector.Length).Select(column => Math.Pow(10, column % 6 - 2) * 60 * (random.NextDouble() - 0.33))]))];
    }

    public void Dispose() => _folder.Dispose();
}
