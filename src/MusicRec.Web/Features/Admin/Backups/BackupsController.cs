using System.Net.Mime;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using MusicRec.Catalog.Backups;
using MusicRec.Catalog.Files;
using MusicRec.Web.Features.Shared;
using MusicRec.Web.Localization;

namespace MusicRec.Web.Features.Admin.Backups;

/// <summary>The backups that are stored, and the one being made or restored.</summary>
/// <param name="Job">The running or latest job, or null.</param>
/// <param name="Stored">Newest first.</param>
/// <param name="Problem">What was wrong with a request, or null.</param>
public sealed record BackupsPage(BackupJobView? Job, IReadOnlyList<StoredBackup> Stored, string? Problem);

/// <summary>A job in words of the administrator's language; the page shows it, and its script asks for it again.</summary>
public sealed record BackupJobView(bool IsRunning, string Name, string State, string? Reason, double Finished, double Total, string Speed, string TimeLeft);

/// <summary>Makes, lists, restores, downloads and deletes backups.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class BackupsController(MusicRec.Catalog.Backups.Backups backups, BackupJobs jobs, IStringLocalizer<AdminText> text) : Controller
{
    /// <param name="refresh">Whether the page asks for itself again while a job works: for browsers without script.</param>
    [HttpGet("/admin/backups")]
    public IActionResult Index(bool refresh)
    {
        if (refresh && jobs.Latest is { IsRunning: true })
        {
            Response.Headers["Refresh"] = "5";
        }

        return View(PageOf(problem: null));
    }

    [HttpGet("/admin/backups/progress")]
    [ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
    public IActionResult Progress() => jobs.Latest is { } job ? Json(Describe(job)) : NoContent();

    [HttpGet("/admin/backups/{name}")]
    public IActionResult Download(string name) =>
        backups.FindPath(name) is { } path ? PhysicalFile(path, MediaTypeNames.Application.Zip, name) : NotFound();

    [HttpPost("/admin/backups/create")]
    public IActionResult Create(bool withAudio)
    {
        jobs.TryCreate(withAudio);
        return Redirect("/admin/backups");
    }

    [HttpPost("/admin/backups/restore")]
    public IActionResult Restore(string? name, bool confirmed)
    {
        if (backups.FindPath(name ?? "") is not { } path)
        {
            return NotFound();
        }

        if (!confirmed)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("Index", PageOf(text["Backups.Confirm"]));
        }

        jobs.TryRestore(path);
        return Redirect("/admin/backups");
    }

    [HttpPost("/admin/backups/delete")]
    public IActionResult Delete(string? name) => backups.Delete(name ?? "") ? Redirect("/admin/backups") : NotFound();

    private BackupsPage PageOf(string? problem) => new(jobs.Latest is { } job ? Describe(job) : null, backups.List(), problem);

    private BackupJobView Describe(BackupJob job) => new(
        job.IsRunning,
        text[$"Backups.Job.{job.Kind}"],
        text[StateOf(job)],
        job.Failure is { } failure ? text[$"Backups.Problem.{NameOf(failure)}"].Value : null,
        Megabytes(job.Progress.DoneBytes),
        Megabytes(job.Progress.TotalBytes),
        job.BytesPerSecond is { } speed ? text["Backups.Speed", Display.Megabytes((long)speed)] : text["Run.Unknown"],
        job is { IsRunning: true, TimeLeft: { } left } ? text.Span(left) : text["Run.Unknown"]);

    private static string StateOf(BackupJob job) => job switch
    {
        { IsRunning: true } => "Backups.Running",
        { Failure: null } => "Backups.Completed",
        { Failure: BackupException { Problem: BackupProblem.NotPutBack } } => "Backups.FailedHalfway",
        _ => "Backups.Failed",
    };

    private static double Megabytes(long bytes) => Math.Round(bytes / (1024.0 * 1024), 1);

    private static string NameOf(Exception failure) => failure switch
    {
        BackupException refusal => refusal.Problem.ToString(),
        AudioStorageException => "AudioStorage",
        _ => "Internal",
    };
}
