using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Mvc;

namespace MusicRec.Web.Features.Admin.Dashboard;

/// <summary>Numbers that change, for the pages' scripts: as a stream of events, or asked for one by one.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class ProgressController(LiveProgress progress, IHostApplicationLifetime lifetime, TimeProvider time) : Controller
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>When nothing happens the stream ends, and the browser looks again after this time.</summary>
    private static readonly TimeSpan IdleInterval = TimeSpan.FromSeconds(5);

    /// <summary>Whoever was signed out meanwhile does not look on for longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    [HttpGet("/admin/progress")]
    [ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
    public async Task<IActionResult> Now(CancellationToken cancellationToken) => Json(await progress.ReadAsync(cancellationToken));

    [HttpGet("/admin/progress/stream")]
    public IResult Stream(CancellationToken cancellationToken)
    {
        // A proxy that collects answers before it hands them on would make one late event of many.
        Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(WatchAsync(cancellationToken));
    }

    private async IAsyncEnumerable<SseItem<LiveSnapshot>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var goesOn = true;
        while (goesOn)
        {
            var snapshot = await progress.ReadAsync(cancellationToken);
            yield return new SseItem<LiveSnapshot>(snapshot) { ReconnectionInterval = snapshot.IsBusy ? Interval : IdleInterval };
            goesOn = snapshot.IsBusy && time.GetElapsedTime(began) < Longest && await WaitAsync(cancellationToken);
        }
    }

    /// <summary>False if the program or the visitor goes meanwhile.</summary>
    private async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            await Task.Delay(Interval, time, stop.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
