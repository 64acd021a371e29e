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

    /// <summary>The songs nearest to numbers, as <see cref="NumbersOf"/> gives them.</summary>
    internal abstract Task<IReadOnlyList<Hit>> NearestAsync(CatalogContext context, double[] numbers, int count, CancellationToken cancellationToken);

    /// <summary>The numbers by which this index compares songs; those that are not in it are left out.</summary>
    internal abstract Task<IReadOnlyDictionary<Guid, double[]>> ReadNumbersAsync(
        CatalogContext context, IReadOnlyCollection<Guid> songs, CancellationToken cancellationToken);

    /// <summary>The numbers by which this index would compare a song, whether it is in it or not: of its own feature version, else the newest; null if it has none.</summary>
    internal async Task<double[]?> FindNumbersAsync(CatalogContext context, Guid song, CancellationToken cancellationToken)
    {
        var vectors = await context.Vectors.AsNoTracking()
            .Where(row => row.SongId == song)
            .OrderByDescending(row => row.FeatureVersion == FeatureVersion).ThenByDescending(row => row.FeatureVersion)
            .ToListAsync(cancellationToken);
        return vectors
            .Select(vector => SongVector.TryRead(vector.Bytes) is { } features ? NumbersOf(features, vector.FeatureVersion) : null)
            .FirstOrDefault(numbers => numbers is not null);
    }

    /// <summary>
    /// The numbers by which this index compares a song: the means alone if its embedding is of another feature version, for only the means are the same in
    /// all versions so far, or if it has none.
    /// </summary>
    /// <param name="features">Of the song.</param>
    /// <param name="featureVersion">Of these.</param>
    internal double[] NumbersOf(FeatureVector features, int featureVersion)
    {
        var isWhole = featureVersion == FeatureVersion && SongVector.ComparedCount(features.Version) >= Vectors.Dimensions;
        var numbers = new double[isWhole ? Vectors.Dimensions : FeatureVector.FeatureCount];
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
