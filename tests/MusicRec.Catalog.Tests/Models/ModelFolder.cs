using MusicRec.Audio.Features;
using MusicRec.Genres;
using MusicRec.Genres.Training;

namespace MusicRec.Catalog.Tests.Models;

/// <summary>Small models and songs to train them on.</summary>
internal static class ModelFolder
{
    /// <summary>Features of one of several well separated kinds of song, each song a little different.</summary>
    public static FeatureVector Features(int kind, int song) =>
        new([.. Enumerable.Range(0, FeatureVector.Length).Select(k => (10.0 * kind) + Math.Sin((7 * kind) + song + k))]);

    /// <summary>Puts a model into the folder as a person does.</summary>
    public static string SaveLive(TestCatalog catalog, int seed) => Save(Path.Combine(catalog.Storage.Models, "live.onnx"), seed);

    /// <summary>Trains and writes a model of the genres High and Low.</summary>
    public static string Save(string path, int seed)
    {
        var songs = Enumerable.Range(0, 20).Select(i => ($"{i}.wav", Features(i % 2, i), i % 2 == 0 ? "Low" : "High"));
        return Save(path, Dataset.FromVectors(songs), seed);
    }

    /// <summary>Trains and writes a model on any table.</summary>
    public static string Save(string path, Dataset dataset, int seed = 1)
    {
        var result = GenreTrainer.Train(dataset, new TrainingOptions { Epochs = 2, HiddenLayers = [4], Seed = seed });
        ModelFiles.Save(path, result, new Dictionary<string, string> { ["data"] = "tones" });
        return path;
    }

    /// <summary>Writes labelled songs with stored vectors, each genre another sound, two songs by each artist.</summary>
    public static async Task AddLabelledAsync(this TestCatalog catalog, string label, int kind, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var song = await catalog.AddVectorAsync(Features(kind, i));
            await catalog.Get<Catalog.Songs.SongCatalog>().EditAsync(song.Id, $"곡 {i}", $"{label} 가수 {i / 2}", label, CancellationToken.None);
        }
    }
}
