using MusicRec.Audio;
using MusicRec.Audio.Decoding;
using MusicRec.Audio.Features;

namespace MusicRec.Genres.Training;

/// <summary>A file that could not become a row.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">Why, in English.</param>
public sealed record RefusedFile(string Path, string Reason);

/// <summary>How far the building of a data set is.</summary>
/// <param name="Done">Files analysed or refused.</param>
/// <param name="Total">Files found.</param>
public readonly record struct DatasetProgress(int Done, int Total);

/// <summary>Builds a data set from a folder with one sub-folder per genre.</summary>
public static class DatasetBuilder
{
    /// <summary>Analyses every song file below the genre folders, on all processors; the rows are in the order of the paths.</summary>
    /// <param name="folder">Its sub-folders are genres, named in Korean or English; unknown names are labels as they are.</param>
    /// <param name="progress">Told after every file, or null.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">No song file lies in a sub-folder, or all were refused.</exception>
    public static (Dataset Dataset, IReadOnlyList<RefusedFile> Refused) FromFolder(
        string folder, IProgress<DatasetProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var files = FindFiles(folder);
        var vectors = new FeatureVector?[files.Count];
        var reasons = new string?[files.Count];
        var done = 0;
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, files.Count, options, i =>
        {
            try
            {
                using var stream = File.OpenRead(files[i].Path);
                vectors[i] = SongAnalyzer.Analyze(stream, cancellationToken).Features;
            }
            catch (Exception exception) when (exception is AudioFormatException or IOException or UnauthorizedAccessException)
            {
                reasons[i] = exception.Message;
            }

            progress?.Report(new DatasetProgress(Interlocked.Increment(ref done), files.Count));
        });

        var indices = Enumerable.Range(0, files.Count).ToArray();
        var songs = indices.Where(i => vectors[i] is not null).Select(i => (Path.GetFileName(files[i].Path), vectors[i]!, files[i].Label)).ToArray();
        var refused = indices.Where(i => reasons[i] is not null).Select(i => new RefusedFile(files[i].Path, reasons[i]!)).ToArray();
        return songs.Length > 0
            ? (Dataset.FromVectors(songs), refused)
            : throw new InvalidDataException($"No readable song file lies in a sub-folder of {folder}; one sub-folder per genre is expected.");
    }

    /// <summary>Hidden files (macOS leaves <c>._name.mp3</c>) are no songs; links may lead round in a circle, or to a song of another genre.</summary>
    private static readonly EnumerationOptions Walk = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    private static List<(string Path, string Label)> FindFiles(string folder)
    {
        var files =
            from genre in new DirectoryInfo(folder).EnumerateDirectories()
            let label = Genre.LabelOf(genre.Name)
            where label is not null
            from file in genre.EnumerateFiles("*", Walk)
            where AudioFormat.FileExtensions.Contains(file.Extension, StringComparer.OrdinalIgnoreCase)
            select (file.FullName, label);
        return [.. files.OrderBy(file => file.FullName, StringComparer.Ordinal)];
    }
}
