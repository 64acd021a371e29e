using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MusicRec.Audio.Features;

/// <summary>
/// What is known of one song: 26 means, addressed by <see cref="AudioFeature"/>, how much each feature varies within the song, and
/// what a learned embedding heard. Immutable, finite, equal by value.
/// </summary>
/// <remarks>A vector of feature version 1 has the means alone, one of version 2 no embedding.</remarks>
public sealed class FeatureVector : IEquatable<FeatureVector>
{
    /// <summary>Features, each with a mean and, since version 2, a standard deviation.</summary>
    public const int FeatureCount = 26;

    /// <summary>Numbers of the features: 26 means, then 26 standard deviations.</summary>
    public const int Length = 2 * FeatureCount;

    /// <summary>Numbers of the embedding, since version 3.</summary>
    public const int SoundLength = 64;

    private const string DeviationSuffix = "_std";

    private static readonly string[] FeatureNames =
    [
        "chroma_stft", "rmse", "spectral_centroid", "spectral_bandwidth", "rolloff", "zero_crossing_rate",
        .. Enumerable.Range(1, FeatureVersion.MfccCount).Select(i => $"mfcc{i}"),
    ];

    private static readonly string[] AllColumnNames = [.. FeatureNames, .. FeatureNames.Select(name => name + DeviationSuffix)];

    private readonly double[] _values;
    private readonly Half[] _sound;

    /// <summary>Copies the means in the order of <see cref="AudioFeature"/> and, in the same order, the deviations.</summary>
    /// <param name="values">52 numbers, or the 26 means of feature version 1.</param>
    /// <exception cref="ArgumentException">Another number of values, or one of them is NaN or infinite.</exception>
    public FeatureVector(ReadOnlySpan<double> values)
        : this(values, [])
    {
    }

    /// <summary>Copies means, deviations and embedding.</summary>
    /// <param name="values">52 numbers, or the 26 means of feature version 1.</param>
    /// <param name="sound">64 numbers, or none before feature version 3.</param>
    /// <exception cref="ArgumentException">Another number of values, or one of them is NaN or infinite.</exception>
    public FeatureVector(ReadOnlySpan<double> values, ReadOnlySpan<Half> sound)
    {
        if (values.Length is not (FeatureCount or Length))
        {
            throw new ArgumentException($"A feature vector has {Length} values, or {FeatureCount} of version 1, not {values.Length}.", nameof(values));
        }

        if (sound.Length is not (0 or SoundLength) || (values.Length == FeatureCount && !sound.IsEmpty))
        {
            throw new ArgumentException($"The embedding of a song has {SoundLength} numbers beside {Length} of the features, not {sound.Length}.", nameof(sound));
        }

        foreach (var value in values)
        {
            RequireFinite(double.IsFinite(value));
        }

        foreach (var value in sound)
        {
            RequireFinite(Half.IsFinite(value));
        }

        _values = values.ToArray();
        _sound = sound.ToArray();
    }

    /// <summary>
    /// The names of the field, in the order of <see cref="AudioFeature"/>: <c>chroma_stft, rmse,
    /// spectral_centroid, spectral_bandwidth, rolloff, zero_crossing_rate, mfcc1..mfcc20</c>.
    /// </summary>
    public static IReadOnlyList<string> Names => FeatureNames;

    /// <summary>The columns of a table of features: <see cref="Names"/> for the means, then each with <c>_std</c> for the deviations.</summary>
    public static IReadOnlyList<string> ColumnNames => AllColumnNames;

    /// <summary>The feature version that a vector made now has: 1 for means alone, 2 with deviations, the current one with an embedding. One that was stored may be older.</summary>
    public int Version => _sound.Length > 0 ? FeatureVersion.Current : _values.Length == Length ? FeatureVersion.WithDeviations : FeatureVersion.MeansOnly;

    /// <summary>The mean of one feature.</summary>
    public double this[AudioFeature feature] => Means[(int)feature];

    /// <summary>All numbers of the features: the 26 means, then the 26 deviations if there are any.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The 26 means in the order of <see cref="AudioFeature"/>.</summary>
    public ReadOnlySpan<double> Means => _values.AsSpan(0, FeatureCount);

    /// <summary>The 26 standard deviations over the song (population, as numpy's <c>std</c>), 0 or more; empty in version 1.</summary>
    public ReadOnlySpan<double> Deviations => _values.AsSpan(FeatureCount);

    /// <summary>What the embedding heard: 64 numbers, together of length 1 but for rounding; empty before version 3.</summary>
    public ReadOnlySpan<Half> Sound => _sound;

    /// <summary>The same features with what an embedding heard.</summary>
    /// <param name="sound">64 numbers, rounded to half precision here.</param>
    public FeatureVector WithSound(ReadOnlySpan<float> sound)
    {
        Span<Half> rounded = stackalloc Half[sound.Length];
        for (var i = 0; i < sound.Length; i++)
        {
            rounded[i] = (Half)sound[i];
        }

        return new FeatureVector(_values, rounded);
    }

    /// <summary>Writes the first numbers by which songs are compared: the 26 means, then the 64 of the embedding.</summary>
    /// <param name="numbers">Receives 26 or 90.</param>
    /// <exception cref="ArgumentException">There is no embedding, and it is asked for.</exception>
    public void CopyCompared(Span<double> numbers)
    {
        Means.CopyTo(numbers);
        var sound = numbers[FeatureCount..];
        if (sound.Length > _sound.Length)
        {
            throw new ArgumentException($"A vector of feature version {Version} has no {numbers.Length} numbers to compare.", nameof(numbers));
        }

        for (var i = 0; i < sound.Length; i++)
        {
            sound[i] = (double)_sound[i];
        }
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="ArgumentException">Wrong length, or a value that is not finite.</exception>
    public static FeatureVector FromBytes(ReadOnlySpan<byte> bytes)
    {
        const int Means = FeatureCount * sizeof(double);
        const int Features = Length * sizeof(double);
        const int SoundBytes = SoundLength * 2;
        if (bytes.Length is not (Means or Features or (Features + SoundBytes)))
        {
            throw new ArgumentException($"{bytes.Length} bytes are no stored feature vector.", nameof(bytes));
        }

        var sound = bytes.Length > Features ? bytes.Slice(Means, SoundBytes) : [];
        Span<double> values = stackalloc double[(bytes.Length - sound.Length) / sizeof(double)];
        for (var i = 0; i < values.Length; i++)
        {
            var place = i * sizeof(double);
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(place < Means ? place : place + sound.Length)..]);
        }

        return new FeatureVector(values, MemoryMarshal.Cast<byte, Half>(sound));
    }

    /// <summary>
    /// All numbers, nothing lost, little-endian: the 26 means (208 bytes), since version 3 the embedding in half precision (128 bytes), since
    /// version 2 the 26 deviations (208 bytes). So what songs are compared by comes first.
    /// </summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[(_values.Length * sizeof(double)) + (_sound.Length * 2)];
        var sound = MemoryMarshal.AsBytes(_sound.AsSpan());
        for (var i = 0; i < _values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan((i * sizeof(double)) + (i < FeatureCount ? 0 : sound.Length)), _values[i]);
        }

        sound.CopyTo(bytes.AsSpan(FeatureCount * sizeof(double)));
        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(FeatureVector? other) =>
        other is not null && _values.AsSpan().SequenceEqual(other._values) && _sound.AsSpan().SequenceEqual(other._sound);

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

    private static void RequireFinite(bool isFinite)
    {
        if (!isFinite)
        {
            throw new ArgumentException("A feature vector holds finite values only.");
        }
    }
}
