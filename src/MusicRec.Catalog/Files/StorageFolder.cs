namespace MusicRec.Catalog.Files;

/// <summary>Where everything lies that the program writes (<c>Storage:Path</c>).</summary>
/// <param name="root">Full path of the folder.</param>
/// <param name="leastFreeBytes">Room that files from outside must leave on its disk.</param>
public sealed class StorageFolder(string root, long leastFreeBytes = StorageFolder.DefaultLeastFreeBytes)
{
    /// <summary>512 MiB: the database needs room, too, and visitors must not take it.</summary>
    public const long DefaultLeastFreeBytes = 512L << 20;

    /// <summary>Full path of the folder.</summary>
    public string Root => root;

    /// <summary>The SQLite file, unless <c>Catalog:ConnectionString</c> names another.</summary>
    public string Database => Path.Combine(root, "catalog.db");

    /// <summary>Audio of catalog songs, named after their ids.</summary>
    public string Songs => Path.Combine(root, "songs");

    /// <summary>Covers of catalog songs, named after their ids.</summary>
    public string Covers => Path.Combine(root, "covers");

    /// <summary>What can be shown of sounds, named after the hashes of their files; may be deleted at any time.</summary>
    public string Portraits => Path.Combine(root, "portraits");

    /// <summary>Audio of uploads, named after their hashes.</summary>
    public string Uploads => Path.Combine(root, "uploads");

    /// <summary>Files on their way in.</summary>
    public string Incoming => Path.Combine(root, "incoming");

    /// <summary>The administrator's own genre model: <c>live.onnx</c> and <c>live.json</c>.</summary>
    public string Models => Path.Combine(root, "models");

    /// <summary>Backups that were made here.</summary>
    public string Backups => Path.Combine(root, "backups");

    /// <summary>Data-protection keys of the web application.</summary>
    public string Keys => Path.Combine(root, "keys");

    /// <summary>Whether the disk has room for files from outside.</summary>
    public bool HasRoom() => new DriveInfo(root).AvailableFreeSpace >= leastFreeBytes;

    /// <summary>Makes the folders that are missing.</summary>
    internal void Create()
    {
        foreach (var folder in (string[])[Songs, Covers, Portraits, Uploads, Incoming, Models, Backups, Keys])
        {
            Directory.CreateDirectory(folder);
        }
    }
}
