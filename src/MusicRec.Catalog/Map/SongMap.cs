using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Similarity;

namespace MusicRec.Catalog.Map;

/// <summary>
/// The songs of an index version as points of a plane: where they lie depends on the version alone, their genres are those of the moment
/// it was made. Immutable. A point is known by its number, which holds for maps of the same <see cref="Tag"/>.
/// </summary>
public sealed class SongMap
{
    /// <summary>Group of a point that is not shown: its song is gone or broken.</summary>
    public const byte Hidden = 255;

    private const int ShownFeatures = 2;

    private readonly MemoryIndex _index;
    private readonly byte[] _groups;
    private readonly MapPlaces _places;
    private readonly Lazy<MapRegions> _regions;

    internal SongMap(MemoryIndex index, MapPlaces places, IReadOnlyList<MapGroup> groups, byte[] groupOfPoint)
    {
        (_index, _places, Groups, _groups) = (index, places, groups, groupOfPoint);
        _regions = new Lazy<MapRegions>(() => new MapRegions(this));
    }

    /// <summary>Names version and songs: points of maps with the same tag are the same songs at the same places.</summary>
    public string Tag => _places.Tag;

    /// <summary>Number of the index version.</summary>
    public int Version => _index.Version;

    /// <summary>Points, hidden ones as well.</summary>
    public int Count => _groups.Length;

    /// <summary>Points that are shown.</summary>
    public int ShownCount => Groups.Sum(group => group.Songs);

    /// <summary>Part of all variation that the map keeps, left to right and bottom to top together, 0 to 1.</summary>
    public double Share => _places.Axes.X.Share + _places.Axes.Y.Share;

    /// <summary>What rises from left to right, the strongest first.</summary>
    public IReadOnlyList<MapDirection> Rightwards => Strongest(_places.Axes.X);

    /// <summary>What rises from bottom to top, the strongest first.</summary>
    public IReadOnlyList<MapDirection> Upwards => Strongest(_places.Axes.Y);

    /// <summary>How points are told apart: by genre.</summary>
    public IReadOnlyList<MapGroup> Groups { get; }

    /// <summary>Of each point how far right it is; ±32767 is the largest distance from the middle that any point has in either direction.</summary>
    public ReadOnlySpan<short> X => _places.X;

    /// <summary>Of each point how far up it is, in the unit of <see cref="X"/>.</summary>
    public ReadOnlySpan<short> Y => _places.Y;

    /// <summary>Of each point its number in <see cref="Groups"/>, or <see cref="Hidden"/>.</summary>
    public ReadOnlySpan<byte> GroupOfPoint => _groups;

    /// <summary>The map in nine parts.</summary>
    public MapRegions Regions => _regions.Value;

    /// <summary>The song of a point; null if there is no such point, or it is hidden.</summary>
    public Guid? SongAt(int point) => point >= 0 && point < Count && _groups[point] != Hidden ? _index.Rows.Ids[point] : null;

    /// <summary>The point of a song, or null.</summary>
    public int? Find(Guid song) => _index.Rows.Find(song) is >= 0 and var point && _groups[point] != Hidden ? point : null;

    /// <summary>The points whose songs sound most like that of a point, by all numbers and not by their place on the map; best first.</summary>
    public IReadOnlyList<MapNeighbour> Neighbours(int point, int count)
    {
        if (SongAt(point) is not { } song)
        {
            return [];
        }

        // A few songs may be gone since the version was built.
        var hits = _index.Nearest(song, (2 * count) + 1)!;
        return
        [
            .. hits.Select(hit => (Point: Find(hit.Id), hit.Similarity))
                .Where(hit => hit.Point is not null)
                .Take(count)
                .Select(hit => new MapNeighbour(hit.Point!.Value, hit.Similarity)),
        ];
    }

    internal bool IsOf(MemoryIndex index) => _index.Version == index.Version && _index.BuiltAt == index.BuiltAt && _index.Ranking == index.Ranking;

    internal MapPlaces Places => _places;

    /// <summary>The cepstral coefficients are left out: nobody hears one of them alone.</summary>
    private static IReadOnlyList<MapDirection> Strongest(PrincipalAxis axis) => axis.Share == 0 ? [] :
    [
        .. Enumerable.Range(0, (int)AudioFeature.Mfcc1)
            .OrderByDescending(feature => Math.Abs(axis.Weights[feature]))
            .Take(ShownFeatures)
            .Select(feature => new MapDirection((AudioFeature)feature, axis.Weights[feature] >= 0)),
    ];
}

/// <summary>A group of points that look alike.</summary>
/// <param name="Kind">What they have in common.</param>
/// <param name="Label">The genre's label; empty unless they have one in common.</param>
/// <param name="Songs">How many there are.</param>
public sealed record MapGroup(MapGroupKind Kind, string Label, int Songs);

/// <summary>What the songs of a group have in common.</summary>
public enum MapGroupKind
{
    /// <summary>A genre.</summary>
    Genre,

    /// <summary>Genres that few songs have.</summary>
    OtherGenres,

    /// <summary>Nobody knows their genre.</summary>
    Unknown,
}

/// <summary>Something that changes along an axis.</summary>
/// <param name="Feature">What.</param>
/// <param name="Rises">Whether it rises.</param>
public sealed record MapDirection(AudioFeature Feature, bool Rises);

/// <summary>A point near another in sound.</summary>
/// <param name="Point">Its number.</param>
/// <param name="Similarity">Cosine of the scaled vectors, -1 to 1.</param>
public sealed record MapNeighbour(int Point, double Similarity);

/// <summary>Where the songs of an index version lie.</summary>
/// <param name="Tag">See <see cref="SongMap.Tag"/>.</param>
/// <param name="Axes">The axes.</param>
/// <param name="X">See <see cref="SongMap.X"/>.</param>
/// <param name="Y">See <see cref="SongMap.Y"/>.</param>
internal sealed record MapPlaces(string Tag, PrincipalAxes Axes, short[] X, short[] Y)
{
    /// <summary>Places the songs.</summary>
    public static MapPlaces Of(MemoryIndex index, CancellationToken cancellationToken)
    {
        var (rows, scaler) = (index.Rows, index.FeatureScaler);
        var axes = PrincipalAxes.Fit(rows.Count, FeatureVector.FeatureCount, (row, values) => scaler.Scale(rows.Means(row), values), cancellationToken);
        var (x, y) = (new double[rows.Count], new double[rows.Count]);
        Span<double> scaled = stackalloc double[FeatureVector.FeatureCount];
        var most = 0.0;
        for (var row = 0; row < rows.Count; row++)
        {
            scaler.Scale(rows.Means(row), scaled);
            (x[row], y[row]) = (axes.X.Place(scaled), axes.Y.Place(scaled));
            most = Math.Max(most, Math.Max(Math.Abs(x[row]), Math.Abs(y[row])));
        }

        var unit = most > 0 ? short.MaxValue / most : 0;
        return new MapPlaces(TagOf(index), axes, Array.ConvertAll(x, Round), Array.ConvertAll(y, Round));

        short Round(double place) => (short)Math.Round(place * unit);
    }

    /// <summary>Processes that loaded a version before and after a song was deleted number its points differently.</summary>
    private static string TagOf(MemoryIndex index)
    {
        var hash = SHA256.HashData(MemoryMarshal.AsBytes(index.Rows.Ids));
        return string.Create(CultureInfo.InvariantCulture, $"{index.Version}-{Convert.ToHexStringLower(hash.AsSpan(0, 6))}");
    }
}
