using System.Text.Json;
using System.Text.RegularExpressions;

namespace MusicRec.Catalog.Backups;

/// <summary>What a backup holds: <c>manifest.json</c>, the last entry of the archive.</summary>
/// <param name="Format">Version of the archive's layout.</param>
/// <param name="MadeAt">UTC.</param>
/// <param name="Songs">Songs of the catalog.</param>
/// <param name="HasAudio">Whether the songs' sound is inside.</param>
/// <param name="Files">Everything else that is inside.</param>
internal sealed partial record BackupManifest(int Format, DateTimeOffset MadeAt, int Songs, bool HasAudio, IReadOnlyList<BackupFile> Files)
{
    public const int CurrentFormat = 1;
    public const string Name = "manifest.json";
    public const string Database = "catalog.db";

    private const int MostFiles = 20_000_000;

    public long Bytes => Files.Sum(file => file.Bytes);

    /// <summary>Reads and checks a manifest: it comes from outside like the rest of the archive.</summary>
    /// <exception cref="BackupException">It is none, or of a newer program.</exception>
    public static BackupManifest Read(Stream json)
    {
        BackupManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<BackupManifest>(json, JsonSerializerOptions.Web);
        }
        catch (JsonException exception)
        {
            throw new BackupException(BackupProblem.NotABackup, "The file is no backup of this program: its manifest cannot be read.", exception);
        }

        if (manifest is { Format: > CurrentFormat })
        {
            throw new BackupException(BackupProblem.Newer, $"The backup has layout {manifest.Format}; this version of the program reads up to {CurrentFormat}.");
        }

        return manifest is { Format: CurrentFormat, Files: { Count: > 0 and <= MostFiles } files }
            && files.All(file => file is { Bytes: >= 0, Sha256.Length: 64 } && file.Name is not null && Knows(file.Name))
            && files.Count(file => file.Name == Database) == 1
            ? manifest
            : throw new BackupException(BackupProblem.NotABackup, "The file is no backup of this program: its manifest names what no backup has.");
    }

    /// <summary>Whether a backup may hold a file of that name.</summary>
    public static bool Knows(string name) => KnownName().IsMatch(name);

    public void Write(Stream json) => JsonSerializer.Serialize(json, this, JsonSerializerOptions.Web);

    /// <summary>One folder deep, no dot in front: no name leads out of the storage folder.</summary>
    [GeneratedRegex(@"\A(catalog\.db|(models|songs|covers)/[0-9A-Za-z_-]{1,100}(\.[0-9a-z]{1,10})?)\z")]
    private static partial Regex KnownName();
}

/// <summary>A file inside a backup.</summary>
/// <param name="Name">Its name in the archive: <c>catalog.db</c>, or a folder of the storage folder and a file of it.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
internal sealed record BackupFile(string Name, long Bytes, string Sha256);

/// <summary>How far a backup or a restore is.</summary>
/// <param name="DoneBytes">Written or read.</param>
/// <param name="TotalBytes">All of it.</param>
public readonly record struct BackupProgress(long DoneBytes, long TotalBytes);
