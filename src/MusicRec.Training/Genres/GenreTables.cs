using MusicRec.Audio;
using MusicRec.Audio.Features;
using MusicRec.Genres.Evaluation.Retrieval;
using MusicRec.Genres.Training;
using MusicRec.Training.Corpus;

namespace MusicRec.Training.Genres;

/// <summary>
/// The songs whose style is known as tables for <c>musicrec evaluate</c>, one for each kind of vector, and who made them: the folds
/// of all tables are the same.
/// </summary>
internal static class GenreTables
{
    /// <summary>A style that one artist alone has tells the artist, not the style.</summary>
    private const int LeastArtists = 2;

    /// <summary>Writes <c>NAME.csv</c> for each kind, <c>both.csv</c> of the first two side by side, and <c>artists.csv</c>.</summary>
    /// <param name="music">The folder with the packages.</param>
    /// <param name="kinds">The kinds: first the 26 features, then the embedding.</param>
    /// <param name="folder">Where the tables go.</param>
    /// <param name="log">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two songs.</param>
    public static void Write(string music, IReadOnlyList<(string Name, VectorKind Kind)> kinds, string folder, TextWriter log, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var songs = Songs(music);
        var rows = kinds.Select(_ => new List<DatasetRow>()).ToArray();
        for (var i = 0; i < songs.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var stream = File.OpenRead(Path.Combine(music, songs[i].File));
            var samples = SampleAnalyzer.Read(stream, FeatureVersion.MaxSeconds, cancellationToken);
            for (var kind = 0; kind < kinds.Count; kind++)
            {
                rows[kind].Add(new DatasetRow(NameOf(songs[i]), kinds[kind].Kind.Of(samples, false).Song, songs[i].Genre!));
            }

            log.WriteLine($"{i + 1}/{songs.Count}");
        }

        for (var kind = 0; kind < kinds.Count; kind++)
        {
            new Dataset(Columns(kinds[kind]), rows[kind]).Write(Path.Combine(folder, $"{kinds[kind].Name}.csv"));
        }

        new Dataset([.. Columns(kinds[0]), .. Columns(kinds[1])], [.. rows[0].Zip(rows[1], (one, other) =>
            one with { Values = (double[])[.. one.Values.Span, .. other.Values.Span] })]).Write(Path.Combine(folder, "both.csv"));
        File.WriteAllLines(Path.Combine(folder, "artists.csv"), ["filename,artist", .. songs.Select(song => $"{NameOf(song)},{song.Artist ?? song.Album}")]);
    }

    private static List<RetrievalSong> Songs(string music)
    {
        RetrievalSong[] all = [.. MusicList.Known(music, isHeldOut: false, int.MaxValue), .. MusicList.Known(music, isHeldOut: true, int.MaxValue)];
        return [.. all.Where(song => song.Genre is not null).GroupBy(song => song.Genre)
            .Where(genre => genre.Select(song => song.Artist ?? song.Album).Distinct().Count() >= LeastArtists)
            .SelectMany(genre => genre)];
    }

    private static string NameOf(RetrievalSong song) => song.File.Replace('/', '-').Replace(',', ' ').Replace('"', ' ');

    private static IReadOnlyList<string> Columns((string Name, VectorKind Kind) kind) => kind.Name == "features"
        ? FeatureVector.Names
        : [.. Enumerable.Range(1, kind.Kind.Dimensions).Select(i => $"{kind.Name}{i}")];
}
