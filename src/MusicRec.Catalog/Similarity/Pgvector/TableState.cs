using MusicRec.Catalog.Indexing;
using MusicRec.Genres;

namespace MusicRec.Catalog.Similarity.Pgvector;

/// <summary>What the table of vectors holds.</summary>
/// <param name="FeatureVersion">Of all its vectors.</param>
/// <param name="Version">The index version it was last brought up to.</param>
/// <param name="BuiltAt">When that was built: in a restored database another version may have its number.</param>
/// <param name="Songs">Songs when the table was made.</param>
/// <param name="Scaler">By which its vectors are scaled: that of the index version it was made for.</param>
/// <param name="Ranking">By which its songs are near to each other.</param>
internal sealed record TableState(int FeatureVersion, int Version, DateTimeOffset BuiltAt, int Songs, FeatureScaler Scaler, Ranking Ranking)
{
    /// <summary>How far the scaler of a version may be from the table's, in deviations, until candidates could be missed.</summary>
    public const double MostDrift = 0.1;

    /// <summary>Scales as its vectors are scaled; a column for each of theirs.</summary>
    public UnitVectors Vectors { get; } = UnitVectors.RankedBy(Ranking, Scaler);

    /// <summary>A table of a version that is to be made.</summary>
    /// <param name="version">The version.</param>
    /// <param name="chosen">The ranking that is wanted; the cosine if the table cannot have it.</param>
    public static TableState Of(IndexVersion version, Ranking chosen) =>
        RankingOf(version, chosen) is Ranking.Sound
            ? new(version.FeatureVersion, version.Number, version.BuiltAt, version.Songs, version.Scaler, Ranking.Sound)
            : new(version.FeatureVersion, version.Number, version.BuiltAt, version.Songs, version.FeatureScaler, Ranking.Cosine);

    /// <summary>Whether it is as it should be for an index version.</summary>
    public bool IsUpTo(IndexVersion version) => version.Number == Version && version.BuiltAt == BuiltAt;

    /// <summary>
    /// Whether the table can follow to a later version by what changed. If not it is made anew: the scaler has moved too far, the
    /// features are others, another ranking was chosen, or so many songs came that one build is faster than as many insertions.
    /// </summary>
    public bool CanFollowTo(IndexVersion version, Ranking chosen) =>
        version.FeatureVersion == FeatureVersion
        && IsRankedBy(version, chosen)
        && version.Songs <= 2 * (long)Songs
        && DriftTo(version.Scaler) <= MostDrift;

    /// <summary>Whether it is ranked as is wanted of a version.</summary>
    public bool IsRankedBy(IndexVersion version, Ranking chosen) => Ranking == RankingOf(version, chosen);

    private static Ranking RankingOf(IndexVersion version, Ranking chosen) =>
        chosen == Ranking.Sound && SongVector.HasSound(version.FeatureVersion) ? Ranking.Sound : Ranking.Cosine;

    private double DriftTo(FeatureScaler scaler) => Enumerable.Range(0, Vectors.Dimensions).Max(column => Math.Max(
        Math.Abs(scaler.Means[column] - Scaler.Means[column]) / Scaler.Deviations[column],
        Math.Abs((scaler.Deviations[column] / Scaler.Deviations[column]) - 1)));
}
