using MusicRec.Audio.Features;
using MusicRec.Catalog.Indexing;

namespace MusicRec.Catalog.Similarity;

/// <summary>An index version with all its vectors in memory.</summary>
internal sealed class MemoryIndex : SimilarityIndex
{
    private readonly NeighbourSearch _search;

    /// <summary>Takes the songs of a version, ranked by cosine.</summary>
    /// <param name="version">Number, scaler and feature version.</param>
    /// <param name="rows">Its songs.</param>
    public MemoryIndex(IndexVersion version, SongRows rows)
        : this(version.BuiltAt, rows, NeighbourSearch.Create(new UnitVectors(version.Scaler, rows.Count, row => rows[row])))
    {
    }

    private MemoryIndex(DateTimeOffset builtAt, SongRows rows, NeighbourSearch search)
        : base(rows.Number, rows.FeatureVersion, rows.Count, builtAt)
    {
        Rows = rows;
        _search = search;
    }

    public override Ranking Ranking => _search.Ranking;

    public SongRows Rows { get; }

    /// <summary>The vectors of <see cref="Rows"/>, scaled, as they are ranked.</summary>
    public NeighbourSearch Search => _search;

    internal override UnitVectors Vectors => _search.Vectors;

    /// <summary>The same version in another order; local scaling takes its time.</summary>
    public MemoryIndex RankedBy(Ranking ranking, CancellationToken cancellationToken) =>
        new(BuiltAt, Rows, _search.RankedBy(ranking, cancellationToken));

    /// <summary>The songs nearest to a song of this index, without it; null if it is not in this index.</summary>
    public IReadOnlyList<Hit>? Nearest(Guid song, int count) =>
        Rows.Find(song) is >= 0 and var asked ? ToHits(_search.Nearest(Vectors[asked], count, row => row == asked)) : null;

    internal override Task<IReadOnlyList<Hit>?> NearestAsync(CatalogContext context, Guid song, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Nearest(song, count));

    internal override Task<IReadOnlyList<Hit>> NearestAsync(CatalogContext context, FeatureVector features, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Hit>>(ToHits(_search.Nearest(ToUnit(features), count, _ => false)));

    internal override Task<IReadOnlyDictionary<Guid, double[]>> ReadMeansAsync(
        CatalogContext context, IReadOnlyCollection<Guid> songs, CancellationToken cancellationToken)
    {
        var means = new Dictionary<Guid, double[]>();
        foreach (var song in songs)
        {
            if (Rows.Find(song) is >= 0 and var row)
            {
                means[song] = Rows[row].ToArray();
            }
        }

        return Task.FromResult<IReadOnlyDictionary<Guid, double[]>>(means);
    }

    /// <summary>A vector of the same feature version, scaled as those of the index.</summary>
    public double[] ToUnit(FeatureVector features)
    {
        var unit = new double[SongVector.ComparedCount];
        Vectors.ToUnit(features.Means, unit);
        return unit;
    }
    private List<Hit> ToHits(List<Neighbour> neighbours) => neighbours.ConvertAll(hit => new Hit(Rows.Ids[hit.Row], hit.Cosine));
}
