using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Models;
using MusicRec.Genres.Training;

namespace MusicRec.Catalog.Tests.Models;

public sealed class TrainingTests
{
    [Fact]
    public async Task Run_EnoughSongs_MakesAModelAndComparesItWithTheLiveOne()
    {
        await using var catalog = await CreateAsync();
        var bundled = catalog.Get<LiveModel>().Classifier!.Model.Version;

        var training = await TrainAsync(catalog);

        Assert.Equal((TrainingState.Completed, null), (training.State, training.Problem));
        Assert.Equal(TrainingOptions.Improved.Epochs, training.Curve.Count);
        var outcome = training.Outcome!;
        Assert.Equal((40, 10, true, 0), (outcome.TrainedSongs, outcome.HeldOutSongs, outcome.IsByArtist, outcome.WithoutArtist));
        Assert.Equal(["Folk"], outcome.LeftOut);
        Assert.Equal(1, outcome.Accuracy.Value);
        Assert.Equal((bundled, 0), (outcome.Live!.Version, outcome.Live.SeenSongs));
        Assert.Equal(10, outcome.Live.OnlyNewRight + (outcome.Live.Accuracy.Value * 10), 6);
        Assert.Equal(bundled, catalog.Get<LiveModel>().Classifier!.Model.Version);
        var model = catalog.Get<StoredModels>().List().Single(model => model.Version == outcome.Version);
        Assert.True(model is { IsIntact: true, IsLive: false });
        Assert.Equal(["Ballad", "Trot"], model.Description!.Labels!);
        Assert.Equal(10, model.Description.Evaluation!.Songs);
    }

    [Fact]
    public async Task Run_LiveModelWasTrainedHere_KnowsThatItNeverSawTheHeldOutSongs()
    {
        await using var catalog = await CreateAsync();
        var first = (await TrainAsync(catalog)).Outcome!;
        await catalog.Get<StoredModels>().ActivateAsync(first.Version, CancellationToken.None);

        var second = (await TrainAsync(catalog)).Outcome!;

        // The same songs and the same seed make the same model but for the time it was made.
        Assert.Equal((first.Version, 0), (second.Live!.Version, second.Live.SeenSongs));
        Assert.Equal((0, 0, 1.0, false), (second.Live.OnlyNewRight, second.Live.OnlyLiveRight, second.Live.PValue, second.Live.IsBeyondNoise));
    }

    [Fact]
    public async Task Run_LiveModelOfUnknownOrigin_SaysSo()
    {
        await using var catalog = await CreateAsync();
        ModelFolder.SaveLive(catalog, seed: 1);

        var outcome = (await TrainAsync(catalog)).Outcome!;

        Assert.Null(outcome.Live!.SeenSongs);
        Assert.Equal(["Ballad", "Trot"], outcome.Live.UnknownGenres);
        Assert.Equal(0, outcome.Live.Accuracy.Value);
        Assert.True(outcome.Live.IsBeyondNoise);
    }

    /// <summary>In the hours after an update some songs have old numbers, some both; the model is the same.</summary>
    [Fact]
    public async Task Run_SongsWaitToBeHeard_TakePartOnce()
    {
        await using var catalog = await CreateAsync();
        await catalog.RefreshAsync();
        var first = (await TrainAsync(catalog)).Outcome!;
        await catalog.Get<StoredModels>().ActivateAsync(first.Version, CancellationToken.None);
        var counts = await catalog.Get<TrainingRuns>().CountLabelsAsync(CancellationToken.None);
        await OldCatalog.MakeAsync(catalog);
        await using (var context = catalog.Open())
        {
            var heard = await context.Vectors.AsNoTracking().Take(7).ToListAsync();
            context.AddRange(heard.Select(vector => new SongVector(vector.SongId, Sounds.Of(vector.Features))));
            await context.SaveChangesAsync();
        }

        var second = (await TrainAsync(catalog)).Outcome!;

        Assert.Equal(counts, await catalog.Get<TrainingRuns>().CountLabelsAsync(CancellationToken.None));
        Assert.Equal((40, 10, 0), (second.TrainedSongs, second.HeldOutSongs, second.Live!.SeenSongs));
        Assert.Equal((0, 0), (second.Live.OnlyNewRight, second.Live.OnlyLiveRight));
    }

