namespace MusicRec.Training.Genres;

/// <summary>A slice of three seconds that a genre is known of.</summary>
/// <param name="Steps">Its segment in steps of decibels.</param>
/// <param name="Window">Which window of it.</param>
/// <param name="Genre">Number of its genre.</param>
/// <param name="Song">Number of its song.</param>
/// <param name="Group">Number of its artist, or its package where there are many artists.</param>
internal sealed record Slice(byte[] Steps, int Window, int Genre, int Song, int Group);

/// <summary>What is kept together when slices are divided into two halves.</summary>
internal static class SliceSplits
{
    /// <summary>By slice, as the original project did; by song; by artist or package.</summary>
    public static readonly IReadOnlyList<(string Name, Func<Slice, int, int> Unit)> All =
        [("slices (leaks)", (_, i) => i), ("songs (leaks artists)", (slice, _) => slice.Song), ("artists and packages", (slice, _) => slice.Group)];

    /// <summary>The half of each slice, 0 or 1: the units of each genre are shuffled and dealt out in turn.</summary>
    /// <param name="slices">The slices.</param>
    /// <param name="unit">From a slice and its place to the number of what it stays with.</param>
    /// <param name="seed">Decides the shuffling.</param>
    public static int[] Halve(IReadOnlyList<Slice> slices, Func<Slice, int, int> unit, int seed)
    {
        var halves = new int[slices.Count];
        var random = new Random(seed);
        foreach (var genre in Enumerable.Range(0, slices.Count).GroupBy(i => slices[i].Genre).OrderBy(genre => genre.Key))
        {
            var units = genre.Select(i => unit(slices[i], i)).Distinct().Order().ToArray();
            random.Shuffle(units);
            var halfOf = units.Select((number, place) => (number, place)).ToDictionary(pair => pair.number, pair => pair.place % 2);
            foreach (var i in genre)
            {
                halves[i] = halfOf[unit(slices[i], i)];
            }
        }

        return halves;
    }
}
