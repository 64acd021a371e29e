using System.CommandLine;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Models;
using MusicRec.Genres;
using MusicRec.Genres.Training;

namespace MusicRec.Cli.Benchmarks;

/// <summary>How long a genre model takes for one song and for a thousand.</summary>
internal sealed class ClassifierBench() : BenchSection("classifier", "The genre of one feature vector, and of a thousand at once.", Repeat)
{
    private const int Many = 1000;
    private const int OnesPerRepeat = 500;
    private const int Seed = 20_260_103;

    public override Task RunAsync(ParseResult arguments, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var (repeats, output) = (arguments.GetValue(Repeat), arguments.InvocationConfiguration.Output);
            var random = new Random(Seed);
            FeatureVector[] vectors = [.. Enumerable.Range(0, Many).Select(_ => Vector(random))];
            using (var bundled = GenreClassifier.Load(LiveModel.Bundled))
            {
                Measure("the bundled model: five networks, 52-256-128-8", bundled, vectors, repeats, output, cancellationToken);
            }

            using var original = Original(vectors, cancellationToken);
            Measure("the original project's network, 26-256-128-64-32-16-8", original, vectors, repeats, output, cancellationToken);
        },
        cancellationToken);

    private static void Measure(
        string model, GenreClassifier classifier, FeatureVector[] vectors, int repeats, TextWriter output, CancellationToken cancellationToken)
    {
        var timings = new Timings(output);
        timings.WriteHead($"genres by {model}");
        timings.Measure("one vector", repeats * OnesPerRepeat, 1, i => classifier.Classify(vectors[i % Many]), cancellationToken);
        timings.Measure($"{Many} vectors at once", repeats, 1, _ => classifier.Classify(vectors), cancellationToken);
    }

    /// <summary>The shape is what costs time, so one epoch on made-up songs will do.</summary>
    private static GenreClassifier Original(FeatureVector[] vectors, CancellationToken cancellationToken)
    {
        var songs = vectors.Select((vector, i) => ($"{i}.wav", vector, Genre.All[i % Genre.All.Count].Name));
        var network = GenreTrainer.Train(Dataset.FromVectors(songs).MeansOnly(), new TrainingOptions { Epochs = 1 }, null, cancellationToken);
        var folder = Directory.CreateTempSubdirectory("musicrec-bench-");
        try
        {
            var path = Path.Combine(folder.FullName, "original.onnx");
            ModelFiles.Save(path, network, new Dictionary<string, string>());
            return GenreClassifier.Load(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static FeatureVector Vector(Random random)
    {
        Span<double> values = stackalloc double[FeatureVector.Length];
        MadeUpSongs.Fill(random, values);
        return new FeatureVector(values);
    }
}
