using MusicRec.Audio.Features;
using MusicRec.Catalog.Indexing;
using MusicRec.Genres;

namespace MusicRec.Catalog.Similarity;

/// <summary>An index version with all its vectors in memory.</summary>
internal sealed class MemoryIndex : SimilarityIndex
{
    private readonly FeatureScaler _scaler;
    private readonly NeighbourSearch _search;

    /// <summary>Takes the songs of a version.</summary>
    /// <param name="version">Number, scaler and feature version.</param>
    /// <param name="rows">Its songs.</param>
    /// <param name="ranking">How they are to be ranked; by cosine alone if it is by sound and there is no embedding.</param>
    public MemoryIndex(IndexVersion version, SongRows rows, Ranking ranking)
        : this(version.BuiltAt, version.Scaler, rows, CreateSearch(version.Scaler, rows, ranking))
    {
    }

    private MemoryIndex(DateTimeOffset builtAt, FeatureScaler scaler, SongRows rows, NeighbourSearch search)
        : base(rows.Number, rows.FeatureVersion, rows.Count, builtAt)
    {
        Rows = rows;
        _scaler = scaler;
        _search = search;
    }

    public override Ranking Ranking => _search.Ranking;

    public SongRows Rows { get; }

    /// <summary>The vectors of <see cref="Rows"/>, scaled, as they are ranked.</summary>
    public NeighbourSearch Search => _search;

    internal override UnitVectors Vectors => _search.Vectors;

    /// <summary>How the means are scaled.</summary>
    public FeatureScaler FeatureScaler => _scaler.Take(FeatureVector.FeatureCount);

    /// <summary>The same version in another order; local scaling takes its time.</summary>
    public MemoryIndex RankedBy(Ranking ranking, CancellationToken cancellationToken) => new(BuiltAt, _scaler, Rows, ranking == Ranking.LocalScaling
        ? (Ranking == Ranking.Cosine ? _search : CreateSearch(_scaler, Rows, Ranking.Cosine)).RankedBy(Ranking.LocalScaling, cancellationToken)
        : CreateSearch(_scaler, Rows, ranking));

    /// <summary>The songs nearest to a song of this index, without it; null if it is not in this index.</summary>
    public IReadOnlyList<Hit>? Nearest(Guid song, int count) =>
        Rows.Find(song) is >= 0 and var asked ? ToHits(_search.Nearest(Vectors[asked], count, row => row == asked)) : null;

    internal override Task<IReadOnlyList<Hit>?> NearestAsync(CatalogContext context, Guid song, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Nearest(song, count));

    internal override Task<IReadOnlyList<Hit>> NearestAsync(CatalogContext context, double[] numbers, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Hit>>(ToHits(_search.Nearest(Vectors.ToQuestion(numbers), count, _ => false)));

    internal override Task<IReadOnlyDictionary<Guid, double[]>> ReadNumbersAsync(
        CatalogContext context, IReadOnlyCollection<Guid> songs, CancellationToken cancellationToken)
    {
        var numbers = new Dictionary<Guid, double[]>();
        foreach (var song in songs)
        {
            if (Rows.Find(song) is >= 0 and var row)
            {
                numbers[song] = Vectors.ValuesOf(row);
            }
        }

        return Task.FromResult<IReadOnlyDictionary<Guid, double[]>>(numbers);
    }

    private static NeighbourSearch CreateSearch(FeatureScaler scaler, SongRows rows, Ranking ranking) => NeighbourSearch.Create(
        UnitVectors.RankedBy(rows.HasSound ? ranking : Ranking.Cosine, scaler, rows.Count, rows.Copy));

    private List<Hit> ToHits(List<Neighbour> neighbours) => neighbours.ConvertAll(hit => new Hit(Rows.Ids[hit.Row], hit.Cosine));
}