    [Fact]
    public async Task Start_TooFewSongs_DoesNothing()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddLabelledAsync("Ballad", 0, 25);
        await catalog.AddLabelledAsync("Trot", 1, 9);

        Assert.False(await catalog.Get<TrainingRuns>().StartAsync(CancellationToken.None));

        Assert.Null(await catalog.Get<TrainingRuns>().LatestAsync(CancellationToken.None));
        Assert.Equal([new LabelCount("Ballad", 25), new LabelCount("Trot", 9)], await catalog.Get<TrainingRuns>().CountLabelsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Start_OneUnderWayInAnotherProcess_DoesNothing()
    {
        await using var catalog = await CreateAsync();
        await using var other = await catalog.StartAgainAsync();

        Assert.True(await other.Get<TrainingRuns>().StartAsync(CancellationToken.None));

        Assert.False(await catalog.Get<TrainingRuns>().StartAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Start_ProcessThatTrainedWasKilled_IsShownAsInterruptedAndANewOneStarts()
    {
        await using var catalog = await CreateAsync();
        var runs = catalog.Get<TrainingRuns>();
        await runs.StartAsync(CancellationToken.None);

        catalog.Time.Advance(TrainingRun.Lease);

        Assert.Equal(TrainingState.Interrupted, (await runs.LatestAsync(CancellationToken.None))!.State);
        Assert.True(await runs.StartAsync(CancellationToken.None));
        await using var context = catalog.Open();
        Assert.Equal(
            [TrainingState.Interrupted, TrainingState.Running],
            await context.TrainingRuns.OrderBy(run => run.StartedAt).Select(run => run.State).ToListAsync());
    }

    [Fact]
    public async Task Cancel_BeforeItEnds_MakesNoRunCompleted()
    {
        await using var catalog = await CreateAsync();
        var runs = catalog.Get<TrainingRuns>();
        await runs.StartAsync(CancellationToken.None);
        await runs.CancelAsync(CancellationToken.None);

        await catalog.Get<TrainingWorker>().RunAsync(await runs.Started.ReadAsync(), CancellationToken.None);

        var latest = await runs.LatestAsync(CancellationToken.None);
        Assert.Equal((TrainingState.Cancelled, null), (latest!.State, latest.Outcome));
        Assert.True(await runs.StartAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Run_ProgramStops_IsInterrupted()
    {
        await using var catalog = await CreateAsync();
        var runs = catalog.Get<TrainingRuns>();
        await runs.StartAsync(CancellationToken.None);
        var id = await runs.Started.ReadAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => catalog.Get<TrainingWorker>().RunAsync(id, new CancellationToken(true)));

        Assert.Equal(TrainingState.Interrupted, (await runs.LatestAsync(CancellationToken.None))!.State);
    }

    private static async Task<TestCatalog> CreateAsync()
    {
        var catalog = await TestCatalog.CreateAsync();
        await catalog.AddLabelledAsync("Ballad", 0, 30);
        await catalog.AddLabelledAsync("Trot", 1, 20);
        await catalog.AddLabelledAsync("Folk", 2, 5);
        return catalog;
    }

    private static async Task<TrainingProgress> TrainAsync(TestCatalog catalog)
    {
        var runs = catalog.Get<TrainingRuns>();
        catalog.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await runs.StartAsync(CancellationToken.None));
        await catalog.Get<TrainingWorker>().RunAsync(await runs.Started.ReadAsync(), CancellationToken.None);
        return (await runs.LatestAsync(CancellationToken.None))!;
    }
}
