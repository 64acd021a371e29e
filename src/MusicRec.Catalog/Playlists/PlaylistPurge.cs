using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MusicRec.Catalog.Playlists;

/// <summary>Deletes playlists that nobody used for a year.</summary>
internal sealed partial class PlaylistPurge(Playlists playlists, TimeProvider time, ILogger<PlaylistPurge> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await playlists.PurgeAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogTrouble(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Error, "Unused playlists could not be deleted; trying again")]
    private partial void LogTrouble(Exception exception);
}
