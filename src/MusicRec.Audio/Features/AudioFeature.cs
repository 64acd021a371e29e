namespace MusicRec.Audio.Features;

/// <summary>
/// The 26 features, in the order of a <see cref="FeatureVector"/>. Mean and standard deviation are over all frames (and, for the
/// chroma, all pitch classes) of the librosa feature named.
/// </summary>
public enum AudioFeature
{
    /// <summary><c>librosa.feature.chroma_stft</c>: how much the pitch classes sound beside the strongest one, 0 to 1.</summary>
    ChromaStft,

    /// <summary><c>librosa.feature.rms</c>: loudness as root mean square of the samples, 0 to 1 for unclipped audio.</summary>
    Rms,

    /// <summary><c>librosa.feature.spectral_centroid</c> in Hz: brightness, the balance point of the spectrum.</summary>
    SpectralCentroid,

    /// <summary><c>librosa.feature.spectral_bandwidth</c> in Hz: spread around the centroid.</summary>
    SpectralBandwidth,

    /// <summary><c>librosa.feature.spectral_rolloff</c> in Hz: 85 % of the magnitude lies at or below it.</summary>
    SpectralRolloff,

    /// <summary><c>librosa.feature.zero_crossing_rate</c>: sign changes per sample, 0 to 1; high for noise.</summary>
    ZeroCrossingRate,

    /// <summary>First of <c>librosa.feature.mfcc</c>: overall level in dB, scaled by √128.</summary>
    Mfcc1,

    /// <summary>Second MFCC: slope between low and high mel bands.</summary>
    Mfcc2,

    /// <summary>Third MFCC.</summary>
    Mfcc3,

    /// <summary>Fourth MFCC.</summary>
    Mfcc4,

    /// <summary>Fifth MFCC.</summary>
    Mfcc5,

    /// <summary>Sixth MFCC.</summary>
    Mfcc6,

    /// <summary>Seventh MFCC.</summary>
    Mfcc7,

    /// <summary>Eighth MFCC.</summary>
    Mfcc8,

    /// <summary>Ninth MFCC.</summary>
    Mfcc9,

    /// <summary>Tenth MFCC.</summary>
    Mfcc10,

    /// <summary>Eleventh MFCC.</summary>
    Mfcc11,

    /// <summary>Twelfth MFCC.</summary>
    Mfcc12,

    /// <summary>Thirteenth MFCC.</summary>
    Mfcc13,

    /// <summary>Fourteenth MFCC.</summary>
    Mfcc14,

    /// <summary>Fifteenth MFCC.</summary>
    Mfcc15,

    /// <summary>Sixteenth MFCC.</summary>
    Mfcc16,

    /// <summary>Seventeenth MFCC.</summary>
    Mfcc17,

    /// <summary>Eighteenth MFCC.</summary>
    Mfcc18,

    /// <summary>Nineteenth MFCC.</summary>
    Mfcc19,

    /// <summary>Twentieth MFCC.</summary>
    Mfcc20,
}
