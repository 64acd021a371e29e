namespace MusicRec.Catalog.Files;

/// <summary>Gives files their places so that they are whole there, also if the power fails the moment after.</summary>
internal static class FlushedFile
{
    /// <summary>Writes what the system still holds of a file to the disk, then moves it.</summary>
    public static void Move(string path, string target, bool overwrite = false)
    {
        using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 1))
        {
            file.Flush(flushToDisk: true);
        }

        File.Move(path, target, overwrite);
    }

    /// <summary>Copies a file; the copy is there whole or not at all.</summary>
    public static void Copy(string path, string target)
    {
        var part = target + ".part";
        try
        {
            File.Copy(path, part, overwrite: true);
            Move(part, target, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
