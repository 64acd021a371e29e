using MusicRec.Audio.Features;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Models;
using MusicRec.Genres;
using MusicRec.Genres.Training;

namespace MusicRec.Catalog.Tests.Models;

public sealed class LiveModelTests
{
    [Fact]
    public async Task Classifier_OwnModelArrives_IsNoticedAndStaleSongsAreOnlyClassifiedAgain()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(2);
        var model = catalog.Get<LiveModel>();
        File.Delete(Path.Combine(catalog.Storage.Songs, $"{songs[0].Id:N}.wav"));

        Save(catalog, seed: 1);
        model.Refresh();
        await catalog.Get<IndexRuns>().StartAsync(ReindexScope.Stale, CancellationToken.None);
        await catalog.IndexAllAsync();

        Assert.False(model.IsBundled);
        Assert.Null(model.Problem);
        Assert.Equal(["High", "Low"], model.Classifier!.Model.Labels.Order());
        var song = await catalog.ReadAsync(songs[0].Id);
        Assert.Equal((SongStatus.Indexed, model.Classifier.Model.Version), (song.Status, song.ModelVersion));
        Assert.Equal(2, song.Prediction.Count);
        Assert.Equal(song.Prediction[0].Label, song.PredictedGenre);
    }

    [Fact]
    public async Task Classifier_DamagedModelArrives_OldOneStaysAndTheProblemIsSaid()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        Save(catalog, seed: 1);
        var model = catalog.Get<LiveModel>();
        var good = model.Classifier!.Model.Version;

        await File.WriteAllBytesAsync(Path.Combine(catalog.Storage.Models, "live.onnx"), [1, 2, 3]);
        model.Refresh();

        Assert.Equal(good, model.Classifier!.Model.Version);
        Assert.NotNull(model.Problem);

        Save(catalog, seed: 2);
        model.Refresh();
        Assert.Null(model.Problem);
        Assert.NotEqual(good, model.Classifier.Model.Version);
    }

    private static void Save(TestCatalog catalog, int seed)
    {
        var songs = Enumerable.Range(0, 20).Select(i => (
            $"{i}.wav",
            new FeatureVector([.. Enumerable.Range(0, FeatureVector.Length).Select(k => (i % 2 * 10) + Math.Sin(i + k))]),
            i % 2 == 0 ? "Low" : "High"));
        var options = new TrainingOptions { Epochs = 2, HiddenLayers = [4], Seed = seed };
        var result = GenreTrainer.Train(Dataset.FromVectors(songs), options);
        ModelFiles.Save(Path.Combine(catalog.Storage.Models, "live.onnx"), result, new Dictionary<string, string> { ["data"] = "tones" });
    }
}
