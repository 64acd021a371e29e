namespace MusicRec.Catalog.Similarity.Quality;

/// <summary>What can be said of lists of recommended songs, one number per song; songs of which nothing can be said have none.</summary>
internal static class ListMeasures
{
    /// <summary>In place of a group where it is not known.</summary>
    public const int Unknown = -1;

    /// <summary>Share of each list that is in the group of the asked song, among its songs of a known group.</summary>
    /// <param name="lists">List of each song.</param>
    /// <param name="groups">Group of each song.</param>
    public static double[] Precision(int[][] lists, int[] groups)
    {
        var values = new List<double>();
        for (var song = 0; song < lists.Length; song++)
        {
            var known = lists[song].Count(other => groups[other] != Unknown);
            if (groups[song] != Unknown && known > 0)
            {
                values.Add((double)SameGroup(lists, groups, song) / known);
            }
        }

        return [.. values];
    }

    /// <summary>Of each song whose group has another one: the share of its list in that group.</summary>
    public static double[] PrecisionOfPaired(int[][] lists, int[] groups) =>
        [.. Paired(groups).Where(song => lists[song].Length > 0).Select(song => (double)SameGroup(lists, groups, song) / lists[song].Length)];

    /// <summary>Of each song whose group has another one: 1 if one of that group is in its list, else 0.</summary>
    public static double[] HitOfPaired(int[][] lists, int[] groups) =>
        [.. Paired(groups).Select(song => SameGroup(lists, groups, song) > 0 ? 1.0 : 0)];

    /// <summary>In how many lists each song is (its k-occurrence).</summary>
    public static double[] Occurrences(int[][] lists)
    {
        var counts = new double[lists.Length];
        foreach (var song in lists.SelectMany(list => list))
        {
            counts[song]++;
        }

        return counts;
    }

    /// <summary>Mean distance, 1 - cosine, over the pairs of each list of two or more.</summary>
    public static double[] Diversity(int[][] lists, UnitVectors vectors) =>
        [.. lists.Where(list => list.Length > 1).Select(list => MeanDistance(list, vectors))];

    /// <summary>Third standardised moment of a population; 0 if all values are equal.</summary>
    public static double Skewness(double[] values)
    {
        var mean = Mean(values);
        var (squares, cubes) = (0.0, 0.0);
        foreach (var value in values)
        {
            var deviation = value - mean;
            squares += deviation * deviation;
            cubes += deviation * deviation * deviation;
        }

        var variance = squares / values.Length;
        return variance > 0 ? cubes / values.Length / (variance * Math.Sqrt(variance)) : 0;
    }

    /// <summary>Arithmetic mean.</summary>
    public static double Mean(double[] values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private static IEnumerable<int> Paired(int[] groups)
    {
        var sizes = groups.CountBy(group => group).ToDictionary();
        return Enumerable.Range(0, groups.Length).Where(song => groups[song] != Unknown && sizes[groups[song]] > 1);
    }

    private static int SameGroup(int[][] lists, int[] groups, int song) => lists[song].Count(other => groups[other] == groups[song]);

    private static double MeanDistance(int[] list, UnitVectors vectors)
    {
        var sum = 0.0;
        for (var i = 0; i < list.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                sum += 1 - UnitVectors.Cosine(vectors[list[i]], vectors[list[j]]);
            }
        }

        return sum / (list.Length * (list.Length - 1) / 2);
    }
}
