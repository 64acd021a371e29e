namespace MusicRec.Genres.Training;

/// <summary>Row numbers of the two parts of a data set.</summary>
/// <param name="Training">Rows to fit to.</param>
/// <param name="HeldOut">Rows to evaluate on.</param>
public sealed record StratifiedSplit(IReadOnlyList<int> Training, IReadOnlyList<int> HeldOut)
{
    /// <summary>
    /// Splits so that each label gives the same share, rounded; at least one row of each label stays for training, and
    /// with a share above 0 one of each label that has two or more is held out.
    /// </summary>
    /// <param name="labels">The label of each row.</param>
    /// <param name="heldOutShare">0 to 0.9.</param>
    /// <param name="random">Decides which rows.</param>
    public static StratifiedSplit Make(IReadOnlyList<int> labels, double heldOutShare, Random random)
    {
        var training = new List<int>();
        var heldOut = new List<int>();
        foreach (var group in Enumerable.Range(0, labels.Count).GroupBy(row => labels[row]).OrderBy(group => group.Key))
        {
            var rows = group.ToArray();
            random.Shuffle(rows);
            var count = heldOutShare == 0 || rows.Length == 1
                ? 0
                : Math.Clamp((int)Math.Round(rows.Length * heldOutShare), 1, rows.Length - 1);
            heldOut.AddRange(rows[..count]);
            training.AddRange(rows[count..]);
        }

        return new StratifiedSplit([.. training.Order()], [.. heldOut.Order()]);
    }
}
