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
    /// <summary>Numbers by which songs are compared.</summary>
    public const int ComparedCount = FeatureVector.FeatureCount;

    private SongVector()
    {
    }

    public SongVector(Guid songId, FeatureVector features)
    {
        SongId = songId;
        FeatureVersion = features.Version;
        Bytes = features.ToBytes();
    }

    public Guid SongId { get; private set; }

    public int FeatureVersion { get; private set; }

    /// <summary>As <see cref="FeatureVector.ToBytes"/>.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>The first index version that holds this vector; null while none does.</summary>
    public int? SinceVersion { get; private set; }

    public FeatureVector Features => FeatureVector.FromBytes(Bytes);

    /// <summary>The numbers by which songs are compared, the means, where they lie: the first of the bytes, by every feature version.</summary>
    /// <param name="songId">The song, for the message.</param>
    /// <param name="bytes">As <see cref="FeatureVector.ToBytes"/>.</param>
    /// <exception cref="InvalidDataException">There are too few, or one is not finite.</exception>
    public static ReadOnlySpan<double> ComparedOf(Guid songId, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= ComparedCount * sizeof(double))
        {
            var compared = MemoryMarshal.Cast<byte, double>(bytes)[..ComparedCount];
            if (IsFinite(compared))
            {
                return compared;
            }
        }

        throw new InvalidDataException($"The stored vector of song {songId} is damaged.");
    }

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

    /// <summary>Takes over a new analysis. Equal numbers change nothing.</summary>
    public void Replace(FeatureVector features)
    {
        var bytes = features.ToBytes();
        if (!bytes.AsSpan().SequenceEqual(Bytes))
        {
            Bytes = bytes;
            SinceVersion = null;
        }
    }
}
