namespace MusicRec.Catalog.Map;

/// <summary>
/// The map in three columns and three rows, numbered from the top left: each column has a third of the songs, and so has each row. For
/// those who read the map as a list.
/// </summary>
public sealed class MapRegions
{
    /// <summary>Columns and rows.</summary>
    public const int Side = 3;

    private readonly List<int>[] _points = [.. Enumerable.Range(0, Side * Side).Select(_ => new List<int>())];

    internal MapRegions(SongMap map)
    {
        var columns = Thirds(map, map.X);
        var rows = Thirds(map, map.Y);
        for (var point = 0; point < map.Count; point++)
        {
            if (map.GroupOfPoint[point] != SongMap.Hidden)
            {
                var column = columns.Count(bound => map.X[point] > bound);
                var row = rows.Count(bound => map.Y[point] <= bound);
                _points[(row * Side) + column].Add(point);
            }
        }

        var (x, y) = (map.X.ToArray(), map.Y.ToArray());
        for (var region = 0; region < _points.Length; region++)
        {
            _points[region] = [.. _points[region].OrderBy(point => x[point]).ThenByDescending(point => y[point]).ThenBy(point => point)];
        }
    }

    /// <summary>How many regions there are.</summary>
    public int Count => _points.Length;

    /// <summary>The points of a region from left to right.</summary>
    /// <param name="region">0 at the top left to 8 at the bottom right.</param>
    public IReadOnlyList<int> Points(int region) => _points[region];

    /// <summary>Places of which a third, and two thirds, of the shown points lie at or below.</summary>
    private static short[] Thirds(SongMap map, ReadOnlySpan<short> places)
    {
        var shown = new List<short>(map.Count);
        for (var point = 0; point < places.Length; point++)
        {
            if (map.GroupOfPoint[point] != SongMap.Hidden)
            {
                shown.Add(places[point]);
            }
        }

        shown.Sort();
        return shown.Count == 0 ? [] : [.. Enumerable.Range(1, Side - 1).Select(third => shown[(third * (shown.Count - 1)) / Side])];
    }
}
