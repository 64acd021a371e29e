using MusicRec.Audio.Features;
using MusicRec.Genres.Training;

namespace MusicRec.Genres.Tests;

/// <summary>Songs of three genres whose features lie far apart: any working classifier gets all of them right.</summary>
internal static class ToyProblem
{
    public static readonly string[] Labels = ["Ballad", "Rock", "Trot"];

    public static readonly TrainingOptions Options = new() { HiddenLayers = [16, 8], Epochs = 40, BatchSize = 16, LearningRate = 0.01, Seed = 7 };

    public static Dataset Make(int songsPerLabel = 30, int seed = 1)
    {
        var random = new Random(seed);
        var songs = new List<(string, FeatureVector, string)>();
        for (var song = 0; song < songsPerLabel; song++)
        {
            for (var label = 0; label < Labels.Length; label++)
            {
                songs.Add(($"{Labels[label]}_{song}.wav", Vector(label, random), Labels[label]));
            }
        }

        return Dataset.FromVectors(songs);
    }

    /// <summary>Columns of very different size, as real features are; genres differ by ten deviations.</summary>
    private static FeatureVector Vector(int label, Random random)
    {
        var values = new double[FeatureVector.Length];
        for (var column = 0; column < values.Length; column++)
        {
            var size = Math.Pow(10, column % 6 - 2);
            var center = (label + column) % Labels.Length * 10;
            values[column] = size * (center + 2 * random.NextDouble() - 1);
        }

        return new FeatureVector(values);
    }
}
