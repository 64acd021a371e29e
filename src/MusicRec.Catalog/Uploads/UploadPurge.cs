using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Portraits;

namespace MusicRec.Catalog.Uploads;

/// <summary>Deletes uploads whose time is over, rows first, and stored files that no row names; and old portraits.</summary>
internal sealed partial class UploadPurge(
    IDbContextFactory<CatalogContext> contexts, AudioStore audio, SongPortraits portraits, UploadLocks locks, TimeProvider time, ILogger<UploadPurge> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    // A file gets its row right after it got its place.
    private static readonly TimeSpan OrphanAge = TimeSpan.FromHours(1);

    /// <summary>Purges once.</summary>
    public async Task PurgeAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var expired = await context.Uploads.Where(row => row.ExpiresAt <= now).Select(row => row.Sha256).Distinct().ToListAsync(cancellationToken);
        var stored = await audio.ListAsync(AudioStore.Uploads, cancellationToken).Where(upload => upload.WrittenAt < now - OrphanAge).ToListAsync(cancellationToken);
        foreach (var sha256 in expired.Union(stored.Select(upload => AudioStore.HashOf(upload.Name)).OfType<string>()))
        {
            using var held = await locks.HoldAsync(sha256, cancellationToken);
            await using var transaction = await context.BeginExclusiveAsync(SubjectOf(sha256), cancellationToken);
            await context.Uploads.Where(row => row.Sha256 == sha256 && row.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
            if (!await context.Uploads.AnyAsync(row => row.Sha256 == sha256, cancellationToken))
            {
                await audio.DeleteAsync(AudioStore.NameOf(sha256), cancellationToken);
                portraits.Delete(sha256);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        portraits.DeleteOld();
    }

    /// <summary>A stored upload: its file and the rows that name it.</summary>
    internal static string SubjectOf(string sha256) => $"upload {sha256}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await PurgeAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogTrouble(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Error, "Expired uploads could not be deleted; trying again")]
    private partial void LogTrouble(Exception exception);
}
