using Microsoft.AspNetCore.Mvc;
using MusicRec.Catalog.Models;

namespace MusicRec.Web.Features.Admin.Model;

/// <summary>Shows, trains, activates and rolls back the genre model.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class ModelController(LiveModel live, StoredModels models, TrainingRuns runs) : Controller
{
    /// <param name="refresh">Whether the page asks for itself again while a training works: for browsers without script.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    [HttpGet("/admin/model")]
    public async Task<IActionResult> Index(bool refresh, CancellationToken cancellationToken)
    {
        var page = await PageAsync(null, cancellationToken);
        if (refresh && page.IsTraining)
        {
            Response.Headers["Refresh"] = "3";
        }

        return View(page);
    }

    [HttpGet("/admin/model/{version}")]
    public IActionResult Show(string version) =>
        models.List().FirstOrDefault(model => model.Version == version) is { } model ? View(model) : NotFound();

    [HttpGet("/admin/model/training")]
    [ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
    public async Task<IActionResult> Training(CancellationToken cancellationToken) =>
        await runs.LatestAsync(cancellationToken) is { } training ? PartialView("_Training", training) : NoContent();

    [HttpPost("/admin/model/train")]
    public async Task<IActionResult> Train(CancellationToken cancellationToken)
    {
        await runs.StartAsync(cancellationToken);
        return Redirect("/admin/model#training");
    }

    [HttpPost("/admin/model/cancel")]
    public async Task<IActionResult> Cancel(CancellationToken cancellationToken)
    {
        await runs.CancelAsync(cancellationToken);
        return Redirect("/admin/model#training");
    }

    [HttpPost("/admin/model/activate")]
    public async Task<IActionResult> Activate(string? version, CancellationToken cancellationToken)
    {
        try
        {
            return version is not null && await models.ActivateAsync(version, cancellationToken) ? Redirect("/admin/model") : NotFound();
        }
        catch (InvalidDataException exception)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return View(nameof(Index), await PageAsync(exception.Message, cancellationToken));
        }
    }

    private async Task<ModelPage> PageAsync(string? problem, CancellationToken cancellationToken) => new(
        live, models.List(), await runs.CountLabelsAsync(cancellationToken), await runs.LatestAsync(cancellationToken), problem);
}
