using MusicRec.Audio.Features;

namespace MusicRec.Catalog.Similarity;

/// <summary>Features that say one thing about a song to its listener.</summary>
public enum FeatureFamily
{
    /// <summary>How evenly the twelve notes sound (chroma).</summary>
    Harmony,

    /// <summary>Loudness (root mean square).</summary>
    Loudness,

    /// <summary>Brightness (centroid, bandwidth, rolloff).</summary>
    Brightness,

    /// <summary>Noisiness (zero crossings).</summary>
    Noisiness,

    /// <summary>Colour of the sound (20 MFCC).</summary>
    Timbre,

    /// <summary>Sound and style as a whole, as the learned embedding hears them.</summary>
    Sound,
}

/// <summary>Which of the numbers by which songs are compared a family is.</summary>
internal static class FeatureFamilies
{
    /// <summary>The families that vectors of so many numbers have.</summary>
    public static IEnumerable<FeatureFamily> Of(int dimensions) => Enum.GetValues<FeatureFamily>().Where(family => ColumnsOf(family).End.Value <= dimensions);

    public static Range ColumnsOf(FeatureFamily family) => family switch
    {
        FeatureFamily.Harmony => (int)AudioFeature.ChromaStft..(int)AudioFeature.Rms,
        FeatureFamily.Loudness => (int)AudioFeature.Rms..(int)AudioFeature.SpectralCentroid,
        FeatureFamily.Brightness => (int)AudioFeature.SpectralCentroid..(int)AudioFeature.ZeroCrossingRate,
        FeatureFamily.Noisiness => (int)AudioFeature.ZeroCrossingRate..(int)AudioFeature.Mfcc1,
        FeatureFamily.Timbre => (int)AudioFeature.Mfcc1..FeatureVector.FeatureCount,
        FeatureFamily.Sound => FeatureVector.FeatureCount..(FeatureVector.FeatureCount + FeatureVector.SoundLength),
        _ => throw new ArgumentOutOfRangeException(nameof(family)),
    };
}
