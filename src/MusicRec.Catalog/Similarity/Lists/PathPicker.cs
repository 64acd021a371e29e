namespace MusicRec.Catalog.Similarity.Lists;

/// <summary>
/// A way of songs from one to another: at even steps of the arc between the two, the nearest song that may be in the list. The
/// songs are put in the order in which they lie on the way, so that it never turns back.
/// </summary>
internal static class PathPicker
{
    /// <summary>Rows from the first to the last, no row twice; fewer than asked for only if no other row may be on the way.</summary>
    /// <param name="search">The table.</param>
    /// <param name="picker">Knows the rules; nothing was picked with it.</param>
    /// <param name="from">The first row.</param>
    /// <param name="to">The last row, another one.</param>
    /// <param name="count">Rows wanted with both ends, 2 or more.</param>
    public static List<int> Pick(NeighbourSearch search, ListPicker picker, int from, int to, int count)
    {
        var (first, last) = (search.Vectors[from], search.Vectors[to]);
        picker.Include(from);
        picker.Include(to);
        var between = new List<int>();
        for (var step = 1; step < count - 1; step++)
        {
            var point = SeedBlend.Between(first, last, (double)step / (count - 1));
            between.AddRange(picker.Pick(point, 1).Select(hit => hit.Row));
        }

        return [from, .. between.OrderBy(row => Progress(first, last, search.Vectors[row])).ThenBy(row => row), to];
    }

    /// <summary>How far on the way from one vector to another a third one is: 0 at the first, 1 at the last.</summary>
    internal static double Progress(double[] from, double[] to, double[] unit)
    {
        var (near, far) = (UnitVectors.Cosine(from, unit), UnitVectors.Cosine(to, unit));
        var ends = UnitVectors.Cosine(from, to);
        if (ends >= 1)
        {
            return 0;
        }

        // The angle of the vector's shadow in the plane of both ends, from the first one.
        var across = (far - (near * ends)) / Math.Sqrt(Math.Max(1e-24, 1 - (ends * ends)));
        return Math.Atan2(across, near) / Math.Acos(ends);
    }
}
