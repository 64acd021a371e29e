using MusicRec.Catalog.Import;

namespace MusicRec.Web.Features.Admin.ImportFolders;

/// <summary>The folders to choose from, and the running or latest import.</summary>
/// <param name="Roots">Full paths of the configured folders.</param>
/// <param name="Root">Number of the chosen one.</param>
/// <param name="Folder">The chosen folder below it; empty for itself.</param>
/// <param name="Folders">Names of the folders in there; null if it is not there.</param>
/// <param name="Run">The import, or null before the first.</param>
/// <param name="News">Its files that are new, changed or refused, as far as they are shown.</param>
/// <param name="Problem">What was wrong with the choice, or null.</param>
public sealed record ImportPage(
    IReadOnlyList<string> Roots, int Root, string Folder, IReadOnlyList<string>? Folders, ImportView? Run, IReadOnlyList<ImportedName> News, string? Problem)
{
    /// <summary>The folder above the chosen one.</summary>
    public string Parent => Folder.LastIndexOf('/') is >= 0 and var slash ? Folder[..slash] : "";
}

/// <summary>An import in words of the administrator's language; the page shows it, and its script asks for it again.</summary>
public sealed record ImportView(
    bool IsRunning, string Folder, string State, int Total, int Finished, int Added, int AlreadyThere, int Changed, int Refused, string Speed, string TimeLeft);

/// <summary>What became of one file.</summary>
public sealed record ImportedName(string Name, ImportOutcome Outcome, Guid? SongId, string? Reason);
