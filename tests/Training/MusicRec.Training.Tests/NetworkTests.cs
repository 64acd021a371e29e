using MusicRec.Audio;
using MusicRec.Genres.Embedding;
using MusicRec.Training.Network;
using TorchSharp;

namespace MusicRec.Training.Tests;

public sealed class NetworkTests
{
    private static readonly TrainingSettings Settings = new(Steps: 6, Tracks: 4, Seed: 3, Threads: 1, Contrast: 1, Heads: 1, Relation: 5, Noise: 2);

    static NetworkTests() => NativeLibrary.Prepare();

    [Fact]
    public void Export_TrainedNetwork_HearsAsTorchSharpDoes()
    {
        using var folder = new Folder();
        var trainer = new EarTrainer(MadeUp.Tracks(5, 1), Settings);
        trainer.Run(folder["checkpoint"], TextWriter.Null, int.MaxValue, default);
        var decibels = Enumerable.Range(0, 3 * MelWindows.Size).Select(i => (float)(-40 + 30 * Math.Sin(0.37 * i) + i % 5)).ToArray();

        var file = EarExport.Write(trainer.Student, []);

        Assert.InRange(Parity.Difference(trainer.Student, file, decibels), 0, 1e-5f);
        Assert.InRange(file.Length, 1, 2_000_000);
    }

    [Fact]
    public void Embedding_ExportedFile_GivesUnitVectorsOfWindowsAndSong()
    {
        torch.manual_seed(1);
        using var embedding = SoundEmbedding.Load(EarExport.Write(Evaluated(), []));
        var samples = Enumerable.Range(0, 7 * 22050).Select(n => (float)Math.Sin(1e-7 * n * n)).ToArray();

        var heard = embedding.Hear(new SampleAnalyzer().Mel(samples));

        Assert.Equal(EarNetwork.Dimensions, embedding.Dimensions);
        Assert.Equal(2 * EarNetwork.Dimensions, heard.Windows.Length);
        Assert.All(heard.Windows.Chunk(EarNetwork.Dimensions).Append(heard.Song), vector => Assert.Equal(1, vector.Sum(value => value * value), 1e-5));
        var sum = heard.Windows[..64].Zip(heard.Windows[64..], (a, b) => a + b).ToArray();
        var length = MathF.Sqrt(sum.Sum(value => value * value));
        Assert.Equal(sum[5] / length, heard.Song[5], 1e-5);
    }

    [Fact]
    public void Embedding_SameSongLouder_IsTheSame()
    {
        torch.manual_seed(1);
        using var embedding = SoundEmbedding.Load(EarExport.Write(Evaluated(), []));
        var samples = Enumerable.Range(0, 4 * 22050).Select(n => (float)(0.01 * Math.Sin(1e-7 * n * n))).ToArray();

        var quiet = embedding.Hear(new SampleAnalyzer().Mel(samples)).Song;
        var loud = embedding.Hear(new SampleAnalyzer().Mel(Array.ConvertAll(samples, sample => 50 * sample))).Song;

        Assert.All(quiet.Zip(loud), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
    }

    [Fact]
    public void Run_StoppedAndGoneOn_EndsAsOneRun()
    {
        using var folder = new Folder();
        var tracks = MadeUp.Tracks(5, 1);
        var whole = new EarTrainer(tracks, Settings);
        whole.Run(folder["whole"], TextWriter.Null, int.MaxValue, default);
        new EarTrainer(tracks, Settings).Run(folder["parts"], TextWriter.Null, 3, default);
        var rest = new EarTrainer(tracks, Settings);
        rest.Run(folder["parts"], TextWriter.Null, int.MaxValue, default);

        Assert.Equal(File.ReadAllBytes(folder["whole"]), File.ReadAllBytes(folder["parts"]));
        Assert.Equal(EarExport.Write(whole.Student, []), EarExport.Write(rest.Student, []));
    }

    [Fact]
    public void Run_CheckpointOfAnotherTraining_IsRefused()
    {
        using var folder = new Folder();
        new EarTrainer(MadeUp.Tracks(3, 1), Settings).Run(folder["checkpoint"], TextWriter.Null, 1, default);

        Assert.Throws<InvalidDataException>(() =>
            new EarTrainer(MadeUp.Tracks(3, 1), Settings with { Seed = 4 }).Run(folder["checkpoint"], TextWriter.Null, 2, default));
    }

    private static EarNetwork Evaluated()
    {
        var network = new EarNetwork();
        network.eval();
        return network;
    }

    private sealed class Folder : IDisposable
    {
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("musicrec-training-");

        public string this[string name] => Path.Combine(_directory.FullName, name);

        public void Dispose() => _directory.Delete(recursive: true);
    }
}
