using MusicRec.Audio;

namespace MusicRec.Web.Startup;

/// <summary>Has the analysis compiled for speed beside the start, so that the first visitor waits no longer than the tenth.</summary>
internal sealed class WarmUp : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(
            () => SongAnalyzer.WarmUp(stoppingToken), stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
