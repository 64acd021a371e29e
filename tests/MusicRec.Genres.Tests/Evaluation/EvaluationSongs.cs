using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Training;

namespace MusicRec.Genres.Tests.Evaluation;

/// <summary>Made-up songs of genres that overlap, each by one of several artists.</summary>
internal static class EvaluationSongs
{
    public static readonly string[] Columns = ["x", "y"];

    public static EvaluationSong Make(string name, string label = "A", string? artist = null, double x = double.NaN, string? hash = null) =>
        new(name, new[] { double.IsNaN(x) ? name.Aggregate(17, (hash, character) => unchecked(31 * hash + character)) : x, 1 }, label, artist, hash);

    /// <summary>Songs around (0, 0), (2, 0), ... by genre, with deviation about 1; artists have three songs each.</summary>
    public static EvaluationSong[] Many(int songsPerLabel, int labels, bool withArtists, int seed = 1)
    {
        var random = new Random(seed);
        return
        [
            .. from label in Enumerable.Range(0, labels)
               from song in Enumerable.Range(0, songsPerLabel)
               select new EvaluationSong(
                   $"{label}-{song}.wav", new[] { 2 * label + Noise(random), Noise(random) }, $"genre {label}",
                   withArtists ? $"artist {label}-{song / 3}" : null),
        ];
    }

    public static Dataset TableOf(IEnumerable<EvaluationSong> songs) =>
        new(Columns, [.. songs.Select(song => new DatasetRow(song.FileName, song.Values, song.Label))]);

    private static double Noise(Random random) => 2 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
}
