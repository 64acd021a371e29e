namespace MusicRec.Genres.Evaluation;

/// <summary>One division of the songs into a part to fit to and a part to measure on.</summary>
/// <param name="Repeat">Which repetition of the division it belongs to, from 0.</param>
/// <param name="Training">Row numbers to fit to, ascending.</param>
/// <param name="Test">Row numbers to measure on, ascending.</param>
public sealed record Fold(int Repeat, IReadOnlyList<int> Training, IReadOnlyList<int> Test);

/// <summary>Divides songs for cross-validation.</summary>
public static class Folds
{
    /// <summary>
    /// Stratified grouped k-fold, repeated: no group lies in both parts, and each fold has about the same share of every
    /// label (the greedy rule of scikit-learn's <c>StratifiedGroupKFold</c>; with groups of one song it is exact
    /// stratification). Each repetition has another order of the groups.
    /// </summary>
    /// <param name="labels">Label index of each song.</param>
    /// <param name="groups">Group of each song.</param>
    /// <param name="count">Folds of a repetition, 2 or more.</param>
    /// <param name="repeats">Repetitions, 1 or more.</param>
    /// <param name="seed">Decides the order of the groups.</param>
    /// <exception cref="InvalidDataException">There are fewer groups than folds, or a label lies in one group only.</exception>
    public static IReadOnlyList<Fold> Make(IReadOnlyList<int> labels, IReadOnlyList<int> groups, int count, int repeats, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        var songs = Enumerable.Range(0, labels.Count).ToArray();
        var byGroup = songs.GroupBy(song => groups[song]).Select(group => group.ToArray()).ToArray();
        Require(labels, groups, byGroup.Length, count);

        var folds = new List<Fold>();
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            var assigned = Assign(labels, byGroup, count, new Random(unchecked(seed * 1_000_003 + repeat)));
            folds.AddRange(Enumerable.Range(0, count).Select(fold => new Fold(
                repeat,
                [.. songs.Where(song => assigned[song] != fold)],
                [.. songs.Where(song => assigned[song] == fold)])));
        }

        return folds;
    }

    private static void Require(IReadOnlyList<int> labels, IReadOnlyList<int> groups, int groupCount, int count)
    {
        if (groupCount < count)
        {
            throw new InvalidDataException($"{groupCount} groups of songs cannot be divided into {count} folds.");
        }

        if (Enumerable.Range(0, labels.Count).GroupBy(song => labels[song]).Any(label => label.Select(song => groups[song]).Distinct().Count() < 2))
        {
            throw new InvalidDataException("All songs of a genre are by one artist (or there is only one song): it cannot be in both parts.");
        }
    }

    /// <summary>The fold of each song: the most lopsided groups first, each where it keeps the labels most even.</summary>
    private static int[] Assign(IReadOnlyList<int> labels, int[][] groups, int count, Random random)
    {
        var labelCount = labels.Max() + 1;
        var totals = Counts(labels, Enumerable.Range(0, labels.Count), labelCount);
        var held = Enumerable.Range(0, count).Select(_ => new int[labelCount]).ToArray();
        var assigned = new int[labels.Count];
        random.Shuffle(groups);
        foreach (var group in groups.OrderByDescending(group => Deviation(Counts(labels, group, labelCount).Select(value => (double)value))))
        {
            var counts = Counts(labels, group, labelCount);
            var best = Enumerable.Range(0, count).OrderBy(fold => Unevenness(held, fold, counts, totals)).ThenBy(fold => held[fold].Sum()).First();
            foreach (var song in group)
            {
                held[best][labels[song]]++;
                assigned[song] = best;
            }
        }

        return assigned;
    }

    /// <summary>How unevenly the labels would lie over the folds with a group added to one; rounded, so that equals compare as equal.</summary>
    private static double Unevenness(int[][] held, int fold, int[] added, int[] totals)
    {
        var sum = 0.0;
        for (var label = 0; label < totals.Length; label++)
        {
            if (totals[label] > 0)
            {
                sum += Deviation(held.Select((counts, i) => (counts[label] + (i == fold ? added[label] : 0)) / (double)totals[label]));
            }
        }

        return Math.Round(sum, 10);
    }

    private static int[] Counts(IReadOnlyList<int> labels, IEnumerable<int> songs, int labelCount)
    {
        var counts = new int[labelCount];
        foreach (var song in songs)
        {
            counts[labels[song]]++;
        }

        return counts;
    }

    private static double Deviation(IEnumerable<double> values)
    {
        var all = values.ToArray();
        var mean = all.Average();
        return Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / all.Length);
    }
}
