using System.Buffers.Binary;

namespace MusicRec.Audio.Features;

/// <summary>
/// The 26 numbers of one song, addressed by <see cref="AudioFeature"/>. Immutable, finite, equal by value.
/// </summary>
public sealed class FeatureVector : IEquatable<FeatureVector>
{
    /// <summary>Numbers in a vector.</summary>
    public const int Length = 26;

    /// <summary>Bytes of <see cref="ToBytes"/>: 26 little-endian doubles.</summary>
    public const int ByteLength = Length * sizeof(double);

    private static readonly string[] ColumnNames =
    [
        "chroma_stft", "rmse", "spectral_centroid", "spectral_bandwidth", "rolloff", "zero_crossing_rate",
        .. Enumerable.Range(1, FeatureVersion.MfccCount).Select(i => $"mfcc{i}"),
    ];

    private readonly double[] _values;

    /// <summary>Copies 26 values in the order of <see cref="AudioFeature"/>.</summary>
    /// <exception cref="ArgumentException">Not 26 values, or one of them is NaN or infinite.</exception>
    public FeatureVector(ReadOnlySpan<double> values)
    {
        if (values.Length != Length)
        {
            throw new ArgumentException($"A feature vector has {Length} values, not {values.Length}.", nameof(values));
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
    /// The column names of the field, in the order of <see cref="AudioFeature"/>: <c>chroma_stft, rmse,
    /// spectral_centroid, spectral_bandwidth, rolloff, zero_crossing_rate, mfcc1..mfcc20</c>.
    /// </summary>
    public static IReadOnlyList<string> Names => ColumnNames;

    /// <summary>The value of one feature.</summary>
    public double this[AudioFeature feature] => _values[(int)feature];

    /// <summary>All 26 values in the order of <see cref="AudioFeature"/>.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="ArgumentException">Wrong length, or a value that is not finite.</exception>
    public static FeatureVector FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != ByteLength)
        {
            throw new ArgumentException($"A stored feature vector has {ByteLength} bytes, not {bytes.Length}.", nameof(bytes));
        }

        Span<double> values = stackalloc double[Length];
        for (var i = 0; i < Length; i++)
        {
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * sizeof(double))..]);
        }

        return new FeatureVector(values);
    }

    /// <summary>The values as 208 bytes: 26 little-endian doubles, nothing lost.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[ByteLength];
        for (var i = 0; i < Length; i++)
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
