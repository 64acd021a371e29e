using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Files;
using MusicRec.Genres;
using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Training;

namespace MusicRec.Catalog.Models;

/// <summary>Trains models in the background of a server.</summary>
internal sealed partial class TrainingWorker(
    IDbContextFactory<CatalogContext> contexts, TrainingRuns runs, StoredModels models, LiveModel live, StorageFolder storage,
    TimeProvider time, ILogger<TrainingWorker> logger)
    : BackgroundService
{
    /// <summary>Between two reports; also the time a cancelled run may go on.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    // Songs are held out beforehand, with artists kept apart.
    private static readonly TrainingOptions Options = TrainingOptions.Improved with { HeldOutShare = 0 };

    /// <summary>Does one run; whatever goes wrong is written to its row.</summary>
    /// <exception cref="OperationCanceledException">The program stops.</exception>
    internal async Task RunAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            var songs = await ReadAsync(cancellationToken);
            var trained = await TrainAsync(id, songs.Split.Training, cancellationToken);
            var (evaluation, answers) = Judge(trained.Model, songs.Split.HeldOut);
            var version = Save(trained, evaluation, songs);
            var outcome = new TrainingOutcome(
                version, songs.Split.Training.Count, songs.Split.HeldOut.Count, songs.Split.IsByArtist, songs.WithoutArtist, songs.LeftOut,
                evaluation.Accuracy, await CompareAsync(songs.Split.HeldOut, answers, cancellationToken));
            await runs.UpdateAsync(
                id,
                run =>
                {
                    run.Report(trained.History, time.GetUtcNow());
                    run.Complete(outcome, songs.Split.Training.Select(song => song.Id), time.GetUtcNow());
                },
                cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // A run that a person cancelled says so already.
            await runs.UpdateAsync(id, run => run.End(TrainingState.Interrupted, time.GetUtcNow()), CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch (Exception exception)
        {
            LogFailure(exception);
            var problem = exception is InvalidDataException ? exception.Message : "The training failed; the log says why.";
            await runs.UpdateAsync(id, run => run.End(TrainingState.Failed, time.GetUtcNow(), problem), CancellationToken.None);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var id in runs.Started.ReadAllAsync(stoppingToken))
        {
            await RunAsync(id, stoppingToken);
        }
    }

    private async Task<TrainingSongs> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = await LabelledSongs.CountAsync(context, cancellationToken);
        var songs = await LabelledSongs.ReadAsync(context, [.. counts.Where(count => count.IsEnough).Select(count => count.Label)], cancellationToken);
        return new TrainingSongs(
            HeldOutSplit.Make(songs),
            songs.Count(song => song.Artist.Length == 0),
            [.. counts.Where(count => !count.IsEnough).Select(count => count.Label)]);
    }

    private async Task<TrainingResult> TrainAsync(Guid id, IReadOnlyList<LabelledSong> songs, CancellationToken cancellationToken)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var dataset = new Dataset(FeatureVector.ColumnNames, [.. songs.Select(ToRow)]);
        var curve = new LearningCurve();
        var training = Task.Run(() => GenreTrainer.Train(dataset, Options, curve, cancel.Token), cancel.Token);
        while (await Task.WhenAny(training, Task.Delay(Beat, time, cancellationToken)) != training)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!await runs.ReportAsync(id, curve.Epochs, cancellationToken))
            {
                await cancel.CancelAsync();
                break;
            }
        }

        return await training;
    }

    /// <summary>The trainer keeps artists apart too, where it finds out how sure the model may be.</summary>
    private static DatasetRow ToRow(LabelledSong song) => new(song.Id.ToString("N"), song.Features.Values.ToArray(), song.Label)
    {
        Group = song.Artist.Length > 0 ? SongNames.Searchable(song.Artist) : null,
    };

    private static (GenreEvaluation Evaluation, IReadOnlyList<string> Answers) Judge(TrainedModel model, IReadOnlyList<LabelledSong> songs)
    {
        var labels = model.Labels.ToList();
        var probabilities = songs.Select(song => model.Predict(song.Features.Values)).ToList();
        return (
            GenreEvaluation.Of(labels, [.. songs.Select(song => labels.IndexOf(song.Label))], probabilities),
            [.. probabilities.Select(answer => labels[GenreEvaluation.Best(answer)])]);
    }

    private string Save(TrainingResult trained, GenreEvaluation evaluation, TrainingSongs songs)
    {
        var path = Path.Combine(storage.Models, $"training-{Guid.NewGuid():N}.onnx");
        ModelFiles.Save(
            path,
            trained,
            new Dictionary<string, string>
            {
                ["data"] = $"{songs.Split.Training.Count} labelled songs of this catalog",
                ["held_out"] = songs.Split.IsByArtist ? "by_artist" : "by_song",
                ["trained"] = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            },
            evaluation);
        return models.Adopt(path);
    }

    private async Task<ModelComparison?> CompareAsync(IReadOnlyList<LabelledSong> songs, IReadOnlyList<string> answers, CancellationToken cancellationToken)
    {
        if (live.Classifier is not { } classifier)
        {
            return null;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var seen = live.IsBundled
            ? 0
            : await TrainingRuns.CountTrainedOnAsync(context, classifier.Model.Version, songs.Select(song => song.Id), cancellationToken);
        var liveAnswers = classifier.Classify([.. songs.Select(song => song.Features)]);
        return ModelComparison.Of(
            classifier.Model.Version, classifier.Model.Labels, [.. songs.Select(song => song.Label)],
            answers, [.. liveAnswers.Select(answer => answer.Top.Label)], seen);
    }

    [LoggerMessage(LogLevel.Error, "A genre model could not be trained")]
    private partial void LogFailure(Exception exception);

    private sealed record TrainingSongs(HeldOutSplit Split, int WithoutArtist, IReadOnlyList<string> LeftOut);

    /// <summary>Written by the training thread, read by the one that reports.</summary>
    private sealed class LearningCurve : IProgress<EpochReport>
    {
        private readonly Lock _lock = new();
        private readonly List<EpochReport> _epochs = [];

        public IReadOnlyList<EpochReport> Epochs
        {
            get
            {
                lock (_lock)
                {
                    return [.. _epochs];
                }
            }
        }

        public void Report(EpochReport value)
        {
            lock (_lock)
            {
                _epochs.Add(value);
            }
        }
    }
}
