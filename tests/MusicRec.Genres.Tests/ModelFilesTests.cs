using System.Security.Cryptography;
using System.Text.Json;
using MusicRec.Audio.Features;
using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Training;

namespace MusicRec.Genres.Tests;

public sealed class ModelFilesTests(SavedModel saved) : IClassFixture<SavedModel>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_SavedModel_KnowsLabelsVersionAndProvenance()
    {
        using var classifier = GenreClassifier.Load(saved.ModelPath);

        var model = classifier.Model;
        Assert.Equal(ToyProblem.Labels, model.Labels);
        Assert.Equal(FeatureVersion.WithDeviations, model.FeatureVersion);
        Assert.Equal(Sha256(saved.ModelPath)[..12], model.Version);
        Assert.Equal("장난감 \"toy\" songs", model.Provenance["data"]);
        Assert.Equal("2025-01-02T03:04:05Z", model.Provenance["trained"]);
        Assert.Equal("72", model.Provenance["songs"]);
        Assert.Equal("52-16-8-3", model.Provenance["network"]);
        Assert.Equal("40", model.Provenance["epochs"]);
        Assert.Equal("16", model.Provenance["batch"]);
        Assert.Equal("7", model.Provenance["seed"]);
        Assert.Equal(("1.0000", "18"), (model.Provenance["accuracy"], model.Provenance["accuracy_songs"]));
        Assert.Equal(("0.8147", "1.0000"), (model.Provenance["accuracy_low"], model.Provenance["accuracy_high"]));
    }

    [Fact]
    public void Save_Description_SaysWhatIsInTheModel()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(saved.DescriptionPath));

        var root = json.RootElement;
        Assert.Equal(Sha256(saved.ModelPath), root.GetProperty("sha256").GetString());
        Assert.Equal(ToyProblem.Labels, root.GetProperty("labels").Deserialize<string[]>());
        Assert.Equal(FeatureVersion.WithDeviations, root.GetProperty("featureVersion").GetInt32());
        Assert.Equal(FeatureVector.ColumnNames, root.GetProperty("featureNames").Deserialize<string[]>());
        Assert.Equal(saved.Result.Model.Scaler.Means.ToArray(), root.GetProperty("scalerMeans").Deserialize<double[]>());
        Assert.Equal(saved.Result.Model.Scaler.Deviations.ToArray(), root.GetProperty("scalerDeviations").Deserialize<double[]>());
        Assert.Equal("장난감 \"toy\" songs", root.GetProperty("metadata").GetProperty("data").GetString());
        Assert.Equal(18, root.GetProperty("evaluation").GetProperty("songs").GetInt32());
        Assert.Equal(1, root.GetProperty("evaluation").GetProperty("accuracy").GetProperty("value").GetDouble());
        Assert.Contains("장난감", File.ReadAllText(saved.DescriptionPath), StringComparison.Ordinal);
    }

    [Fact]
    public void Save_Twice_GivesTheSameBytesAndLeavesNothingElse()
    {
        var path = _folder.File("model.onnx");

        ModelFiles.Save(path, saved.Result, new Dictionary<string, string> { ["data"] = "toy" });
        var first = (Sha256(path), Sha256(_folder.File("model.json")));
        ModelFiles.Save(path, saved.Result, new Dictionary<string, string> { ["data"] = "toy" });

        Assert.Equal(first, (Sha256(path), Sha256(_folder.File("model.json"))));
        Assert.Equal(["model.json", "model.onnx"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Save_OverAnotherModel_ReplacesIt()
    {
        var path = _folder.Write("model.onnx", new byte[1_000_000]);
        _folder.Write("model.json", new byte[1_000_000]);

        ModelFiles.Save(path, saved.Result, new Dictionary<string, string>());

        using var classifier = GenreClassifier.Load(path);
        Assert.Equal(ToyProblem.Labels, classifier.Model.Labels);
    }

    [Fact]
    public void Save_OtherEvaluation_IsKeptInstead()
    {
        var evaluation = GenreEvaluation.Of(["Rock", "Trot"], new int[10], [.. Enumerable.Range(0, 10).Select(i => i < 5 ? new[] { 0.75f, 0.25f } : [0.25f, 0.75f])]);

        ModelFiles.Save(_folder.File("model.onnx"), saved.Result, new Dictionary<string, string>(), evaluation);

        var facts = Load("model.onnx").Provenance;
        Assert.Equal(("0.5000", "10"), (facts["accuracy"], facts["accuracy_songs"]));
        Assert.Equal(("0.1871", "0.8129"), (facts["accuracy_low"], facts["accuracy_high"]));
    }

    [Fact]
    public void Save_NothingEvaluated_ClaimsNoAccuracy()
    {
        ModelFiles.Save(_folder.File("model.onnx"), saved.Result with { HeldOut = null }, new Dictionary<string, string>());

        Assert.DoesNotContain("accuracy", Load("model.onnx").Provenance.Keys);
    }

    [Fact]
    public void Save_GenreWithoutEvaluatedSong_IsDescribedAsWithoutNumber()
    {
        var dataset = ToyProblem.Make();
        var withSingle = dataset with { Rows = [.. dataset.Rows, dataset.Rows[0] with { Label = "국악" }] };
        var result = GenreTrainer.Train(withSingle, ToyProblem.Options with { Epochs = 1 });

        ModelFiles.Save(_folder.File("model.onnx"), result, new Dictionary<string, string>());

        Assert.Equal([.. ToyProblem.Labels, "국악"], Load("model.onnx").Labels);
        using var json = JsonDocument.Parse(File.ReadAllBytes(_folder.File("model.json")));
        Assert.Equal("NaN", json.RootElement.GetProperty("evaluation").GetProperty("recalls")[3].GetString());
    }

    [Fact]
    public void Save_ProvenanceWithReservedKeys_KeepsTheModelsOwn()
    {
        ModelFiles.Save(_folder.File("model.onnx"), saved.Result, new Dictionary<string, string> { ["labels"] = "wrong", ["feature_version"] = "9" });

        Assert.Equal(ToyProblem.Labels, Load("model.onnx").Labels);
    }

    [Fact]
    public void Save_NoSuchFolder_Throws() =>
        Assert.Throws<DirectoryNotFoundException>(() => ModelFiles.Save(_folder.File("missing/model.onnx"), saved.Result, new Dictionary<string, string>()));

    private GenreModel Load(string name)
    {
        using var classifier = GenreClassifier.Load(_folder.File(name));
        return classifier.Model;
    }

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
