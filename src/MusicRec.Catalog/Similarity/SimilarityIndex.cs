using MusicRec.Audio.Features;
using MusicRec.Catalog.Indexing;

namespace MusicRec.Catalog.Similarity;

/// <summary>An immutable snapshot of the catalog's vectors and how they are ranked. Readers take no lock.</summary>
public sealed class SimilarityIndex
{
    private readonly NeighbourSearch _search;

    /// <summary>Takes the songs of a version, ranked by cosine.</summary>
    /// <param name="version">Number, scaler and feature version.</param>
    /// <param name="rows">Its songs.</param>
    internal SimilarityIndex(IndexVersion version, SongRows rows)
        : this(version.BuiltAt, rows, NeighbourSearch.Create(new UnitVectors(version.Scaler, rows.Count, row => rows[row])))
    {
    }

    private SimilarityIndex(DateTimeOffset builtAt, SongRows rows, NeighbourSearch search)
    {
        BuiltAt = builtAt;
        Rows = rows;
        _search = search;
    }

    /// <summary>Number of the version, counted from 1.</summary>
    public int Version => Rows.Number;

    /// <summary>Version of the features of all its vectors.</summary>
    public int FeatureVersion => Rows.FeatureVersion;

    /// <summary>Songs in it.</summary>
    public int Count => Rows.Count;

    /// <summary>When it was built, UTC.</summary>
    public DateTimeOffset BuiltAt { get; }

    /// <summary>In what order similar songs come.</summary>
    public Ranking Ranking => _search.Ranking;

    internal SongRows Rows { get; }

    /// <summary>How far a mean lies above that of the catalog, in the catalog's standard deviations.</summary>
    public double LevelOf(AudioFeature feature, double mean) =>
        (mean - _search.Vectors.Scaler.Means[(int)feature]) / _search.Vectors.Scaler.Deviations[(int)feature];

    /// <summary>The same version in another order; local scaling takes its time.</summary>
    internal SimilarityIndex RankedBy(Ranking ranking, CancellationToken cancellationToken) =>
        new(BuiltAt, Rows, _search.RankedBy(ranking, cancellationToken));

    /// <summary>The songs nearest to a song of this index, without it; null if it is not in this index.</summary>
    internal IReadOnlyList<Hit>? Nearest(Guid song, int count) =>
        Rows.Find(song) is >= 0 and var asked ? ToHits(_search.Nearest(_search.Vectors[asked], count, row => row == asked)) : null;

    /// <summary>The songs nearest to a vector of the same feature version.</summary>
    internal IReadOnlyList<Hit> Nearest(FeatureVector features, int count)
    {
        Span<double> unit = stackalloc double[SongVector.ComparedCount];
        _search.Vectors.ToUnit(features.Means, unit);
        return ToHits(_search.Nearest(unit, count, _ => false));
    }

    /// <summary>Why a song of this index is as similar to another of it as it is.</summary>
    internal Explanation Explain(Guid asked, Guid found) => Explanation.Of(_search.Vectors, Rows[Rows.Find(asked)], Rows[Rows.Find(found)]);

    /// <summary>Why a song of this index is as similar to a vector of the same feature version as it is.</summary>
    internal Explanation Explain(FeatureVector asked, Guid found) => Explanation.Of(_search.Vectors, asked.Means, Rows[Rows.Find(found)]);

    private List<Hit> ToHits(List<Neighbour> neighbours) => neighbours.ConvertAll(hit => new Hit(Rows.Ids[hit.Row], hit.Cosine));
}

/// <summary>A song and how similar it is.</summary>
/// <param name="Id">The song.</param>
/// <param name="Similarity">Cosine of the scaled vectors, -1 to 1.</param>
internal readonly record struct Hit(Guid Id, double Similarity);
