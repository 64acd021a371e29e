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
        ScalerBytes = scaler.ToBytes();
        Songs = songs;
        BuiltAt = builtAt;
    }

    /// <summary>Counted from 1.</summary>
    public int Number { get; private set; }

    public int FeatureVersion { get; private set; }

    /// <summary>As <see cref="FeatureScaler.ToBytes"/>.</summary>
    public byte[] ScalerBytes { get; private set; } = [];

    /// <summary>Songs the scaler was fitted to.</summary>
    public int Songs { get; private set; }

    public DateTimeOffset BuiltAt { get; private set; }

    public FeatureScaler Scaler => FeatureScaler.FromBytes(ScalerBytes);
}
