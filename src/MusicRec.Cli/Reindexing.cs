using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MusicRec.Catalog;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Songs;

namespace MusicRec.Cli;

/// <summary>Works on an index run in this process until it is over.</summary>
internal static class Reindexing
{
    private const int FailuresShown = 100;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Starts a run, or goes on with the one a stopped process left. Returns the exit code: 1 if a song failed or the run was cancelled.</summary>
    public static async Task<int> RunAsync(IHost host, ReindexScope scope, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var runs = host.Services.GetRequiredService<IndexRuns>();
        var run = await BeginAsync(runs, scope, error, cancellationToken);
        await host.StartAsync(cancellationToken);
        try
        {
            run = await FollowAsync(runs, run, error, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("Stopped; 'musicrec reindex' goes on from here, 'musicrec reindex --cancel' gives the run up.");
            throw;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }

        await WriteFailuresAsync(host, run, error, cancellationToken);
        output.WriteLine($"{(run.State == IndexRunState.Cancelled ? "cancelled" : "completed")}: {run.Done} of {run.Total} songs indexed, {run.Failed} failed");
        return run.State == IndexRunState.Completed && run.Failed == 0 ? 0 : 1;
    }

    private static async Task<IndexRunProgress> BeginAsync(IndexRuns runs, ReindexScope scope, TextWriter error, CancellationToken cancellationToken)
    {
        if (await runs.LatestAsync(cancellationToken) is { State: IndexRunState.Running } left)
        {
            error.WriteLine($"Going on with the run of {left.StartedAt:yyyy-MM-dd HH:mm} UTC: {left.Done + left.Failed} of {left.Total} songs are done.");
        }

        var run = await runs.StartAsync(scope, cancellationToken);
        if (await runs.GoOnAsync(cancellationToken))
        {
            error.WriteLine("The queue was paused; it goes on.");
        }

        return run;
    }

    private static async Task<IndexRunProgress> FollowAsync(IndexRuns runs, IndexRunProgress run, TextWriter error, CancellationToken cancellationToken)
    {
        using var line = new ProgressLine(error);
        while (true)
        {
            if (await runs.LatestAsync(cancellationToken) is { } latest && latest.Id == run.Id)
            {
                run = latest;
            }

            var isOver = run.State != IndexRunState.Running;
            line.Report(isOver, $"indexed {run.Done}/{run.Total}, {run.Failed} failed{ProgressLine.Speed(run.SongsPerMinute, run.TimeLeft)}");
            if (isOver)
            {
                return run;
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    private static async Task WriteFailuresAsync(IHost host, IndexRunProgress run, TextWriter error, CancellationToken cancellationToken)
    {
        if (run.Failed == 0)
        {
            return;
        }

        var failed = await host.Services.GetRequiredService<SongCatalog>()
            .ListAsync(query: null, genre: null, SongStatus.Failed, page: 1, FailuresShown, cancellationToken);
        foreach (var song in failed.Items)
        {
            error.WriteLine($"{song.FileName}: {song.FailureReason}");
        }

        if (failed.Total > failed.Items.Count)
        {
            error.WriteLine($"and {failed.Total - failed.Items.Count} more");
        }
    }
}
