using MusicRec.Audio.Features;
using MusicRec.Catalog.Indexing;

namespace MusicRec.Catalog.Similarity;

/// <summary>An immutable snapshot of the catalog's vectors and how they are ranked. Readers take no lock.</summary>
public sealed class SimilarityIndex
{
    private readonly Guid[] _ids;
    private readonly Dictionary<Guid, int> _rows;
    private readonly UnitVectors _vectors;
    private readonly NeighbourSearch _search;

    /// <summary>Takes the songs of a version.</summary>
    /// <param name="version">Number, scaler and feature version.</param>
    /// <param name="songs">Songs in the order of their ids, with their vectors.</param>
    /// <param name="ranking">In what order similar songs come.</param>
    /// <param name="cancellationToken">Stops the preparation of the ranking.</param>
    internal SimilarityIndex(
        IndexVersion version, IReadOnlyList<KeyValuePair<Guid, FeatureVector>> songs, Ranking ranking, CancellationToken cancellationToken)
    {
        Version = version.Number;
        FeatureVersion = version.FeatureVersion;
        BuiltAt = version.BuiltAt;
        _ids = [.. songs.Select(song => song.Key)];
        _rows = _ids.Index().ToDictionary(row => row.Item, row => row.Index);
        _vectors = new UnitVectors(version.Scaler, songs.Count, row => songs[row].Value.Means);
        _search = NeighbourSearch.Create(_vectors, ranking, cancellationToken);
    }

    private SimilarityIndex(SimilarityIndex other, Ranking ranking, CancellationToken cancellationToken)
    {
        Version = other.Version;
        FeatureVersion = other.FeatureVersion;
        BuiltAt = other.BuiltAt;
        _ids = other._ids;
        _rows = other._rows;
        _vectors = other._vectors;
        _search = NeighbourSearch.Create(_vectors, ranking, cancellationToken);
    }

    /// <summary>Number of the version, counted from 1.</summary>
    public int Version { get; }

    /// <summary>Version of the features of all its vectors.</summary>
    public int FeatureVersion { get; }

    /// <summary>Songs in it.</summary>
    public int Count => _ids.Length;

    /// <summary>When it was built, UTC.</summary>
    public DateTimeOffset BuiltAt { get; }

    /// <summary>In what order similar songs come.</summary>
    public Ranking Ranking => _search.Ranking;

    /// <summary>The same version in another order.</summary>
    internal SimilarityIndex RankedBy(Ranking ranking, CancellationToken cancellationToken) => new(this, ranking, cancellationToken);

    /// <summary>The songs nearest to a song of this index, without it; null if it is not in this index.</summary>
    internal IReadOnlyList<Hit>? Nearest(Guid song, int count) =>
        _rows.TryGetValue(song, out var asked) ? ToHits(_search.Nearest(_vectors[asked], count, row => row == asked)) : null;

    /// <summary>The songs nearest to a vector of the same feature version.</summary>
    internal IReadOnlyList<Hit> Nearest(FeatureVector features, int count)
    {
        Span<double> unit = stackalloc double[FeatureVector.FeatureCount];
        _vectors.ToUnit(features.Means, unit);
        return ToHits(_search.Nearest(unit, count, _ => false));
    }

    private List<Hit> ToHits(List<Neighbour> neighbours) => neighbours.ConvertAll(hit => new Hit(_ids[hit.Row], hit.Cosine));
}

/// <summary>A song and how similar it is.</summary>
/// <param name="Id">The song.</param>
/// <param name="Similarity">Cosine of the scaled vectors, -1 to 1.</param>
internal readonly record struct Hit(Guid Id, double Similarity);
