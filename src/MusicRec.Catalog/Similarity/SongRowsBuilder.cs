namespace MusicRec.Catalog.Similarity;

/// <summary>Makes the <see cref="SongRows"/> of a version: from nothing, or from those of an earlier one and what changed since.</summary>
internal sealed class SongRowsBuilder
{
    /// <summary>Rows in a chunk: a change costs at most the copy of one.</summary>
    public const int ChunkRows = 2048;

    private readonly int _featureVersion;
    private readonly int _rowBytes;
    private readonly Guid[] _knownIds;
    private readonly int[] _knownPlaces;
    private readonly List<byte[]> _chunks;
    private readonly List<Guid> _newIds = [];
    private readonly int _firstNew;
    private int _used;

    /// <summary>Begins with nothing.</summary>
    /// <param name="featureVersion">Of all rows.</param>
    public SongRowsBuilder(int featureVersion)
        : this(featureVersion, [], [], [], 0)
    {
    }

    /// <summary>Begins with the rows of an earlier version, which stay as they are.</summary>
    public SongRowsBuilder(int featureVersion, Guid[] ids, int[] places, List<byte[]> chunks, int used)
    {
        _featureVersion = featureVersion;
        _rowBytes = SongVector.ComparedBytes(featureVersion);
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
    /// <param name="id">The song.</param>
    /// <param name="compared">As <see cref="SongVector.TryGetCompared"/> has them.</param>
    /// <exception cref="ArgumentException">They are of another feature version.</exception>
    public void Add(Guid id, ReadOnlySpan<byte> compared)
    {
        if (_used == _chunks.Count * ChunkRows)
        {
            _chunks.Add(GC.AllocateUninitializedArray<byte>(ChunkRows * _rowBytes));
        }

        if (compared.Length != _rowBytes)
        {
            throw new ArgumentException($"{compared.Length} bytes are no numbers of feature version {_featureVersion}.", nameof(compared));
        }

        compared.CopyTo(_chunks[^1].AsSpan(_used % ChunkRows * _rowBytes, _rowBytes));
        _newIds.Add(id);
        _used++;
    }

    /// <summary>How many songs there are now.</summary>
    public int Count() => Merge().Ids.Length;

    /// <summary>The rows of a version.</summary>
    /// <param name="number">The index version.</param>
    /// <param name="isThere">Songs of which it is not true are left out.</param>
    public SongRows Build(int number, Predicate<Guid>? isThere = null)
    {
        var (ids, places) = Merge();
        if (isThere is not null)
        {
            var there = Enumerable.Range(0, ids.Length).Where(row => isThere(ids[row])).ToArray();
            (ids, places) = (Array.ConvertAll(there, row => ids[row]), Array.ConvertAll(there, row => places[row]));
        }

        return new SongRows(_featureVersion, number, ids, places, _chunks, _used);
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
