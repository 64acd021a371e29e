namespace MusicRec.Catalog.Similarity;

/// <summary>The exact nearest rows of a table to a vector, by either ranking. Readers take no lock.</summary>
internal sealed class NeighbourSearch
{
    private readonly UnitVectors _vectors;
    private readonly double[]? _scales;

    private NeighbourSearch(UnitVectors vectors, double[]? scales)
    {
        _vectors = vectors;
        _scales = scales;
    }

    public Ranking Ranking => _scales is null ? Ranking.Cosine : Ranking.LocalScaling;

    /// <summary>Prepares a ranking; local scaling looks at every pair of rows, in parallel.</summary>
    public static NeighbourSearch Create(UnitVectors vectors, Ranking ranking, CancellationToken cancellationToken) =>
        new(vectors, ranking == Ranking.LocalScaling ? LocalScales.Compute(vectors, cancellationToken) : null);

    /// <summary>The nearest rows, best first, ties by row.</summary>
    /// <param name="unit">Scaled as the table.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="except">Rows that are no answer.</param>
    public List<Neighbour> Nearest(ReadOnlySpan<double> unit, int count, Predicate<int> except)
    {
        var best = new List<Neighbour>(Math.Min(count, _vectors.Count) + 1);
        for (var row = 0; row < _vectors.Count && count > 0; row++)
        {
            var cosine = UnitVectors.Cosine(unit, _vectors[row]);
            var score = _scales is null ? cosine : LocalScore(cosine, _scales[row]);
            if ((best.Count < count || score > best[^1].Score) && !except(row))
            {
                Insert(best, new Neighbour(row, cosine, score), count);
            }
        }

        return best;
    }

    /// <summary>
    /// Falls as 2 (1 - cosine) / (scale of the asked vector · scale of the row) rises: the squared distance of unit vectors is
    /// 2 (1 - cosine), and neither the 2 nor the asked vector's own scale changes the order of its list.
    /// </summary>
    private static double LocalScore(double cosine, double scale) => (cosine - 1) / scale;

    /// <summary>Behind all rows of the same score: they come in order, so ties stay in it.</summary>
    private static void Insert(List<Neighbour> best, Neighbour neighbour, int count)
    {
        var place = best.Count;
        while (place > 0 && best[place - 1].Score < neighbour.Score)
        {
            place--;
        }

        best.Insert(place, neighbour);
        if (best.Count > count)
        {
            best.RemoveAt(count);
        }
    }
}

/// <summary>A row near to the asked vector.</summary>
/// <param name="Row">Its number in the table.</param>
/// <param name="Cosine">-1 to 1.</param>
/// <param name="Score">What it is ranked by, more is nearer.</param>
internal readonly record struct Neighbour(int Row, double Cosine, double Score);
