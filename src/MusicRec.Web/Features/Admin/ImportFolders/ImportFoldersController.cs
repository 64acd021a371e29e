using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using MusicRec.Catalog.Import;
using MusicRec.Genres.Training;
using MusicRec.Web.Localization;
using MusicRec.Web.Problems;

namespace MusicRec.Web.Features.Admin.ImportFolders;

/// <summary>Chooses, starts, watches and cancels the import of a folder of the server.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class ImportFoldersController(
    ImportRoots roots, FolderImports imports, ProblemTexts problems, IStringLocalizer<AdminText> text) : Controller
{
    /// <summary>So many files with news are shown on the page; the report has all.</summary>
    private const int MostShown = 200;

    /// <param name="root">Number of the configured folder.</param>
    /// <param name="folder">The folder below it.</param>
    /// <param name="refresh">Whether the page asks for itself again while an import works: for browsers without script.</param>
    [HttpGet("/admin/import")]
    public IActionResult Index(int root, string? folder, bool refresh)
    {
        if (refresh && imports.Latest?.State == FolderImportState.Running)
        {
            Response.Headers["Refresh"] = "5";
        }

        return View(PageOf(root, folder ?? "", problem: null));
    }

    [HttpGet("/admin/import/progress")]
    [ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
    public IActionResult Progress() => imports.Latest is { } run ? Json(Describe(run)) : NoContent();

    [HttpPost("/admin/import/start")]
    public IActionResult Start(int root, string? folder, bool folderLabels)
    {
        if (roots.Find(root, folder ?? "") is not { } path)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("Index", PageOf(root, "", text["Import.NoFolder"]));
        }

        imports.TryStart(path, folderLabels);
        return Redirect("/admin/import");
    }

    [HttpPost("/admin/import/cancel")]
    public IActionResult Cancel()
    {
        imports.Cancel();
        return Redirect("/admin/import");
    }

    /// <summary>What became of every file, as a table for a spreadsheet.</summary>
    [HttpGet("/admin/import/report")]
    public IActionResult Report()
    {
        if (imports.Latest is not { } run)
        {
            return NotFound();
        }

        var lines = run.Files().Select(file => Line(text[$"Outcome.{file.Outcome}"], NameOf(run, file), ReasonOf(file) ?? ""));
        var table = string.Join("\r\n", lines.Prepend(Line(text["Add.Outcome"], text["Add.File"], text["Import.Reason"])));

        // The mark tells spreadsheets that it is UTF-8.
        return File(Encoding.UTF8.GetBytes($"\uFEFF{table}\r\n"), "text/csv; charset=utf-8", "musicrec-import.csv");
    }

    private ImportPage PageOf(int root, string folder, string? problem)
    {
        var path = roots.Find(root, folder);
        return new ImportPage(
            roots.All, root, string.Join('/', folder.Split('/', StringSplitOptions.RemoveEmptyEntries)), path is null ? null : SongFolder.Folders(path),
            imports.Latest is { } run ? Describe(run) : null, imports.Latest is { } latest ? NewsOf(latest) : [], problem);
    }

    private ImportView Describe(FolderImportRun run) => new(
        run.State == FolderImportState.Running,
        run.Folder,
        text[$"Import.{run.State}"],
        run.Total,
        run.Done,
        run.Count(ImportOutcome.Added),
        run.Count(ImportOutcome.AlreadyThere),
        run.Count(ImportOutcome.Changed),
        run.Count(ImportOutcome.Refused),
        run.FilesPerMinute is { } speed ? text["Run.Speed", Math.Round(speed)] : text["Run.Unknown"],
        run is { State: FolderImportState.Running, TimeLeft: { } left } ? text.Span(left) : text["Run.Unknown"]);

    /// <summary>Refused files first: they are what a person has to look at.</summary>
    private List<ImportedName> NewsOf(FolderImportRun run) => run.Files()
        .Where(file => file.Outcome != ImportOutcome.AlreadyThere)
        .OrderByDescending(file => file.Outcome)
        .Take(MostShown)
        .Select(file => new ImportedName(NameOf(run, file), file.Outcome, file.SongId, ReasonOf(file)))
        .ToList();

    private static string NameOf(FolderImportRun run, FileImport file) => Path.GetRelativePath(run.Folder, file.Path);

    private string? ReasonOf(FileImport file) =>
        file.Refusal is { } refusal ? problems.Describe(refusal)?.Detail ?? text["Import.CannotRead"] : null;

    private static string Line(params string[] cells) => string.Join(',', cells.Select(Cell));

    /// <summary>A file may be called <c>=HYPERLINK(...)</c>: no spreadsheet shall take a name for a formula.</summary>
    private static string Cell(string value) => $"\"{CellText.Write(value).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
