using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Models;

namespace MusicRec.Catalog.Tests.Models;

public sealed class StoredModelsTests
{
    [Fact]
    public async Task List_Fresh_IsTheBundledModel()
    {
        await using var catalog = await TestCatalog.CreateAsync();

        var model = Assert.Single(catalog.Get<StoredModels>().List());

        Assert.True(model is { IsBundled: true, IsLive: true, IsIntact: true });
        Assert.Equal(8, model.Description!.Evaluation!.Labels.Count);
        Assert.Equal(model.Description.Evaluation.Songs, model.Description.Evaluation.Confusion.Sum(row => row.Sum()));
    }

    [Fact]
    public async Task Activate_Stored_SwapsAtOnceAndRenewsPredictionsWithoutDecoding()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(3);
        Directory.Delete(catalog.Storage.Songs, recursive: true);
        var version = Adopt(catalog, seed: 1);

        Assert.True(await catalog.Get<StoredModels>().ActivateAsync(version, CancellationToken.None));
        await catalog.IndexAllAsync();

        Assert.Equal(version, catalog.Get<LiveModel>().Classifier!.Model.Version);
        Assert.Equal(version, Assert.Single(catalog.Get<StoredModels>().List(), model => model.IsLive).Version);
        foreach (var song in songs)
        {
            var read = await catalog.ReadAsync(song.Id);
            Assert.Equal((SongStatus.Indexed, version), (read.Status, read.ModelVersion));
        }

        await using var next = await catalog.StartAgainAsync();
        Assert.Equal(version, next.Get<LiveModel>().Classifier!.Model.Version);
    }

    [Fact]
    public async Task Activate_WhileARunIsUnderWay_PredictionsAreRenewedAfterIt()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(3);
        await catalog.Get<IndexRuns>().StartAsync(ReindexScope.All, CancellationToken.None);
        await catalog.WorkOffAsync(atMost: 2);
        var version = Adopt(catalog, seed: 1);

        await catalog.Get<StoredModels>().ActivateAsync(version, CancellationToken.None);
        await catalog.IndexAllAsync();
        await catalog.Get<PredictionRefresh>().StartIfDueAsync(CancellationToken.None);
        await catalog.IndexAllAsync();

        foreach (var song in songs)
        {
            Assert.Equal(version, (await catalog.ReadAsync(song.Id)).ModelVersion);
        }

        // Nothing is left to do, also not for songs that another model describes later.
        await catalog.Get<PredictionRefresh>().StartIfDueAsync(CancellationToken.None);
        await using var context = catalog.Open();
        Assert.False(await context.Settings.AnyAsync(row => row.Key == "predictions-of-model"));
    }

    [Fact]
    public async Task Activate_ThenRollBack_ReturnsToTheModelPutThereByHandAndToTheBundledOne()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var (models, live) = (catalog.Get<StoredModels>(), catalog.Get<LiveModel>());
        var bundled = live.Classifier!.Model.Version;
        ModelFolder.SaveLive(catalog, seed: 1);
        live.Refresh();
        var byHand = live.Classifier.Model.Version;

        await models.ActivateAsync(Adopt(catalog, seed: 2), CancellationToken.None);
        Assert.True(await models.ActivateAsync(byHand, CancellationToken.None));
        Assert.Equal((byHand, false), (live.Classifier.Model.Version, live.IsBundled));

        Assert.True(await models.ActivateAsync(bundled, CancellationToken.None));
        Assert.Equal((bundled, true), (live.Classifier.Model.Version, live.IsBundled));
        Assert.Equal(3, models.List().Count);
    }

    [Fact]
    public async Task Activate_Damaged_IsRefusedAndTheOldOneStays()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var (models, live) = (catalog.Get<StoredModels>(), catalog.Get<LiveModel>());
        var before = live.Classifier!.Model.Version;
        var version = Adopt(catalog, seed: 1);
        var path = Path.Combine(catalog.Storage.Models, version + ".onnx");
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[^20] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        await Assert.ThrowsAsync<InvalidDataException>(() => models.ActivateAsync(version, CancellationToken.None));

        Assert.Equal((before, null), (live.Classifier.Model.Version, live.Problem));
        Assert.False(models.List().Single(model => model.Version == version).IsIntact);
    }

    [Theory]
    [InlineData("000000000000")]
    [InlineData("live")]
    [InlineData("../../catalog")]
    [InlineData("")]
    public async Task Activate_Unknown_IsFalse(string version)
    {
        await using var catalog = await TestCatalog.CreateAsync();

        Assert.False(await catalog.Get<StoredModels>().ActivateAsync(version, CancellationToken.None));
    }

    [Fact]
    public async Task Activate_LiveFileWasDamaged_RepairsIt()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var (models, live) = (catalog.Get<StoredModels>(), catalog.Get<LiveModel>());
        var version = Adopt(catalog, seed: 1);
        await models.ActivateAsync(version, CancellationToken.None);
        await File.WriteAllBytesAsync(Path.Combine(catalog.Storage.Models, "live.onnx"), [1]);
        live.Refresh();
        Assert.NotNull(live.Problem);

        await models.ActivateAsync(version, CancellationToken.None);

        Assert.Null(live.Problem);
        Assert.Equal(version, live.Classifier!.Model.Version);
    }

    private static string Adopt(TestCatalog catalog, int seed) =>
        catalog.Get<StoredModels>().Adopt(ModelFolder.Save(Path.Combine(catalog.Storage.Models, "training-x.onnx"), seed));
}
