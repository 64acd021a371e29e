namespace MusicRec.Cli;

/// <summary>The file a command is to write.</summary>
internal static class OutputFile
{
    /// <summary>Makes its folder before hours of work, not after them.</summary>
    /// <exception cref="CommandException">A folder has that name.</exception>
    public static string Prepare(string path)
    {
        if (Directory.Exists(path))
        {
            throw new CommandException($"{path} is a folder; a file name is wanted.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return path;
    }
}
