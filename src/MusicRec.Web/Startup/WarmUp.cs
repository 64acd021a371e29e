using MusicRec.Audio;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Lists;
using MusicRec.Catalog.Uploads;
using MusicRec.Genres.Embedding;

namespace MusicRec.Web.Startup;

/// <summary>
/// Has what answers an upload compiled for speed, and what lists ask of every song read, beside the start, so that the first visitor
/// waits no longer than the tenth.
/// </summary>
internal sealed partial class WarmUp(UploadService uploads, Recommender recommender, FactTable facts, LiveIndex index, ILogger<WarmUp> logger) : BackgroundService
{
    private const int Songs = 5;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var analysis = await Task.Factory.StartNew(
                () => SongAnalyzer.WarmUp(SoundEmbedding.Shared.HearSong, stoppingToken), stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            if (analysis is not null)
            {
                await recommender.SimilarToUploadAsync(await uploads.WarmUpAsync(analysis, stoppingToken), Songs, stoppingToken);
            }

            await facts.PrepareAsync(index, stoppingToken);

            // What was read of every song is garbage by now, and a quiet server would hold it for hours.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The first visitor waits a little longer, and is told if something is broken.
            LogTrouble(exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "What answers uploads and lists could not be warmed up")]
    private partial void LogTrouble(Exception exception);
}
