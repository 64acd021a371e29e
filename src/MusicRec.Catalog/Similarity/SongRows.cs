namespace MusicRec.Catalog.Similarity;

/// <summary>
/// The songs of an index version in the order of their ids, with the numbers they are compared by, as stored. Immutable: the
/// next version is another object, but rows that did not change lie in the same memory for both.
/// </summary>
/// <remarks>
/// The rows lie in chunks in the order they were read; a table says where the row of each song is. Rows that were replaced or
/// deleted stay behind in their chunk until <see cref="IsSparse"/>.
/// </remarks>
internal sealed class SongRows
{
    private readonly Guid[] _ids;
    private readonly int[] _places;
    private readonly List<byte[]> _chunks;
    private readonly int _used;

    /// <summary>Takes over what <see cref="SongRowsBuilder"/> made.</summary>
    /// <param name="featureVersion">Feature version of all rows.</param>
    /// <param name="number">The index version.</param>
    /// <param name="ids">In order.</param>
    /// <param name="places">Of each id, where in the chunks its row is.</param>
    /// <param name="chunks">The rows.</param>
    /// <param name="used">Places of the chunks that were ever used.</param>
    public SongRows(int featureVersion, int number, Guid[] ids, int[] places, List<byte[]> chunks, int used)
    {
        FeatureVersion = featureVersion;
        Number = number;
        _ids = ids;
        _places = places;
        _chunks = chunks;
        _used = used;
    }

    public int FeatureVersion { get; }

    /// <summary>The index version these are the songs of.</summary>
    public int Number { get; }

    public int Count => _ids.Length;

    /// <summary>Whether so much of the memory is left behind that the rows are better read anew.</summary>
    public bool IsSparse => _used - Count > Math.Max(SongRowsBuilder.ChunkRows, Count / 4);

    public ReadOnlySpan<Guid> Ids => _ids;

    /// <summary>Whether there is the embedding of each song.</summary>
    public bool HasSound => SongVector.HasSound(FeatureVersion);

    /// <summary>The means of a song.</summary>
    public ReadOnlySpan<double> Means(int row) => SongVector.MeansOf(ComparedOf(row));

    /// <summary>Writes the numbers of a song.</summary>
    /// <param name="row">The song.</param>
    /// <param name="numbers">Receives its 26 means, or these and the 64 numbers of the embedding.</param>
    public void Copy(int row, Span<double> numbers) => SongVector.Copy(ComparedOf(row), numbers);

    /// <summary>The row of a song, or a negative number.</summary>
    public int Find(Guid id) => Array.BinarySearch(_ids, id);

    /// <summary>Begins the next version with these rows.</summary>
    public SongRowsBuilder Continue() => new(FeatureVersion, _ids, _places, _chunks, _used);

    private ReadOnlySpan<byte> ComparedOf(int row)
    {
        var (place, bytes) = (_places[row], SongVector.ComparedBytes(FeatureVersion));
        return _chunks[place / SongRowsBuilder.ChunkRows].AsSpan(place % SongRowsBuilder.ChunkRows * bytes, bytes);
    }
}
