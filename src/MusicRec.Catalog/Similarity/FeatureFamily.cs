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
}

/// <summary>Which of the 26 features a family is.</summary>
internal static class FeatureFamilies
{
    public static Range ColumnsOf(FeatureFamily family) => family switch
    {
        FeatureFamily.Harmony => (int)AudioFeature.ChromaStft..(int)AudioFeature.Rms,
        FeatureFamily.Loudness => (int)AudioFeature.Rms..(int)AudioFeature.SpectralCentroid,
        FeatureFamily.Brightness => (int)AudioFeature.SpectralCentroid..(int)AudioFeature.ZeroCrossingRate,
        FeatureFamily.Noisiness => (int)AudioFeature.ZeroCrossingRate..(int)AudioFeature.Mfcc1,
        FeatureFamily.Timbre => (int)AudioFeature.Mfcc1..FeatureVector.FeatureCount,
        _ => throw new ArgumentOutOfRangeException(nameof(family)),
    };
}
