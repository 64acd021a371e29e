namespace MusicRec.Catalog.Similarity;

/// <summary>A row near to the asked vector.</summary>
/// <param name="Row">Its number in the table.</param>
/// <param name="Cosine">-1 to 1.</param>
/// <param name="Score">What it is ranked by, more is nearer.</param>
internal readonly record struct Neighbour(int Row, double Cosine, double Score)
{
    /// <summary>Lower scores first; of equal ones the later row.</summary>
    public static IComparer<Neighbour> WorstFirst { get; } = Comparer<Neighbour>.Create((left, right) =>
        left.Score == right.Score ? right.Row.CompareTo(left.Row) : left.Score.CompareTo(right.Score));
}
