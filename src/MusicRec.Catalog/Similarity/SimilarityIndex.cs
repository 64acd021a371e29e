using Microsoft.EntityFrameworkCore;
using MusicRec.Audio.Features;

namespace MusicRec.Catalog.Similarity;

/// <summary>A version of the index and how its songs are ranked. Immutable; readers take no lock.</summary>
/// <param name="version">Its number.</param>
/// <param name="featureVersion">Version of the features of all its vectors.</param>
/// <param name="count">Songs in it.</param>
/// <param name="builtAt">When it was built.</param>
public abstract class SimilarityIndex(int version, int featureVersion, int count, DateTimeOffset builtAt)
{
    /// <summary>Number of the version, counted from 1.</summary>
    public int Version => version;

    /// <summary>Version of the features of all its vectors.</summary>
    public int FeatureVersion => featureVersion;

    /// <summary>Songs in it.</summary>
    public int Count => count;

    /// <summary>When it was built, UTC.</summary>
    public DateTimeOffset BuiltAt => builtAt;

    /// <summary>In what order similar songs come.</summary>
    public abstract Ranking Ranking { get; }

    /// <summary>How vectors are scaled, and those in memory.</summary>
    internal abstract UnitVectors Vectors { get; }

    /// <summary>How far a mean lies above that of the catalog, in the catalog's standard deviations.</summary>
    public double LevelOf(AudioFeature feature, double mean) =>
        (mean - Vectors.Scaler.Means[(int)feature]) / Vectors.Scaler.Deviations[(int)feature];

    /// <summary>The songs nearest to a song of this index, without it; null if it is not in this index.</summary>
    internal abstract Task<IReadOnlyList<Hit>?> NearestAsync(CatalogContext context, Guid song, int count, CancellationToken cancellationToken);

    /// <summary>The songs nearest to a vector that can be compared.</summary>
    internal abstract Task<IReadOnlyList<Hit>> NearestAsync(CatalogContext context, FeatureVector features, int count, CancellationToken cancellationToken);

    /// <summary>The numbers by which this index compares songs; those that are not in it are left out.</summary>
    internal abstract Task<IReadOnlyDictionary<Guid, double[]>> ReadNumbersAsync(
        CatalogContext context, IReadOnlyCollection<Guid> songs, CancellationToken cancellationToken);

    /// <summary>
    /// Whether a song has the numbers by which this index compares. The means are the same in all feature versions so far: while the songs of a catalog
    /// get their embedding, visitors' songs that have it already are compared without, and older ones as long as the features alone count.
    /// </summary>
    internal bool CanCompare(FeatureVector features) => SongVector.ComparedCount(features.Version) >= Vectors.Dimensions;

    /// <summary>The newest numbers of a song that can be compared, whether it is in this index or not; null if it has none.</summary>
    internal async Task<FeatureVector?> FindComparableAsync(CatalogContext context, Guid song, CancellationToken cancellationToken)
    {
        var vectors = await context.Vectors.AsNoTracking().Where(row => row.SongId == song).OrderByDescending(row => row.FeatureVersion).ToListAsync(cancellationToken);
        return vectors.Select(vector => SongVector.TryRead(vector.Bytes)).FirstOrDefault(features => features is not null && CanCompare(features));
    }

    /// <summary>The numbers by which this index would compare a song, if it can.</summary>
    internal double[] NumbersOf(FeatureVector features)
    {
        var numbers = new double[Vectors.Dimensions];
        features.CopyCompared(numbers);
        return numbers;
    }

    /// <summary>Why two songs are as similar as this index says.</summary>
    internal Explanation Explain(ReadOnlySpan<double> asked, ReadOnlySpan<double> found) => Explanation.Of(Vectors, asked, found);
}

/// <summary>A song and how similar it is.</summary>
/// <param name="Id">The song.</param>
/// <param name="Similarity">Cosine of the scaled vectors, or the weighted sum of two, -1 to 1.</param>
internal readonly record struct Hit(Guid Id, double Similarity);
