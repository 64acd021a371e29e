namespace MusicRec.Audio.Decoding;

/// <summary>Finds ffmpeg, and gives it files by name.</summary>
internal static class Ffmpeg
{
    /// <summary>Most time for one file.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(60);

    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>Absolute path of the program; null if the machine has none.</summary>
    public static string? Program => Found.Value;

    /// <summary>Starts decoding a file by its name; a stream without one is copied to a temporary file first.</summary>
    /// <param name="program">Path of ffmpeg.</param>
    /// <param name="audio">The file, at its first byte.</param>
    /// <param name="format">What it was recognised as.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    public static FfmpegSource Open(string program, Stream audio, AudioFormat format, CancellationToken cancellationToken)
    {
        if (audio is FileStream { Position: 0 } file)
        {
            return new FfmpegSource(program, Path.GetFullPath(file.Name), null, format, MostTime, cancellationToken);
        }

        var path = Path.Combine(Path.GetTempPath(), $"musicrec-{Guid.NewGuid():N}");
        var copy = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, 1 << 16, FileOptions.DeleteOnClose);
        try
        {
            audio.CopyTo(copy);
            copy.Flush();
            return new FfmpegSource(program, path, copy, format, MostTime, cancellationToken);
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <summary>Only absolute folders of PATH count: what lies in the working folder is not run.</summary>
    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Where(Path.IsPathFullyQualified)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg"))
        .FirstOrDefault(File.Exists);
}
