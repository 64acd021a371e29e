using System.Net.Mime;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using MusicRec.Catalog.Import;
using MusicRec.Catalog.Uploads;
using MusicRec.Web.Localization;
using MusicRec.Web.Problems;
using MusicRec.Web.Uploads;

namespace MusicRec.Web.Features.Admin.AddSongs;

/// <summary>What became of one file of the form.</summary>
/// <param name="FileName">The name as sent.</param>
/// <param name="Outcome">Added, known or refused.</param>
/// <param name="SongId">The new or the known song.</param>
/// <param name="Reason">Why it was refused.</param>
public sealed record AddedFile(string FileName, ImportOutcome Outcome, Guid? SongId, string? Reason);

/// <summary>The form, and what became of the files sent with it.</summary>
public sealed record AddSongsPage(long MaxBytes, IReadOnlyList<AddedFile> Files, Problem? Problem);

/// <summary>Takes many songs at once into the catalog.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class AddSongsController(
    SongImporter importer, UploadedFileReader reader, ProblemTexts problems, IOptions<UploadOptions> options, IStringLocalizer<AdminText> text) : Controller
{
    [HttpGet("/admin/songs/add")]
    public IActionResult Index() => View(new AddSongsPage(options.Value.MaxBytes, [], null));

    [HttpPost("/admin/songs/add")]
    [StreamedUpload(ManyFiles = true)]
    public async Task<IActionResult> Add(CancellationToken cancellationToken)
    {
        var files = new List<AddedFile>();
        try
        {
            await foreach (var file in reader.ReadFormAsync(HttpContext, cancellationToken))
            {
                files.Add(await ImportAsync(file, LabelOf(file, files.Count), cancellationToken));
            }

            return Answer(files, problem: null);
        }
        catch (Exception exception) when (problems.Describe(exception) is { } problem)
        {
            // Files that came before the fault are in the catalog: say so beside it.
            Response.StatusCode = problem.Status;
            return Answer(files, problem);
        }
    }

    /// <summary>The page, or what its script asks for: it sends the files of a folder one by one.</summary>
    private IActionResult Answer(IReadOnlyList<AddedFile> files, Problem? problem) => Request.Headers.Accept == MediaTypeNames.Application.Json
        ? Json(new
        {
            Files = files.Select(file => new { file.FileName, Outcome = file.Outcome.ToString(), OutcomeText = text[$"Outcome.{file.Outcome}"].Value, file.SongId, file.Reason }),
            Problem = problem?.Detail,
        })
        : View("Index", new AddSongsPage(options.Value.MaxBytes, files, problem));

    /// <summary>The genre given to this file of the form, a line each, or else to all of them.</summary>
    private static string? LabelOf(UploadedFile file, int number)
    {
        var each = file.Fields.GetValueOrDefault("labels", "").Split('\n');
        return number < each.Length && !string.IsNullOrWhiteSpace(each[number]) ? each[number] : file.Fields.GetValueOrDefault("label");
    }

    private async Task<AddedFile> ImportAsync(UploadedFile file, string? label, CancellationToken cancellationToken)
    {
        try
        {
            var result = await importer.ImportAsync(file.Content, file.FileName, label, cancellationToken);
            var reason = result.Refusal is { } refusal ? problems.Describe(refusal)!.Detail : null;
            return new AddedFile(file.FileName, result.Outcome, result.Song?.Id, reason);
        }
        catch (FileTooLargeException exception)
        {
            return new AddedFile(file.FileName, ImportOutcome.Refused, null, problems.Describe(exception)!.Detail);
        }
    }
}
