using Microsoft.Extensions.Options;

namespace MusicRec.Catalog.Import;

/// <summary>Settings of imports from folders of the server.</summary>
public sealed class ImportOptions
{
    /// <summary>Full paths of the folders that may be imported from the administration (<c>Import:Roots</c>); none by default.</summary>
    public string[] Roots { get; set; } = [];
}

/// <summary>The folders of the server that may be imported, and what lies in them.</summary>
public sealed class ImportRoots(IOptions<ImportOptions> options)
{
    /// <summary>The configured folders.</summary>
    public IReadOnlyList<string> All => options.Value.Roots;

    /// <summary>
    /// The full path of a folder below a root, or null if there is none. Links are not followed, so nothing outside of the root
    /// is reached.
    /// </summary>
    /// <param name="root">Number of the root in <see cref="All"/>.</param>
    /// <param name="folder">Names with <c>/</c> between them; empty for the root itself.</param>
    public string? Find(int root, string folder)
    {
        if (root < 0 || root >= All.Count || !Directory.Exists(All[root]))
        {
            return null;
        }

        var path = Path.GetFullPath(All[root]);
        foreach (var name in folder.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name is "." or ".." || name.AsSpan().ContainsAny(Path.GetInvalidFileNameChars()))
            {
                return null;
            }

            path = Path.Combine(path, name);
            if (new DirectoryInfo(path) is not { Exists: true, LinkTarget: null })
            {
                return null;
            }
        }

        return path;
    }
}
