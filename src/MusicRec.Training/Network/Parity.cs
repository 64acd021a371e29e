using MusicRec.Audio.Features;
using MusicRec.Genres.Embedding;
using MusicRec.Training.Corpus;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace MusicRec.Training.Network;

/// <summary>Holds the exported file against the network it was made of.</summary>
internal static class Parity
{
    private const float Tolerance = 1e-4f;

    /// <summary>Compares both on ten windows of the corpus.</summary>
    /// <exception cref="InvalidDataException">A number of a vector differs by more than 0.0001.</exception>
    public static void Require(EarNetwork student, byte[] file, IReadOnlyList<CorpusTrack> tracks)
    {
        var segment = tracks.First(track => track.Segments.Count > 0).Segments[0];
        var decibels = new float[Segment.Windows * MelWindows.Size];
        for (var window = 0; window < Segment.Windows; window++)
        {
            Augmenter.Copy(segment.Clean, window, decibels.AsSpan(window * MelWindows.Size, MelWindows.Size));
        }

        var difference = Difference(student, file, decibels);
        Console.Error.WriteLine($"ONNX Runtime and TorchSharp differ by {difference:E1} at most");
        if (!(difference <= Tolerance))
        {
            throw new InvalidDataException("The exported network is not the trained one.");
        }
    }

    /// <summary>The largest difference between two numbers of the windows' vectors.</summary>
    public static float Difference(EarNetwork student, byte[] file, float[] decibels)
    {
        long[] shape = [decibels.Length / MelWindows.Size, FeatureVersion.MelBands, MelWindows.Frames];
        student.eval();
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var expected = EarExport.Values(student.forward(tensor(decibels, shape)));

        using var session = new InferenceSession(file);
        using var options = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(decibels, shape);
        using var outputs = session.Run(options, [SoundEmbedding.InputName], [input], [SoundEmbedding.WindowsName]);
        var found = outputs[0].GetTensorDataAsSpan<float>();
        var largest = 0f;
        for (var i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i] - found[i]));
        }

        return largest;
    }
}
