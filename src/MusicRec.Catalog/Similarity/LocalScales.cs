namespace MusicRec.Catalog.Similarity;

/// <summary>
/// How wide the neighbourhood of each row is: the distance of its unit vector to its tenth neighbour's, exact. Every row is
/// asked for its neighbours, so the time grows with the square of the rows; the memory does not.
/// </summary>
internal static class LocalScales
{
    /// <summary>The neighbour whose distance is taken; the last one where there are fewer.</summary>
    public const int Neighbour = 10;

    /// <summary>For rows with ten twins, whose neighbourhood has no width: nothing is divided by 0.</summary>
    public const double Least = 1e-3;

    /// <summary>Rows that go through the table together.</summary>
    private const int RowsPerBlock = 64;

    /// <summary>Distances between <see cref="Least"/> and 2, in the order of the rows; 1 for an only row.</summary>
    /// <param name="search">The table, ranked by cosine.</param>
    /// <param name="cancellationToken">Stops within a block.</param>
    public static double[] Compute(NeighbourSearch search, CancellationToken cancellationToken)
    {
        var vectors = search.Vectors;
        var scales = new double[vectors.Count];
        if (vectors.Count < 2)
        {
            Array.Fill(scales, 1);
            return scales;
        }

        // One processor stays free for those who ask meanwhile.
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount - 1) };
        Parallel.For(0, (vectors.Count + RowsPerBlock - 1) / RowsPerBlock, options, block =>
        {
            var first = block * RowsPerBlock;
            double[][] units = [.. Enumerable.Range(first, Math.Min(RowsPerBlock, vectors.Count - first)).Select(row => vectors[row])];
            var lists = search.NearestOfEach(units, Neighbour, (asked, row) => row == first + asked);
            for (var i = 0; i < lists.Length; i++)
            {
                scales[first + i] = Math.Max(Least, Math.Sqrt(2 * (1 - lists[i][^1].Cosine)));
            }
        });
        return scales;
    }
}
