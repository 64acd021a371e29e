using Google.Protobuf;
using MusicRec.Audio.Features;
using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Training;
using MusicRec.Genres.Training.Onnx;

namespace MusicRec.Genres.Tests;

public sealed class DoubtTests : IDisposable
{
    private static readonly TrainingOptions Options = TrainingOptions.Improved with { HiddenLayers = [16], Epochs = 30, LearningRate = 0.01, Seed = 7 };
    private static readonly TrainingResult Result = GenreTrainer.Train(ToyProblem.Make(60), Options);

    private static readonly IReadOnlyList<NonMusicSound> Sounds = NonMusic.Analyze();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0.9, 1, PredictionDoubt.None)]
    [InlineData(0.5, 3, PredictionDoubt.None)]
    [InlineData(0.49, 3, PredictionDoubt.LowConfidence)]
    [InlineData(0.9, 3.01, PredictionDoubt.UnlikeTraining)]
    [InlineData(0.1, 9, PredictionDoubt.UnlikeTraining)]
    public void Judge_AroundTheLimits_SaysWhy(double probability, double distance, PredictionDoubt expected) =>
        Assert.Equal(expected, new DoubtLimits(0.5, 3).Judge(probability, distance));

    [Fact]
    public void Fit_AThousandSongs_ExcludesTheShares()
    {
        double[] values = [.. Enumerable.Range(1, 1000).Select(i => i / 1000.0)];

        Assert.Equal(new DoubtLimits(0.010, 0.976), DoubtLimits.Fit(values, values));
        Assert.Equal(new DoubtLimits(0.001, 0.098), DoubtLimits.Fit(values[..99], values[..99]));
    }

    /// <summary>Of few songs no probability is too low; the farthest of them still passes.</summary>
    [Fact]
    public void Fit_FewSongs_OnlyTheFarthestMarksALimit()
    {
        double[] values = [.. Enumerable.Range(1, 1000).Select(i => i / 1000.0)];

        Assert.Equal(new DoubtLimits(0, 0.097), DoubtLimits.Fit(values[..98], values[..98]));
        Assert.Equal(new DoubtLimits(0, 0.030), DoubtLimits.Fit(values[..30], values[..30]));
        Assert.Equal(new DoubtLimits(0, 0.020), DoubtLimits.Fit(values[..20], values[..20]));
        Assert.Null(DoubtLimits.Fit(values[..19], values[..19]));
    }

    [Fact]
    public void Distance_KnownCovariance_IsMahalanobis()
    {
        // Deviations 1, no correlation: shrinkage changes nothing and the distance is Euclid's.
        var distance = TrainingDistance.Fit([1, 1, 1, -1, -1, 1, -1, -1], 2);

        Assert.Equal(5, distance.Of([3, 4]), 1e-5);
    }

    [Fact]
    public void Classify_SavedCommittee_EqualsTheTrainedOne()
    {
        using var classifier = Saved();
        FeatureVector[] vectors = [.. SavedModel.RandomVectors(100), .. ToyProblem.Make(20, seed: 4).Rows.Select(row => new FeatureVector(row.Values.Span))];

        foreach (var vector in vectors)
        {
            var prediction = classifier.Classify(vector);
            var expected = Result.Model.Predict(vector.Values);
            Assert.All(prediction.Genres, genre => Assert.Equal(expected[Array.IndexOf(ToyProblem.Labels, genre.Label)], genre.Probability, 1e-5));
            Assert.Equal(Result.Model.Doubt(vector.Values), prediction.Doubt);
        }

        Assert.Equal("5", classifier.Model.Provenance["members"]);
        Assert.Equal(Result.Model.Limits, classifier.Model.Limits);
    }

    [Fact]
    public void Classify_NonMusic_IsRefusedAndSongsAreNot()
    {
        using var classifier = Saved();
        var songs = ToyProblem.Make(100, seed: 8).Rows;

        Assert.True(Sounds.Count(sound => classifier.Classify(sound.Features).Doubt != PredictionDoubt.None) >= 0.9 * Sounds.Count);
        Assert.True(songs.Count(song => classifier.Classify(new FeatureVector(song.Values.Span)).Doubt != PredictionDoubt.None) <= 0.08 * songs.Count);
    }

    [Fact]
    public void Train_CommitteeTwice_IsTheSameModelToTheLastBit()
    {
        var again = GenreTrainer.Train(ToyProblem.Make(60), Options);

        Assert.Equal(OnnxWriter.Write(Result.Model, []), OnnxWriter.Write(again.Model, []));
        Assert.Equal(Result.Model.Limits, again.Model.Limits);
    }

    [Fact]
    public void Train_PlainOptions_NeverDoubts()
    {
        var plain = GenreTrainer.Train(ToyProblem.Make(60), ToyProblem.Options);
        ModelFiles.Save(_folder.File("plain.onnx"), plain, new Dictionary<string, string>());
        using var classifier = GenreClassifier.Load(_folder.File("plain.onnx"));

        Assert.Null(classifier.Model.Limits);
        Assert.Equal(1, plain.Model.Temperature);
        Assert.Equal(PredictionDoubt.None, classifier.Classify(Sounds[0].Features).Doubt);
    }

    [Theory]
    [InlineData("least_probability", null, "one is missing")]
    [InlineData("most_distance", null, "one is missing")]
    [InlineData("least_probability", "1.1", "no")]
    [InlineData("least_probability", "NaN", "not a number")]
    [InlineData("most_distance", "-1", "not a number")]
    [InlineData("most_distance", "far", "not a number")]
    public void Load_OtherLimits_IsRefused(string key, string? value, string message)
    {
        var graph = Graph();
        var entry = graph.MetadataProps.Single(pair => pair.Key == key);
        graph.MetadataProps.Remove(entry);
        if (value is not null)
        {
            graph.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        }

        AssertRefused(graph, message);
    }

    [Fact]
    public void Load_LimitsWithoutDistance_IsRefused()
    {
        var graph = Graph();
        graph.Graph.Output.Remove(graph.Graph.Output.Single(output => output.Name == "distance"));

        AssertRefused(graph, "lacks 'distance' with 1 columns");
    }

    [Fact]
    public void Load_DistanceThatIsNoNumber_IsRefused()
    {
        var graph = Graph();
        var whitening = graph.Graph.Initializer.Single(tensor => tensor.Name == "whitening");
        whitening.RawData = ByteString.CopyFrom([.. Enumerable.Repeat(BitConverter.GetBytes(float.NaN), FeatureVector.Length * FeatureVector.Length).SelectMany(bytes => bytes)]);

        AssertRefused(graph, "no distance");
    }

    private GenreClassifier Saved()
    {
        ModelFiles.Save(_folder.File("model.onnx"), Result, new Dictionary<string, string>());
        return GenreClassifier.Load(_folder.File("model.onnx"));
    }

    private static ModelProto Graph() => ModelProto.Parser.ParseFrom(OnnxWriter.Write(Result.Model, new Dictionary<string, string>
    {
        ["labels"] = "[\"Ballad\", \"Rock\", \"Trot\"]",
        ["feature_version"] = "2",
        ["least_probability"] = "0.5",
        ["most_distance"] = "9",
    }));

    private void AssertRefused(ModelProto graph, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => GenreClassifier.Load(_folder.Write("damaged.onnx", graph.ToByteArray()))).Message, StringComparison.Ordinal);
}
