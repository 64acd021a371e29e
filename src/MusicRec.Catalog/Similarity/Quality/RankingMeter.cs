using MusicRec.Genres;

namespace MusicRec.Catalog.Similarity.Quality;

/// <summary>Measures how good the recommendations of a ranking are. The same table has the same numbers, whatever machine measures.</summary>
public static class RankingMeter
{
    /// <summary>Songs in a list, as on the pages.</summary>
    public const int ListLength = 5;

    /// <summary>Measures a table, scaled to mean 0 and deviation 1 by its own columns.</summary>
    /// <param name="rows">One vector per song, finite, all of the same length; ties come in this order.</param>
    /// <param name="genres">Genre of each song, or null where it is not known.</param>
    /// <param name="artists">Artist of each song, in any case of letters, or null.</param>
    /// <param name="ranking">Which ranking.</param>
    /// <param name="cancellationToken">Stops the measurement.</param>
    /// <exception cref="ArgumentException">No row, rows of different lengths, or not as many genres or artists as rows.</exception>
    public static RankingMeasures Measure(
        IReadOnlyList<double[]> rows, IReadOnlyList<string?> genres, IReadOnlyList<string?> artists, Ranking ranking, CancellationToken cancellationToken)
    {
        if (genres.Count != rows.Count || artists.Count != rows.Count)
        {
            throw new ArgumentException($"{rows.Count} songs have {genres.Count} genres and {artists.Count} artists.", nameof(genres));
        }

        var scaler = FeatureScaler.Fit([.. rows.Select(row => (ReadOnlyMemory<double>)row)]);
        return Measure(new UnitVectors(scaler, rows.Count, (row, values) => rows[row].AsSpan().CopyTo(values)), genres, artists, ranking, cancellationToken);
    }

    internal static RankingMeasures Measure(
        UnitVectors vectors, IReadOnlyList<string?> genres, IReadOnlyList<string?> artists, Ranking ranking, CancellationToken cancellationToken)
    {
        var search = NeighbourSearch.Create(vectors).RankedBy(ranking, cancellationToken);
        var (genreOf, artistOf) = (ToGroups(genres), ToGroups(artists));
        var lists = MakeLists(vectors, search, (_, _) => false, cancellationToken);
        var otherArtists = MakeLists(
            vectors, search, (asked, other) => artistOf[asked] != ListMeasures.Unknown && artistOf[asked] == artistOf[other], cancellationToken);
        var occurrences = ListMeasures.Occurrences(lists);
        return new RankingMeasures(
            vectors.Count,
            Bootstrap.Estimate(ListMeasures.Precision(lists, genreOf), ListMeasures.Mean),
            Bootstrap.Estimate(ListMeasures.Precision(otherArtists, genreOf), ListMeasures.Mean),
            Bootstrap.Estimate(ListMeasures.PrecisionOfPaired(lists, artistOf), ListMeasures.Mean),
            Bootstrap.Estimate(ListMeasures.HitOfPaired(lists, artistOf), ListMeasures.Mean),
            Bootstrap.Estimate(occurrences, ListMeasures.Skewness),
            Bootstrap.Estimate(Array.ConvertAll(occurrences, count => count == 0 ? 1.0 : 0), ListMeasures.Mean),
            Bootstrap.Estimate(ListMeasures.Diversity(lists, vectors), ListMeasures.Mean));
    }

    private static int[][] MakeLists(UnitVectors vectors, NeighbourSearch search, Func<int, int, bool> leaveOut, CancellationToken cancellationToken)
    {
        var lists = new int[vectors.Count][];
        Parallel.For(0, lists.Length, new ParallelOptions { CancellationToken = cancellationToken }, song =>
        {
            var nearest = search.Nearest(vectors[song], ListLength, other => other == song || leaveOut(song, other));
            lists[song] = [.. nearest.Select(neighbour => neighbour.Row)];
        });
        return lists;
    }

    private static int[] ToGroups(IReadOnlyList<string?> names)
    {
        var numbers = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        return [.. names.Select(name => string.IsNullOrWhiteSpace(name) ? ListMeasures.Unknown : Number(numbers, name.Trim()))];
    }

    private static int Number(Dictionary<string, int> numbers, string name)
    {
        numbers.TryAdd(name, numbers.Count);
        return numbers[name];
    }
}
