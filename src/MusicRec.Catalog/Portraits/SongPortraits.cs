using Microsoft.Extensions.Logging;
using MusicRec.Audio;
using MusicRec.Audio.Decoding;
using MusicRec.Audio.Portraits;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Catalog.Portraits;

/// <summary>
/// The portraits of songs on disk, named after the hash of their sound: a cache. A visitor's song brings its portrait from its own
/// analysis; that of a catalog song is painted when somebody first looks at it.
/// </summary>
public sealed partial class SongPortraits(
    StorageFolder storage, AnalysisGate gate, UploadLocks locks, TimeProvider time, ILogger<SongPortraits> logger)
{
    /// <summary>Portraits that nobody painted anew for so long are deleted: no upload is kept longer.</summary>
    private static readonly TimeSpan Retention = UploadOptions.Retention;

    /// <summary>About 2 GB; of more, the oldest go.</summary>
    private const int MostFiles = 40_000;

    /// <summary>The portrait of a sound, painted if there is none yet; null if the sound is gone or can no longer be read.</summary>
    /// <param name="sha256">Hash of the file.</param>
    /// <param name="openAudio">Opens the file to be decoded; null if it is missing.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AnalysisBusyException">There is none yet, and too many songs are being analysed.</exception>
    /// <exception cref="AudioStorageException">There is none yet, and the bucket cannot be used.</exception>
    public async Task<SongPortrait?> FindAsync(string sha256, Func<CancellationToken, Task<FileStream?>> openAudio, CancellationToken cancellationToken)
    {
        if (Read(sha256) is { } known)
        {
            return known;
        }

        // Of several who look at a song for the first time one has it painted.
        using var held = await locks.HoldAsync(sha256, cancellationToken);
        if (Read(sha256) is { } justPainted)
        {
            return justPainted;
        }

        var portrait = await gate.RunAsync(() => PaintAsync(openAudio, cancellationToken), cancellationToken);
        if (portrait is not null)
        {
            Keep(sha256, portrait);
        }

        return portrait;
    }

    /// <summary>Keeps a portrait. If the disk is full, or says no, it is painted again when it is wanted.</summary>
    internal void Keep(string sha256, SongPortrait portrait)
    {
        var incoming = Path.Combine(storage.Incoming, $"{Guid.NewGuid():N}.part");
        try
        {
            if (storage.HasRoom())
            {
                File.WriteAllBytes(incoming, portrait.ToBytes());
                File.Move(incoming, PathOf(sha256), overwrite: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotKept(exception);
            File.Delete(incoming);
        }
    }

    /// <summary>Deletes the portrait of a sound that is gone.</summary>
    internal void Delete(string sha256) => File.Delete(PathOf(sha256));

    /// <summary>Deletes portraits that are old, and the oldest of too many.</summary>
    internal void DeleteOld()
    {
        var limit = (time.GetUtcNow() - Retention).UtcDateTime;
        var files = new DirectoryInfo(storage.Portraits).GetFiles().OrderByDescending(file => file.LastWriteTimeUtc);
        foreach (var file in files.Where((file, newer) => newer >= MostFiles || file.LastWriteTimeUtc < limit))
        {
            file.Delete();
        }
    }

    private static async Task<SongPortrait?> PaintAsync(Func<CancellationToken, Task<FileStream?>> openAudio, CancellationToken cancellationToken)
    {
        await using var audio = await openAudio(cancellationToken);
        try
        {
            return audio is null ? null : SongAnalyzer.Portray(audio, cancellationToken: cancellationToken).Portrait;
        }
        catch (AudioFormatException)
        {
            // It was readable when it came: a decoder is missing since, or the file is damaged.
            return null;
        }
    }

    private SongPortrait? Read(string sha256)
    {
        try
        {
            return SongPortrait.FromBytes(File.ReadAllBytes(PathOf(sha256)));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private string PathOf(string sha256) => Path.Combine(storage.Portraits, sha256);

    [LoggerMessage(LogLevel.Warning, "A song's portrait could not be kept")]
    private partial void LogNotKept(Exception exception);
}
