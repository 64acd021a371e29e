namespace MusicRec.Catalog.Similarity;

/// <summary>Makes the <see cref="SongRows"/> of a version: from nothing, or from those of an earlier one and what changed since.</summary>
internal sealed class SongRowsBuilder
{
    /// <summary>Rows in a chunk: a change costs at most the copy of one.</summary>
    public const int ChunkRows = 2048;

    private readonly Guid[] _knownIds;
    private readonly int[] _knownPlaces;
    private readonly List<double[]> _chunks;
    private readonly List<Guid> _newIds = [];
    private readonly int _firstNew;
    private int _used;

    /// <summary>Begins with nothing.</summary>
    public SongRowsBuilder()
        : this([], [], [], 0)
    {
    }

    /// <summary>Begins with the rows of an earlier version, which stay as they are.</summary>
    public SongRowsBuilder(Guid[] ids, int[] places, List<double[]> chunks, int used)
    {
        _knownIds = ids;
        _knownPlaces = places;
        _chunks = [.. chunks];
        _firstNew = used;
        _used = used;
        if (used % ChunkRows > 0)
        {
            // Others may continue the same rows: the free places of the last chunk are not ours.
            _chunks[^1] = [.. _chunks[^1]];
        }
    }

    /// <summary>Adds a song or replaces its numbers; each song once.</summary>
    public void Add(Guid id, ReadOnlySpan<double> values)
    {
        if (_used == _chunks.Count * ChunkRows)
        {
            _chunks.Add(GC.AllocateUninitializedArray<double>(ChunkRows * SongVector.ComparedCount));
        }

        values.CopyTo(_chunks[^1].AsSpan(_used % ChunkRows * SongVector.ComparedCount, SongVector.ComparedCount));
        _newIds.Add(id);
        _used++;
    }

    /// <summary>How many songs there are now.</summary>
    public int Count() => Merge().Ids.Length;

    /// <summary>The rows of a version.</summary>
    /// <param name="featureVersion">Feature version of all rows.</param>
    /// <param name="number">The index version.</param>
    /// <param name="isThere">Songs of which it is not true are left out.</param>
    public SongRows Build(int featureVersion, int number, Predicate<Guid>? isThere = null)
    {
        var (ids, places) = Merge();
        if (isThere is not null)
        {
            var there = Enumerable.Range(0, ids.Length).Where(row => isThere(ids[row])).ToArray();
            (ids, places) = (Array.ConvertAll(there, row => ids[row]), Array.ConvertAll(there, row => places[row]));
        }

        return new SongRows(featureVersion, number, ids, places, _chunks, _used);
    }

    /// <summary>Known and new songs in the order of their ids; of a song that is both, the new row.</summary>
    private (Guid[] Ids, int[] Places) Merge()
    {
        Guid[] newIds = [.. _newIds];
        int[] newPlaces = [.. Enumerable.Range(_firstNew, newIds.Length)];
        Array.Sort(newIds, newPlaces);
        if (_knownIds.Length == 0)
        {
            return (newIds, newPlaces);
        }

        var ids = new Guid[_knownIds.Length + newIds.Length];
        var places = new int[ids.Length];
        var (count, known) = (0, 0);
        for (var i = 0; i <= newIds.Length; i++)
        {
            // Identities are time-ordered: what is new is mostly behind all that is known.
            var end = i < newIds.Length ? Array.BinarySearch(_knownIds, known, _knownIds.Length - known, newIds[i]) : _knownIds.Length;
            var replaces = end >= 0 && i < newIds.Length;
            end = end < 0 ? ~end : end;
            Array.Copy(_knownIds, known, ids, count, end - known);
            Array.Copy(_knownPlaces, known, places, count, end - known);
            count += end - known;
            known = replaces ? end + 1 : end;
            if (i < newIds.Length)
            {
                (ids[count], places[count]) = (newIds[i], newPlaces[i]);
                count++;
            }
        }

        return (ids[..count], places[..count]);
    }
}
