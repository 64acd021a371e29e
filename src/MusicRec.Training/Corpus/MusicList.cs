using MusicRec.Catalog.Import;
using MusicRec.Genres.Evaluation.Retrieval;

namespace MusicRec.Training.Corpus;

/// <summary>A package of music, as <c>music.csv</c> lists it.</summary>
/// <param name="Name">The package, a folder below the music folder.</param>
/// <param name="Artist">Who made most of it; empty where there are many.</param>
/// <param name="Genre">Its style; empty where it is mixed.</param>
/// <param name="IsHeldOut">Kept out of training, for measuring.</param>
/// <param name="Licence">Of its tracks, as the package's copyright file has it.</param>
internal sealed record MusicPackage(string Name, string Artist, string Genre, bool IsHeldOut, string Licence);

/// <summary>The music that is trained on and measured on.</summary>
internal static class MusicList
{
    private const int LeastSeconds = 30;

    /// <summary>Where a package has such a folder, what lies elsewhere are sounds of a game.</summary>
    private static readonly string[] MusicFolders = ["music", "tunes"];

    /// <summary>The packages of <c>music.csv</c> beside the program.</summary>
    public static IReadOnlyList<MusicPackage> Packages() =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "music.csv")).Skip(1)
            .Select(line => line.Split(','))
            .Select(cells => new MusicPackage(cells[0], cells[1], cells[2], cells[3] == "held out", cells[4]))];

    /// <summary>The tracks to train on: the first of each package, then the second of each, and so on, so that a part of them is of all.</summary>
    public static IReadOnlyList<(string Path, MusicPackage Package)> ToTrainOn(string folder, int most) => Alternating(folder, isHeldOut: false, most);

    /// <summary>What is known of tracks, in the same order: of those to measure on, or of those to train on.</summary>
    public static IReadOnlyList<RetrievalSong> Known(string folder, bool isHeldOut, int most) =>
        [.. Alternating(folder, isHeldOut, most).Select(track => new RetrievalSong(
            Path.GetRelativePath(folder, track.Path).Replace('\\', '/'), OrNull(track.Package.Genre), OrNull(track.Package.Artist), track.Package.Name))];

    private static List<(string Path, MusicPackage Package)> Alternating(string folder, bool isHeldOut, int most)
    {
        var byPackage = Packages().Where(package => package.IsHeldOut == isHeldOut && Directory.Exists(Path.Combine(folder, package.Name)))
            .Select(package => (Package: package, Songs: new Queue<string>(Songs(Path.Combine(folder, package.Name)))))
            .ToArray();
        var chosen = new List<(string, MusicPackage)>();
        while (chosen.Count < most && byPackage.Any(package => package.Songs.Count > 0))
        {
            foreach (var (package, songs) in byPackage)
            {
                while (chosen.Count < most && songs.TryDequeue(out var song))
                {
                    if (IsLongEnough(song))
                    {
                        chosen.Add((song, package));
                        break;
                    }
                }
            }
        }

        return chosen;
    }

    private static IEnumerable<string> Songs(string package)
    {
        var songs = SongFolder.Songs(package);
        var inFolder = songs.Where(song => Path.GetRelativePath(package, song).Split(Path.DirectorySeparatorChar).SkipLast(1)
            .Any(part => MusicFolders.Contains(part, StringComparer.OrdinalIgnoreCase))).ToArray();
        return inFolder.Length > 0 ? inFolder : songs;
    }

    /// <summary>Jingles and sounds of games lie beside their music.</summary>
    private static bool IsLongEnough(string path)
    {
        const int LeastBytes = 100_000;
        if (new FileInfo(path).Length < LeastBytes)
        {
            return false;
        }

        try
        {
            using var stream = File.OpenRead(path);
            var info = Audio.Decoding.AudioDecoder.ReadInfo(stream);
            return info.Frames >= (long)LeastSeconds * info.SampleRate;
        }
        catch (Exception exception) when (exception is Audio.Decoding.AudioFormatException or IOException)
        {
            return false;
        }
    }

    private static string? OrNull(string text) => text.Length > 0 ? text : null;
}
