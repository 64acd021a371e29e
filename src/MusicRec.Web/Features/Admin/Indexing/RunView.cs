using Microsoft.Extensions.Localization;
using MusicRec.Catalog.Indexing;
using MusicRec.Web.Localization;

namespace MusicRec.Web.Features.Admin.Indexing;

/// <summary>A run in words of the administrator's language; pages show it, and their scripts ask for it again.</summary>
/// <param name="IsRunning">Whether it is under way.</param>
/// <param name="IsPaused">Whether it is under way but paused.</param>
/// <param name="State">In words.</param>
/// <param name="Scope">What was asked for, in words.</param>
/// <param name="Total">Songs in the run.</param>
/// <param name="Finished">Songs done or failed.</param>
/// <param name="Failed">Songs that failed.</param>
/// <param name="Speed">Songs per minute, in words.</param>
/// <param name="TimeLeft">In words.</param>
/// <param name="Started">When, in words.</param>
/// <param name="Took">How long it took, in words; empty while it is under way.</param>
public sealed record RunView(
    bool IsRunning, bool IsPaused, string State, string Scope, int Total, int Finished, int Failed, string Speed, string TimeLeft, string Started, string Took)
{
    internal static RunView Of(IndexRunProgress run, IStringLocalizer<AdminText> text) => new(
        run.State == IndexRunState.Running,
        run.IsPaused,
        text[run.IsPaused ? "Run.Paused" : $"Run.{run.State}"],
        text[$"Run.Scope.{run.Scope}"],
        run.Total,
        run.Done + run.Failed,
        run.Failed,
        run.SongsPerMinute is { } speed ? text["Run.Speed", Math.Round(speed, 1)] : text["Run.Unknown"],
        run.TimeLeft is { } left ? text.Span(left) : text["Run.Unknown"],
        text.Moment(run.StartedAt),
        run.FinishedAt is { } finished ? text.Span(finished - run.StartedAt) : "");
}
