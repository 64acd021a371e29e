namespace MusicRec.Genres.Evaluation;

/// <summary>Songs of a test part that a model has met in training, in a way.</summary>
/// <param name="Kind">What they share with songs of the training part, e.g. <c>artist</c>.</param>
/// <param name="Songs">How many songs of the table are met so in at least one fold.</param>
/// <param name="Examples">Pairs (song of the test part, song of the training part), a few, by name.</param>
public sealed record Leak(string Kind, int Songs, IReadOnlyList<LeakedPair> Examples);

/// <summary>A song of the test part and one of the training part.</summary>
/// <param name="Test">File name of the song of the test part.</param>
/// <param name="Training">File name of the song of the training part.</param>
public sealed record LeakedPair(string Test, string Training);

/// <summary>Looks for what makes a measured accuracy too good: the same song, recording or artist in both parts.</summary>
public static class LeakCheck
{
    private const int MostExamples = 5;

    /// <summary>The kinds of leak between the parts of any fold; empty when there is none.</summary>
    /// <param name="songs">The songs.</param>
    /// <param name="folds">Row numbers into <paramref name="songs"/>.</param>
    public static IReadOnlyList<Leak> Find(IReadOnlyList<EvaluationSong> songs, IReadOnlyList<Fold> folds) =>
        [.. SongTrait.All.Select(trait => Find(trait, songs, folds)).OfType<Leak>()];

    private static Leak? Find(SongTrait trait, IReadOnlyList<EvaluationSong> songs, IReadOnlyList<Fold> folds)
    {
        var values = songs.Select(trait.Of).ToArray();
        var leaked = new SortedDictionary<int, int>();
        foreach (var fold in folds)
        {
            var seen = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var song in fold.Training)
            {
                if (values[song] is { } value)
                {
                    seen.TryAdd(value, song);
                }
            }

            foreach (var song in fold.Test)
            {
                if (values[song] is { } value && seen.TryGetValue(value, out var twin))
                {
                    leaked.TryAdd(song, twin);
                }
            }
        }

        return leaked.Count == 0
            ? null
            : new Leak(trait.Name, leaked.Count, [.. leaked.Take(MostExamples).Select(pair => new LeakedPair(songs[pair.Key].FileName, songs[pair.Value].FileName))]);
    }
}
