using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Evaluation.Retrieval;

namespace MusicRec.Catalog.Similarity.Quality;

/// <summary>
/// Measures how well songs are found by one kind of vector, with columns scaled to mean 0 and deviation 1 over the songs as the index
/// does (<see cref="RetrievalSpace"/>). The same vectors have the same numbers, whatever machine measures.
/// </summary>
public static class RetrievalMeter
{
    /// <summary>Windows compared at most.</summary>
    public const int MostWindows = 5000;

    private const int ListLength = RankingMeter.ListLength;

    /// <summary>Measures all kinds of vectors of the same songs.</summary>
    /// <param name="command">The command that does it again.</param>
    /// <param name="songs">What is known of each song; three or more.</param>
    /// <param name="tables">Their vectors in the same order, in each kind.</param>
    /// <param name="refused">Files that could not be read, and why.</param>
    /// <param name="cancellationToken">Stops the measurement.</param>
    public static RetrievalReport Report(
        string command, IReadOnlyList<RetrievalSong> songs, IReadOnlyList<VectorTable> tables, IReadOnlyList<string> refused, CancellationToken cancellationToken) =>
        new(
            command,
            songs.Count,
            songs.Count(song => song.Genre is not null),
            ToGroups(songs.Select(song => song.Artist)).Where(group => group != ListMeasures.Unknown).Distinct().Count(),
            ToGroups(songs.Select(song => song.Album)).Where(group => group != ListMeasures.Unknown).Distinct().Count(),
            refused,
            [.. tables.Select(table => Measure(songs, table, cancellationToken))]);

    /// <summary>Measures a table.</summary>
    /// <param name="songs">What is known of each song; three or more.</param>
    /// <param name="table">Their vectors in the same order.</param>
    /// <param name="cancellationToken">Stops the measurement.</param>
    /// <exception cref="ArgumentException">Fewer than three songs, or not as many vectors.</exception>
    public static RetrievalQuality Measure(IReadOnlyList<RetrievalSong> songs, VectorTable table, CancellationToken cancellationToken)
    {
        if (songs.Count < 3 || table.Songs.Count != songs.Count || table.Copies.Any(copy => copy.Vectors.Count != songs.Count))
        {
            throw new ArgumentException($"{songs.Count} songs with {table.Songs.Count} vectors cannot be measured.", nameof(table));
        }

        var space = RetrievalSpace.Of(table.Kind, [.. table.Songs.Select(song => song.Song)]);
        var genres = ToGroups(songs.Select(song => song.Genre));
        var artists = ToGroups(songs.Select(song => song.Artist));
        var albums = ToGroups(songs.Select(song => song.Album));
        bool Related(int song, int other) => Same(artists, song, other) || Same(albums, song, other);

        var lists = Lists(space, (_, _) => false, cancellationToken);
        var unrelated = Lists(space, Related, cancellationToken);
        var occurrences = ListMeasures.Occurrences(lists);
        return new RetrievalQuality(
            table.Kind.Name,
            table.Kind.Dimensions,
            Bootstrap.Estimate(ListMeasures.Precision(lists, genres), ListMeasures.Mean),
            Bootstrap.Estimate(ListMeasures.Precision(unrelated, genres), ListMeasures.Mean),
            Bootstrap.Estimate(ListMeasures.PrecisionOfPaired(lists, artists), ListMeasures.Mean),
            Bootstrap.Estimate(ListMeasures.HitOfPaired(lists, artists), ListMeasures.Mean),
            Bootstrap.Estimate(ListMeasures.HitOfPaired(lists, albums), ListMeasures.Mean),
            Bootstrap.Estimate(occurrences, ListMeasures.Skewness)!.Value,
            Bootstrap.Estimate(Array.ConvertAll(occurrences, count => count == 0 ? 1.0 : 0), ListMeasures.Mean)!.Value,
            [.. table.Copies.Where(copy => copy.Vectors.Any(vector => vector is not null)).Select(copy => Measure(copy.Name, copy.Vectors, space, lists))],
            MeasureWindows(table, cancellationToken));
    }

    private static CopyQuality Measure(string name, IReadOnlyList<double[]?> copies, RetrievalSpace songs, int[][] lists)
    {
        var (first, inFive, kept) = (new List<double>(), new List<double>(), new List<double>());
        for (var song = 0; song < copies.Count; song++)
        {
            if (copies[song] is not { } copy)
            {
                continue;
            }

            var nearest = songs.Nearest(copy, ListLength + 1, _ => false);
            first.Add(nearest[0] == song ? 1 : 0);
            inFive.Add(nearest.Take(ListLength).Contains(song) ? 1 : 0);
            var others = nearest.Where(row => row != song).Take(ListLength);
            kept.Add((double)others.Intersect(lists[song]).Count() / lists[song].Length);
        }

        return new CopyQuality(name, first.Count, Mean(first), Mean(inFive), Mean(kept));
    }

    /// <summary>As many windows of each song as fit, spread over it.</summary>
    private static WindowQuality? MeasureWindows(VectorTable table, CancellationToken cancellationToken)
    {
        var taking = table.Songs.Where(song => song.Windows.Count > 1).Take(MostWindows / 2).ToArray();
        if (taking.Length < 2)
        {
            return null;
        }

        var each = MostWindows / taking.Length;
        var chosen = taking.SelectMany((song, number) => Spread(song.Windows, each).Select(window => (Song: number, Window: window))).ToArray();
        var space = RetrievalSpace.Of(table.Kind, [.. chosen.Select(window => window.Window)]);
        var lists = Lists(space, (_, _) => false, cancellationToken);
        var shares = Enumerable.Range(0, chosen.Length)
            .Select(window => (chosen[window].Song, Share: (double)lists[window].Count(other => chosen[other].Song == chosen[window].Song) / lists[window].Length))
            .GroupBy(window => window.Song, window => window.Share)
            .ToArray();
        return new WindowQuality(
            chosen.Length, taking.Length,
            Mean([.. shares.Select(song => song.Average(share => share > 0 ? 1.0 : 0))]),
            Mean([.. shares.Select(song => song.Average())]));
    }

    private static IEnumerable<double[]> Spread(IReadOnlyList<double[]> windows, int most) => windows.Count <= most
        ? windows
        : Enumerable.Range(0, most).Select(i => windows[i * windows.Count / most]);

    private static Estimate Mean(List<double> values) => Bootstrap.Estimate([.. values], ListMeasures.Mean)!.Value;

    private static int[][] Lists(RetrievalSpace space, Func<int, int, bool> leaveOut, CancellationToken cancellationToken)
    {
        var lists = new int[space.Count][];
        Parallel.For(0, lists.Length, new ParallelOptions { CancellationToken = cancellationToken }, row =>
            lists[row] = space.Nearest(row, ListLength, other => other == row || leaveOut(row, other)));
        return lists;
    }

    private static bool Same(int[] groups, int song, int other) => groups[song] != ListMeasures.Unknown && groups[song] == groups[other];

    private static int[] ToGroups(IEnumerable<string?> names)
    {
        var numbers = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        return [.. names.Select(name => string.IsNullOrWhiteSpace(name) ? ListMeasures.Unknown : NumberOf(name.Trim()))];

        int NumberOf(string name)
        {
            numbers.TryAdd(name, numbers.Count);
            return numbers[name];
        }
    }
}
