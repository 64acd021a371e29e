using MusicRec.Audio.Features;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Models;
using MusicRec.Genres.Training;

namespace MusicRec.Catalog.Tests.Models;

public sealed class LiveModelTests
{
    public static TheoryData<string, string> Damage => new()
    {
        { "no ONNX at all", "not an ONNX model" },
        { "cut off", "not the file that live.json describes" },
        { "one bit flipped", "not the file that live.json describes" },
        { "other feature version", "features of version 9" },
        { "wrong shape", "52 columns" },
        { "description of another", "not the file that live.json describes" },
        { "description damaged", "live.json is damaged" },
    };

    [Fact]
    public async Task Classifier_OwnModelArrives_IsNoticedAndStaleSongsAreOnlyClassifiedAgain()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(2);
        var model = catalog.Get<LiveModel>();
        File.Delete(Path.Combine(catalog.Storage.Songs, $"{songs[0].Id:N}.wav"));

        ModelFolder.SaveLive(catalog, seed: 1);
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

    [Theory]
    [MemberData(nameof(Damage))]
    public async Task Classifier_UnusableModelArrives_OldOneStaysAndTheProblemIsSaid(string damage, string said)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        ModelFolder.SaveLive(catalog, seed: 1);
        var model = catalog.Get<LiveModel>();
        var good = model.Classifier!.Model.Version;

        await DamageAsync(catalog, damage);
        model.Refresh();

        Assert.Equal(good, model.Classifier!.Model.Version);
        Assert.Contains(said, model.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(catalog.Storage.Root, model.Problem, StringComparison.Ordinal);

        ModelFolder.SaveLive(catalog, seed: 2);
        model.Refresh();
        Assert.Null(model.Problem);
        Assert.NotEqual(good, model.Classifier.Model.Version);
    }

    [Theory]
    [MemberData(nameof(Damage))]
    public async Task Classifier_StartedWithUnusableModel_IsTheBundledOneAndTheProblemIsSaid(string damage, string said)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        ModelFolder.SaveLive(catalog, seed: 1);

        await DamageAsync(catalog, damage);
        var model = catalog.Get<LiveModel>();

        Assert.True(model.IsBundled);
        Assert.Contains(said, model.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classifier_ModelDisappears_OldOneStaysAndTheProblemIsSaidAlsoAfterTheNextStart()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        ModelFolder.SaveLive(catalog, seed: 1);
        var model = catalog.Get<LiveModel>();
        var good = model.Classifier!.Model.Version;

        File.Delete(Path.Combine(catalog.Storage.Models, "live.onnx"));
        model.Refresh();

        Assert.Equal((good, "live.onnx is missing."), (model.Classifier!.Model.Version, model.Problem));
        await using var next = await catalog.StartAgainAsync();
        Assert.Equal((good, "live.onnx is missing."), (next.Get<LiveModel>().Classifier!.Model.Version, next.Get<LiveModel>().Problem));
    }

    /// <summary>A restore on another node brought a model and was undone.</summary>
    [Fact]
    public async Task PutBack_NoOwnModel_OtherProcessesAnswerByTheBundledOneAgainAndMissTheNextThatGoes()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await using var other = await catalog.StartAgainAsync();
        var (here, there) = (catalog.Get<LiveModel>(), other.Get<LiveModel>());
        var before = here.ReadFiles();
        ModelFolder.SaveLive(catalog, seed: 1);
        here.Refresh();
        there.Refresh();
        Assert.False(there.IsBundled);

        here.PutBack(before);
        there.Refresh();

        Assert.Equal((true, null), (here.IsBundled, here.Problem));
        Assert.Equal((true, null), (there.IsBundled, there.Problem));
        await using (var next = await catalog.StartAgainAsync())
        {
            Assert.Equal((true, null), (next.Get<LiveModel>().IsBundled, next.Get<LiveModel>().Problem));
        }

        ModelFolder.SaveLive(catalog, seed: 2);
        there.Refresh();
        File.Delete(Path.Combine(catalog.Storage.Models, "live.onnx"));
        there.Refresh();
        Assert.Equal((false, "live.onnx is missing."), (there.IsBundled, there.Problem));
    }

    /// <summary>Of two models that were in use, the one that was last.</summary>
    [Fact]
    public async Task Classifier_StartedWithDamagedModel_IsTheOneThatWasInUseLast()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        ModelFolder.SaveLive(catalog, seed: 1);
        var first = catalog.Get<LiveModel>().Classifier!.Model.Version;
        ModelFolder.SaveLive(catalog, seed: 2);
        catalog.Get<LiveModel>().Refresh();
        var second = catalog.Get<LiveModel>().Classifier!.Model.Version;
        await catalog.Get<StoredModels>().ActivateAsync(first, CancellationToken.None);

        await File.WriteAllTextAsync(Path.Combine(catalog.Storage.Models, "live.onnx"), "junk");
        await using var next = await catalog.StartAgainAsync();

        Assert.NotEqual(first, second);
        Assert.Equal(first, next.Get<LiveModel>().Classifier!.Model.Version);
        Assert.NotNull(next.Get<LiveModel>().Problem);
    }

    /// <summary>Without the hash beside it, a model with damaged weights looks like any other.</summary>
    [Fact]
    public async Task Classifier_ModelWithoutItsDescription_IsNotTaken()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        ModelFolder.SaveLive(catalog, seed: 1);
        File.Delete(Path.Combine(catalog.Storage.Models, "live.json"));

        Assert.True(catalog.Get<LiveModel>().IsBundled);
        Assert.Contains("live.json is missing", catalog.Get<LiveModel>().Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classifier_NoOwnModel_IsTheBundledOneWithoutAProblem()
    {
        await using var catalog = await TestCatalog.CreateAsync();

        Assert.True(catalog.Get<LiveModel>().IsBundled);
        Assert.Null(catalog.Get<LiveModel>().Problem);
    }

    private static async Task DamageAsync(TestCatalog catalog, string damage)
    {
        var path = Path.Combine(catalog.Storage.Models, "live.onnx");
        var json = Path.ChangeExtension(path, ".json");
        var bytes = await File.ReadAllBytesAsync(path);
        switch (damage)
        {
            case "no ONNX at all":
                File.Delete(json);
                await File.WriteAllBytesAsync(path, [1, 2, 3]);
                break;
            case "cut off":
                await File.WriteAllBytesAsync(path, bytes[..^10]);
                break;
            case "one bit flipped":
                bytes[bytes.Length / 2] ^= 1;
                await File.WriteAllBytesAsync(path, bytes);
                break;
            case "other feature version":
                // In the file's metadata the key is followed by a tag, a length of 1 and the digit.
                File.Delete(json);
                var key = "feature_version"u8;
                bytes[bytes.AsSpan().IndexOf(key) + key.Length + 2] = (byte)'9';
                await File.WriteAllBytesAsync(path, bytes);
                break;
            case "wrong shape":
                DatasetRow[] rows = [.. Enumerable.Range(0, 20).Select(i => new DatasetRow($"{i}", new double[] { i % 2, i }, i % 2 == 0 ? "Low" : "High"))];
                ModelFolder.Save(path, new Dataset([FeatureVector.Names[0], FeatureVector.Names[1]], rows));
                break;
            case "description of another":
                ModelFolder.Save(Path.Combine(catalog.Storage.Models, "other.onnx"), seed: 5);
                File.Move(Path.Combine(catalog.Storage.Models, "other.json"), json, overwrite: true);
                break;
            case "description damaged":
                await File.WriteAllTextAsync(json, "{ \"sha256\": ");
                break;
        }
    }
}
