using System.Buffers.Binary;

namespace MusicRec.Audio.Features;

/// <summary>
/// What is known of one song: 26 means, addressed by <see cref="AudioFeature"/>, and how much each feature varies within the song.
/// Immutable, finite, equal by value.
/// </summary>
/// <remarks>A vector of feature version 1 has the means alone.</remarks>
public sealed class FeatureVector : IEquatable<FeatureVector>
{
    /// <summary>Features, each with a mean and, since version 2, a standard deviation.</summary>
    public const int FeatureCount = 26;

    /// <summary>Numbers in a vector of the current version: 26 means, then 26 standard deviations.</summary>
    public const int Length = 2 * FeatureCount;

    private const string DeviationSuffix = "_std";

    private static readonly string[] FeatureNames =
    [
        "chroma_stft", "rmse", "spectral_centroid", "spectral_bandwidth", "rolloff", "zero_crossing_rate",
        .. Enumerable.Range(1, FeatureVersion.MfccCount).Select(i => $"mfcc{i}"),
    ];

    private static readonly string[] AllColumnNames = [.. FeatureNames, .. FeatureNames.Select(name => name + DeviationSuffix)];

    private readonly double[] _values;

    /// <summary>Copies the means in the order of <see cref="AudioFeature"/> and, in the same order, the deviations.</summary>
    /// <param name="values">52 numbers, or the 26 means of feature version 1.</param>
    /// <exception cref="ArgumentException">Another number of values, or one of them is NaN or infinite.</exception>
    public FeatureVector(ReadOnlySpan<double> values)
    {
        if (values.Length is not (FeatureCount or Length))
        {
            throw new ArgumentException($"A feature vector has {Length} values, or {FeatureCount} of version 1, not {values.Length}.", nameof(values));
        }

        foreach (var value in values)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException("A feature vector holds finite values only.", nameof(values));
            }
        }

        _values = values.ToArray();
    }

    /// <summary>
    /// The names of the field, in the order of <see cref="AudioFeature"/>: <c>chroma_stft, rmse,
    /// spectral_centroid, spectral_bandwidth, rolloff, zero_crossing_rate, mfcc1..mfcc20</c>.
    /// </summary>
    public static IReadOnlyList<string> Names => FeatureNames;

    /// <summary>The columns of a table of whole vectors: <see cref="Names"/> for the means, then each with <c>_std</c> for the deviations.</summary>
    public static IReadOnlyList<string> ColumnNames => AllColumnNames;

    /// <summary>The feature version: 1 for means alone, else 2.</summary>
    public int Version => _values.Length == FeatureCount ? FeatureVersion.MeansOnly : FeatureVersion.Current;

    /// <summary>The mean of one feature.</summary>
    public double this[AudioFeature feature] => Means[(int)feature];

    /// <summary>All numbers: the 26 means, then the 26 deviations if there are any.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The 26 means in the order of <see cref="AudioFeature"/>; songs are compared by them.</summary>
    public ReadOnlySpan<double> Means => _values.AsSpan(0, FeatureCount);

    /// <summary>The 26 standard deviations over the song (population, as numpy's <c>std</c>), 0 or more; empty in version 1.</summary>
    public ReadOnlySpan<double> Deviations => _values.AsSpan(FeatureCount);

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="ArgumentException">Wrong length, or a value that is not finite.</exception>
    public static FeatureVector FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is not (FeatureCount * sizeof(double) or Length * sizeof(double)))
        {
            throw new ArgumentException($"{bytes.Length} bytes are no stored feature vector.", nameof(bytes));
        }

        Span<double> values = stackalloc double[bytes.Length / sizeof(double)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * sizeof(double))..]);
        }

        return new FeatureVector(values);
    }

    /// <summary>The values as little-endian doubles, nothing lost: 416 bytes, of which the first 208 are the means.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[_values.Length * sizeof(double)];
        for (var i = 0; i < _values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), _values[i]);
        }

        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(FeatureVector? other) => other is not null && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FeatureVector);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var value in _values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }
}
