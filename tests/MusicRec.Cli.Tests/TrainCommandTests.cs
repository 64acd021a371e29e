using System.Text.Json;
using MusicRec.Audio.Features;
using MusicRec.Genres;
using MusicRec.Genres.Training;

namespace MusicRec.Cli.Tests;

public sealed class TrainCommandTests
{
    [Fact]
    public async Task DatasetTrainPredict_FolderOfGenres_LearnsThem()
    {
        using var folder = new TempFolder();
        foreach (var number in Enumerable.Range(0, 24))
        {
            folder.Song($"songs/발라드/b{number}.wav", number);
            folder.Song($"songs/rock/r{number}.wav", 150 + number);
        }

        var dataset = await Cli.RunAsync("dataset", folder["songs"], "--out", folder["data.csv"]);
        var train = await Cli.RunAsync("train", folder["data.csv"], "--out", folder["models/m.onnx"], "--epochs", "40", "--batch", "8", "--layers", "16,8", "--seed", "3", "--learning-rate", "0.01", "--test-share", "0.25");
        var predict = await Cli.RunAsync("predict", "--model", folder["models/m.onnx"], folder.Song("빠른 노래.wav", 155), folder["missing.wav"]);

        Assert.Equal(0, dataset.ExitCode);
        Assert.Equal([$"{folder["data.csv"]}: 48 songs, 0 refused", "Ballad\t24", "Rock\t24"], dataset.Lines);
        Assert.Contains("analysed 48/48", dataset.Error, StringComparison.Ordinal);
        Assert.Equal(48, Dataset.Read(folder["data.csv"]).Rows.Count);
        Assert.Equal(FeatureVector.Names, Dataset.Read(folder["data.csv"]).Columns);

        Assert.Equal(0, train.ExitCode);
        Assert.Contains("epoch   40: loss", train.Output, StringComparison.Ordinal);
        Assert.Contains("accuracy on 12 held-out songs:", train.Output, StringComparison.Ordinal);
        Assert.Contains("this model           100.0 % (95 % interval 73.5 % to 100.0 %)", train.Output, StringComparison.Ordinal);
        Assert.Contains("most frequent genre  50.0 %", train.Output, StringComparison.Ordinal);
        Assert.Contains("logistic regression", train.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Too few songs", train.Error, StringComparison.Ordinal);
        using (var classifier = GenreClassifier.Load(folder["models/m.onnx"]))
        {
            Assert.Equal("26-16-8-2", classifier.Model.Provenance["network"]);
            Assert.Contains("data.csv, 48 songs", classifier.Model.Provenance["data"], StringComparison.Ordinal);
        }

        Assert.Equal(1, predict.ExitCode);
        using var line = JsonDocument.Parse(predict.Lines[0]);
        var genres = line.RootElement.GetProperty("genres").EnumerateArray().ToArray();
        Assert.Equal(["Rock", "Ballad"], genres.Select(genre => genre.GetProperty("label").GetString()));
        Assert.Equal(1, genres.Sum(genre => genre.GetProperty("probability").GetDouble()), 1e-5);
        Assert.Contains("\"error\"", predict.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dataset_RefusedFile_IsNamedAndReturnsOne()
    {
        using var folder = new TempFolder();
        folder.Song("songs/rock/a.wav", 1);
        folder.Text("songs/rock/bad.wav", "no song");

        var result = await Cli.RunAsync("dataset", folder["songs"], "--out", folder["data.csv"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"{folder["songs/rock/bad.wav"]}: ", result.Error, StringComparison.Ordinal);
        Assert.Single(Dataset.Read(folder["data.csv"]).Rows);
    }

    [Fact]
    public async Task Dataset_Deviations_AreColumnsOfTheirOwnThatAModelLearnsFrom()
    {
        using var folder = new TempFolder();
        for (var number = 0; number < 4; number++)
        {
            folder.Song($"songs/rock/{number}.wav", number);
            folder.Song($"songs/folk/{number}.wav", 150 + number);
        }

        await Cli.RunAsync("dataset", folder["songs"], "--out", folder["data.csv"], "--deviations");
        var train = await Cli.RunAsync("train", folder["data.csv"], "--out", folder["m.onnx"], "--epochs", "2", "--test-share", "0");

        Assert.Equal(FeatureVector.ColumnNames, Dataset.Read(folder["data.csv"]).Columns);
        Assert.Equal(0, train.ExitCode);
        using var classifier = GenreClassifier.Load(folder["m.onnx"]);
        Assert.Equal(FeatureVersion.WithDeviations, classifier.Model.FeatureVersion);
    }

    [Fact]
    public async Task Train_SmallGenres_SaysSoPlainly()
    {
        using var folder = new TempFolder();

        var result = await Cli.RunAsync("train", Table(folder, ("Rock", 25), ("Folk", 3)), "--out", folder["m.onnx"], "--epochs", "2");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Too few songs: Folk 3.", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("not sure", result.Error, StringComparison.Ordinal);
        var tiny = await Cli.RunAsync("train", Table(folder, ("Rock", 10), ("Folk", 9)), "--out", folder["m.onnx"], "--epochs", "2");
        Assert.Contains("never says 'not sure'", tiny.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_NothingHeldOut_ClaimsNoAccuracy()
    {
        using var folder = new TempFolder();

        var result = await Cli.RunAsync("train", Table(folder, ("Rock", 5), ("Folk", 5)), "--out", folder["m.onnx"], "--epochs", "2", "--test-share", "0");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("nothing is known about the accuracy", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("held out: loss", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_OneGenre_ReturnsOneAndWritesNothing()
    {
        using var folder = new TempFolder();

        var result = await Cli.RunAsync("train", Table(folder, ("Rock", 5)), "--out", folder["m.onnx"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("at least 2", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["m.onnx"]));
    }

    [Fact]
    public async Task Train_OtherColumns_ReturnsOne()
    {
        using var folder = new TempFolder();

        var result = await Cli.RunAsync("train", folder.Text("data.csv", "filename,x,label\na,0,Rock\nb,1,Folk\n"), "--out", folder["m.onnx"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("chroma_stft to mfcc20", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_OutIsAFolder_ReturnsOne()
    {
        using var folder = new TempFolder();

        var result = await Cli.RunAsync("train", Table(folder, ("Rock", 5), ("Folk", 5)), "--out", folder.Root);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("is a folder", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no model")]
    [InlineData(null)]
    public async Task Predict_BadModel_ReturnsOne(string? content)
    {
        using var folder = new TempFolder();
        var model = content is null ? folder["missing.onnx"] : folder.Text("bad.onnx", content);

        var result = await Cli.RunAsync("predict", "--model", model, folder.Song("a.wav", 1));

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Single(result.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Table(TempFolder folder, params (string Label, int Songs)[] genres)
    {
        var random = new Random(1);
        var songs =
            from genre in genres
            from number in Enumerable.Range(0, genre.Songs)
            let values = Enumerable.Range(0, FeatureVector.Length).Select(_ => random.NextDouble()).ToArray()
            select ($"{genre.Label}{number}.wav", new FeatureVector(values), genre.Label);
        Dataset.FromVectors(songs).Write(folder["table.csv"]);
        return folder["table.csv"];
    }
}
