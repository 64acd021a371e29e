using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MusicRec.Catalog;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Models;
using MusicRec.Catalog.Similarity;
using MusicRec.Web.Security;

namespace MusicRec.Web.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work.</summary>
internal static class HealthServices
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddDbContextCheck<CatalogContext>("database")
            .AddCheck<StorageCheck>("storage")
            .AddCheck<SongsCheck>("songs")
            .AddCheck<ModelCheck>("model")
            .AddCheck<IndexCheck>("index");
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous().RequireRateLimiting(RateLimits.Api);
    }

    /// <summary>Names, states and the reasons our own checks give; exceptions, and descriptions made of them, hold paths.</summary>
    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        Status = report.Status.ToString(),
        Checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status.ToString()),
        Reasons = report.Entries
            .Where(entry => entry.Value is { Exception: null, Description: not null })
            .ToDictionary(entry => entry.Key, entry => entry.Value.Description),
    });
}

/// <summary>The storage folder takes files, and the bucket, if there is one, answers; degraded if its disk is so full that none are taken from visitors.</summary>
internal sealed partial class StorageCheck(StorageFolder folder, AudioStore audio, ILogger<StorageCheck> logger) : IHealthCheck
{
    private const string Away = "The bucket of the songs' sound does not answer or refuses the program; the log says more.";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var path = Path.Combine(folder.Incoming, $"health-{Guid.NewGuid():N}");
        try
        {
            await using var probe = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            await probe.WriteAsync(new byte[1], cancellationToken);
            await audio.CheckAsync(cancellationToken);
            return folder.HasRoom()
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded("The disk is nearly full; no more files are taken.");
        }
        catch (AudioStorageException exception)
        {
            LogAway(exception);
            return HealthCheckResult.Unhealthy(Away);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return HealthCheckResult.Unhealthy(exception: exception);
        }
    }

    [LoggerMessage(LogLevel.Error, "The bucket of the songs' sound cannot be used")]
    private partial void LogAway(Exception exception);
}

/// <summary>The songs' files are where they belong: a folder that was moved away or not mounted is noticed before a reindex is.</summary>
internal sealed class SongsCheck(StoredSongs songs) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await songs.SampleAsync(cancellationToken) switch
            {
                { Missing: 0 } => HealthCheckResult.Healthy(),
                { Present: 0 } => HealthCheckResult.Unhealthy("The songs' files are missing from the storage."),
                _ => HealthCheckResult.Degraded("Files of some songs are missing from the storage."),
            };
        }
        catch (AudioStorageException)
        {
            return HealthCheckResult.Unhealthy("Whether the songs' files are there cannot be said: the bucket does not answer.");
        }
    }
}

/// <summary>A genre model is loaded; degraded if it is not the one the administrator wants.</summary>
internal sealed class ModelCheck(LiveModel model) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(model switch
        {
            { Classifier: null } => HealthCheckResult.Unhealthy(model.Problem ?? "There is no genre model."),
            { Problem: { } problem } => HealthCheckResult.Degraded(problem),
            _ => HealthCheckResult.Healthy(),
        });
}

/// <summary>An index answers; without one, genres are told but no similar songs.</summary>
internal sealed class IndexCheck(LiveIndex index) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(index.Current is null ? HealthCheckResult.Degraded() : HealthCheckResult.Healthy());
}
