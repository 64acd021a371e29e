namespace MusicRec.Genres.Training;

/// <summary>Divides songs into parts of like size and like mixture of labels, the songs of a group together.</summary>
internal static class GroupedFolds
{
    /// <summary>
    /// The part of each song, 0 to <paramref name="folds"/> - 1. A group larger than a part is no artist but a habit of naming
    /// files: its songs are divided one by one.
    /// </summary>
    /// <param name="labels">The label of each song.</param>
    /// <param name="groups">The group of each song; a song without one (null) stands alone.</param>
    /// <param name="folds">Parts, 2 or more.</param>
    /// <param name="random">Decides among equals.</param>
    public static int[] Make(IReadOnlyList<int> labels, IReadOnlyList<string?> groups, int folds, Random random)
    {
        var largest = Math.Max(1, labels.Count / folds);
        var sizes = groups.Where(group => group is not null).CountBy(group => group!).ToDictionary();
        var units = Enumerable.Range(0, labels.Count)
            .GroupBy(song => groups[song] is { } group && sizes[group] <= largest ? group : $"\0{song}")
            .Select(unit => unit.ToArray())
            .ToArray();
        random.Shuffle(units);

        var counts = new int[folds, labels.Max() + 1];
        var totals = new int[folds];
        var parts = new int[labels.Count];
        foreach (var unit in units.OrderByDescending(unit => unit.Length))
        {
            var part = Enumerable.Range(0, folds).MinBy(fold => (unit.Sum(song => counts[fold, labels[song]]), totals[fold]));
            foreach (var song in unit)
            {
                parts[song] = part;
                totals[part]++;
                counts[part, labels[song]]++;
            }
        }

        return parts;
    }
}
