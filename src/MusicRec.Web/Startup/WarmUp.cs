using MusicRec.Audio;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Lists;
using MusicRec.Catalog.Uploads;
using MusicRec.Genres.Embedding;
using MusicRec.Web.Pages;

namespace MusicRec.Web.Startup;

/// <summary>
/// Has what answers a visitor compiled, what analyses a song for speed, and what lists ask of every song read, beside the start, so that the first visitor
/// waits no longer than the tenth.
/// </summary>
internal sealed partial class WarmUp(
    UploadService uploads, FactTable facts, LiveIndex index, Rehearsal rehearsal, IConfiguration configuration, ILogger<WarmUp> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var analysis = await Task.Factory.StartNew(
                () => SongAnalyzer.WarmUp(SoundEmbedding.Shared.HearSong, stoppingToken), stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await facts.PrepareAsync(index, stoppingToken);
            if (analysis is not null && PageServices.AreOn(configuration))
            {
                await rehearsal.ReadAsync("/", stoppingToken);
                await rehearsal.SendEmptyFormAsync(stoppingToken);
                await uploads.WarmUpAsync(analysis, upload => rehearsal.ReadResultAsync(upload.Id, stoppingToken), stoppingToken);
            }

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
