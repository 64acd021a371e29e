using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MusicRec.Audio.Features;

namespace MusicRec.Catalog;

/// <summary>
/// The numbers of a song by one feature version. Beside the song, not in it: lists of songs do not carry them, and the
/// vector of an older version answers on while the newer one is made.
/// </summary>
internal sealed class SongVector
{
    private const int MeanBytes = FeatureVector.FeatureCount * sizeof(double);
    private const int SoundBytes = FeatureVector.SoundLength * 2;

    private SongVector()
    {
    }

    public SongVector(Guid songId, FeatureVector features)
    {
        SongId = songId;
        FeatureVersion = features.Version;
        Bytes = WithChecksums(features);
    }

    public Guid SongId { get; private set; }

    public int FeatureVersion { get; private set; }

    /// <summary>
    /// As <see cref="FeatureVector.ToBytes"/>, then the CRC-32C of what songs are compared by and, where there are any, of the deviations, four bytes
    /// each. Those of the first programs end without.
    /// </summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>The first index version that holds this vector; null while none does.</summary>
    public int? SinceVersion { get; private set; }

    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public FeatureVector Features => TryRead(Bytes) ?? throw new InvalidDataException($"The stored vector of song {SongId} is damaged.");

    /// <summary>Numbers by which songs can be compared: the means, and since feature version 3 the embedding.</summary>
    public static int ComparedCount(int featureVersion) => FeatureVector.FeatureCount + (HasSound(featureVersion) ? FeatureVector.SoundLength : 0);

    /// <summary>Bytes of these numbers, the first of <see cref="Bytes"/>.</summary>
    public static int ComparedBytes(int featureVersion) => MeanBytes + (HasSound(featureVersion) ? SoundBytes : 0);

    /// <summary>Bytes of all numbers: the checksums follow.</summary>
    public static int WholeBytes(int featureVersion) =>
        featureVersion == Audio.Features.FeatureVersion.MeansOnly ? MeanBytes : ComparedBytes(featureVersion) + MeanBytes;

    /// <summary>Whether vectors of a feature version have the embedding.</summary>
    public static bool HasSound(int featureVersion) => featureVersion >= Audio.Features.FeatureVersion.FirstWithSound;

    /// <summary>Reads <see cref="Bytes"/>; null if they are damaged.</summary>
    public static FeatureVector? TryRead(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return IsIntact(bytes) ? FeatureVector.FromBytes(NumbersOf(bytes)) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The numbers by which songs are compared, where they lie: the first of the bytes.</summary>
    /// <param name="songId">The song, for the message.</param>
    /// <param name="bytes">As <see cref="Bytes"/>, or the first of them and their checksum.</param>
    /// <exception cref="InvalidDataException">There are too few, one is not finite, or the checksum is another.</exception>
    public static ReadOnlySpan<byte> ComparedOf(Guid songId, ReadOnlySpan<byte> bytes) =>
        TryGetCompared(bytes, out var compared) ? compared : throw new InvalidDataException($"The stored vector of song {songId} is damaged.");

    /// <summary>As <see cref="ComparedOf"/>; false instead of the exception.</summary>
    public static bool TryGetCompared(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> compared)
    {
        compared = IsIntact(bytes) ? bytes[..LayoutOf(bytes.Length).Compared] : default;
        return !compared.IsEmpty && IsFinite(MeansOf(compared)) && IsFinite(SoundOf(compared));
    }

    /// <summary>The means among the numbers by which songs are compared.</summary>
    public static ReadOnlySpan<double> MeansOf(ReadOnlySpan<byte> compared) => MemoryMarshal.Cast<byte, double>(compared[..MeanBytes]);

    /// <summary>Writes the first of the numbers by which songs are compared.</summary>
    /// <param name="compared">As <see cref="ComparedOf"/> returns them.</param>
    /// <param name="numbers">Receives 26, or 90 if there are as many.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(ReadOnlySpan<byte> compared, Span<double> numbers)
    {
        MeansOf(compared).CopyTo(numbers);
        if (numbers.Length > FeatureVector.FeatureCount)
        {
            var sound = SoundOf(compared);
            ArgumentOutOfRangeException.ThrowIfNotEqual(numbers.Length, FeatureVector.FeatureCount + sound.Length, nameof(numbers));
            for (var i = 0; i < sound.Length; i++)
            {
                numbers[FeatureVector.FeatureCount + i] = (double)sound[i];
            }
        }
    }

    /// <summary>Takes over a new analysis. Equal numbers change nothing, but for a checksum that is missing.</summary>
    public void Replace(FeatureVector features)
    {
        var bytes = WithChecksums(features);
        if (!NumbersOf(bytes).SequenceEqual(NumbersOf(Bytes)))
        {
            SinceVersion = null;
        }

        Bytes = bytes;
    }

    private static ReadOnlySpan<Half> SoundOf(ReadOnlySpan<byte> compared) => MemoryMarshal.Cast<byte, Half>(compared[MeanBytes..]);

    /// <summary>Compiled for speed at once: a start asks it of every song before the runtime has noticed that it is called often.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsFinite(ReadOnlySpan<double> values)
    {
        // The difference of infinities is no number, and neither is a sum with one.
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value - value;
        }

        return sum == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsFinite(ReadOnlySpan<Half> values)
    {
        const int Exponent = 0x7C00;
        var most = 0;
        foreach (var value in MemoryMarshal.Cast<Half, ushort>(values))
        {
            most = Math.Max(most, value & Exponent);
        }

        return most < Exponent;
    }

    private static ReadOnlySpan<byte> NumbersOf(ReadOnlySpan<byte> bytes) =>
        LayoutOf(bytes.Length) is ( > 0, var rest, _) layout ? bytes[..(layout.Compared + rest)] : bytes;

    private static bool IsIntact(ReadOnlySpan<byte> bytes)
    {
        var (compared, rest, hasChecksums) = LayoutOf(bytes.Length);
        if (compared == 0)
        {
            return false;
        }

        var checksums = MemoryMarshal.Cast<byte, uint>(bytes[(compared + rest)..]);
        return !hasChecksums
            || (checksums[0] == Checksum.Of(bytes[..compared]) && (rest == 0 || checksums[1] == Checksum.Of(bytes.Slice(compared, rest))));
    }

    /// <summary>How bytes are made up: by how many there are alone, as no two layouts have as many. Also the first of a vector and their checksum.</summary>
    private static (int Compared, int Deviations, bool HasChecksums) LayoutOf(int length) => length switch
    {
        MeanBytes => (MeanBytes, 0, false),
        MeanBytes + Checksum.Length => (MeanBytes, 0, true),
        2 * MeanBytes => (MeanBytes, MeanBytes, false),
        (2 * MeanBytes) + (2 * Checksum.Length) => (MeanBytes, MeanBytes, true),
        MeanBytes + SoundBytes + Checksum.Length => (MeanBytes + SoundBytes, 0, true),
        (2 * MeanBytes) + SoundBytes + (2 * Checksum.Length) => (MeanBytes + SoundBytes, MeanBytes, true),
        _ => (0, 0, false),
    };

    private static byte[] WithChecksums(FeatureVector features)
    {
        var numbers = features.ToBytes();
        var compared = ComparedBytes(features.Version);
        List<byte> bytes = [.. numbers, .. BitConverter.GetBytes(Checksum.Of(numbers.AsSpan(0, compared)))];
        if (numbers.Length > compared)
        {
            bytes.AddRange(BitConverter.GetBytes(Checksum.Of(numbers.AsSpan(compared))));
        }

        return [.. bytes];
    }
}
