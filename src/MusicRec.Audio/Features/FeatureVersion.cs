namespace MusicRec.Audio.Features;

/// <summary>
/// The constants that decide the numbers. They belong to a version and are no settings: of vectors of different versions
/// nothing is compared but the means, which are the same in all of them so far. The values are librosa's defaults (0.10.2).
/// </summary>
/// <remarks>Version 1 was the means alone; version 2 has the same means and beside each its standard deviation; version 3 has what a learned embedding hears as well.</remarks>
public static class FeatureVersion
{
    /// <summary>Version 3, of the catalog's songs: 26 means and 26 standard deviations over the first 30 seconds, and the embedding of their sound.</summary>
    public const int Current = 3;

    /// <summary>The first version with an embedding. Those of later versions may have another one: what two embeddings hear is never compared.</summary>
    public const int FirstWithSound = 3;

    /// <summary>Version 2: the means and deviations alone, what genre models are trained on.</summary>
    public const int WithDeviations = 2;

    /// <summary>Version 1: the 26 means alone. A model trained on them can be asked about vectors of later versions, which have the same means.</summary>
    public const int MeansOnly = 1;

    /// <summary>Rate all audio is analysed at, in Hz.</summary>
    public const int SampleRate = 22050;

    /// <summary>Only the first so many seconds of a file count.</summary>
    public const int MaxSeconds = 30;

    /// <summary>Samples in one analysis frame (librosa: <c>n_fft</c>).</summary>
    public const int FftSize = 2048;

    /// <summary>Samples between the starts of two frames (librosa: <c>hop_length</c>).</summary>
    public const int HopLength = 512;

    /// <summary>Frequency bins of one frame, 0 Hz to the Nyquist frequency inclusive.</summary>
    public const int BinCount = FftSize / 2 + 1;

    /// <summary>Mel bands, 0 to 11 025 Hz (librosa: <c>n_mels</c>).</summary>
    public const int MelBands = 128;

    /// <summary>Mel-frequency cepstral coefficients kept (librosa: <c>n_mfcc</c>).</summary>
    public const int MfccCount = 20;

    /// <summary>Pitch classes of the chroma, C first (librosa: <c>n_chroma</c>).</summary>
    public const int ChromaCount = 12;
}
