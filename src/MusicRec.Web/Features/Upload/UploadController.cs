using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using MusicRec.Catalog.Uploads;
using MusicRec.Web.Features.Mix;
using MusicRec.Web.Features.Sound;
using MusicRec.Web.Problems;
using MusicRec.Web.Security;
using MusicRec.Web.Uploads;

namespace MusicRec.Web.Features.Upload;

[AllowAnonymous]
public sealed class UploadController(
    UploadService uploads, UploadedFileReader reader, ListsOnPages lists, SoundStories stories, ProblemTexts problems, IOptions<UploadOptions> options) : Controller
{
    [HttpGet("/"), HttpHead("/")]
    public IActionResult Index() => View(new UploadForm(options.Value.MaxBytes, Problem: null));

    [HttpPost("/"), StreamedUpload, EnableRateLimiting(RateLimits.Uploads)]
    public async Task<IActionResult> Create(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var file in reader.ReadFormAsync(HttpContext, cancellationToken))
            {
                var upload = await uploads.CreateAsync(file.Content, file.FileName, cancellationToken);
                return SeeOther(Url.Action(nameof(Show), new { upload.Id }));
            }

            throw new UploadFormException(UploadFormProblem.NoFile);
        }
        catch (Exception exception) when (problems.Describe(exception) is { } problem)
        {
            return FormAgain(problem);
        }
    }

    [HttpGet("/uploads/{id:guid}")]
    public async Task<IActionResult> Show(Guid id, MixQuery list, CancellationToken cancellationToken)
    {
        var upload = await uploads.FindAsync(id, cancellationToken);
        if (upload is null)
        {
            return NotFound();
        }

        Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        return View(new UploadResult(
            upload, await lists.LikeUploadAsync(upload, list, cancellationToken), await stories.TellAsync(upload, cancellationToken)));
    }

    private StatusCodeResult SeeOther(string? address)
    {
        Response.Headers.Location = address;
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    private ViewResult FormAgain(Problem problem)
    {
        Response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } wait)
        {
            Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return View(nameof(Index), new UploadForm(options.Value.MaxBytes, problem));
    }
}
