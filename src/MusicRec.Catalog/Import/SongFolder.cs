using MusicRec.Audio.Decoding;
using MusicRec.Genres;

namespace MusicRec.Catalog.Import;

/// <summary>A folder of songs on the server's disk.</summary>
public static class SongFolder
{
    /// <summary>
    /// Skips hidden files (macOS leaves <c>._name.wav</c> beside each song on foreign disks), what may not be read, and links,
    /// which may lead round in a circle or out of the folder.
    /// </summary>
    private static readonly EnumerationOptions Walk = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    private static readonly EnumerationOptions Flat = new() { AttributesToSkip = Walk.AttributesToSkip };

    /// <summary>The songs of a folder and all folders below, in the order of their paths.</summary>
    public static IReadOnlyList<string> Songs(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", Walk).Where(HasSongName).Order(StringComparer.Ordinal)];

    private static bool HasSongName(string path) => AudioFormat.FileExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of the folders that lie in a folder.</summary>
    public static IReadOnlyList<string> Folders(string folder) =>
        [.. Directory.EnumerateDirectories(folder, "*", Flat).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    /// <summary>The genre that is the name of the folder of <paramref name="folder"/> in which a song lies; null if it lies in none.</summary>
    public static string? LabelOf(string folder, string file) =>
        Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar) is [var first, _, ..] ? Genre.LabelOf(first) : null;
}
