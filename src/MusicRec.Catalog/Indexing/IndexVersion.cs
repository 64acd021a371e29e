using MusicRec.Audio.Features;
using MusicRec.Genres;

namespace MusicRec.Catalog.Indexing;

/// <summary>One build of the similarity index: which vectors it holds and how they are scaled.</summary>
internal sealed class IndexVersion
{
    private IndexVersion()
    {
    }

    public IndexVersion(int number, int featureVersion, FeatureScaler scaler, int songs, DateTimeOffset builtAt)
    {
        Number = number;
        FeatureVersion = featureVersion;
        var numbers = scaler.ToBytes();
        ScalerBytes = [.. numbers, .. BitConverter.GetBytes(Checksum.Of(numbers))];
        Songs = songs;
        BuiltAt = builtAt;
    }

    /// <summary>Counted from 1.</summary>
    public int Number { get; private set; }

    public int FeatureVersion { get; private set; }

    /// <summary>As <see cref="FeatureScaler.ToBytes"/>, then their checksum: those of the first programs end without.</summary>
    public byte[] ScalerBytes { get; private set; } = [];

    /// <summary>Songs the scaler was fitted to.</summary>
    public int Songs { get; private set; }

    public DateTimeOffset BuiltAt { get; private set; }

    public FeatureScaler Scaler => FeatureScaler.FromBytes(HasChecksum ? ScalerBytes.AsSpan()[..^Checksum.Length] : ScalerBytes);

    /// <summary>How the means are scaled.</summary>
    public FeatureScaler FeatureScaler => Scaler.Take(FeatureVector.FeatureCount);

    /// <summary>Numbers are of eight bytes each.</summary>
    private bool HasChecksum => ScalerBytes.Length % sizeof(double) == Checksum.Length;

    /// <summary>Whether <see cref="Scaler"/> can be read and fits the vectors.</summary>
    public bool HasScaler()
    {
        try
        {
            return Scaler.ColumnCount == SongVector.ComparedCount(FeatureVersion)
                && (!HasChecksum || BitConverter.ToUInt32(ScalerBytes.AsSpan()[^Checksum.Length..]) == Checksum.Of(ScalerBytes.AsSpan()[..^Checksum.Length]));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
