using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Features;

/// <summary>
/// The 26 features of one song, their means and standard deviations. Holds work memory that is reused: one thread at a time.
/// </summary>
public sealed class FeatureExtractor
{
    // Rows of one value per frame.
    private const int Centroid = 0;
    private const int Bandwidth = 1;
    private const int Rolloff = 2;
    private const int Rms = 3;
    private const int Crossings = 4;

    private readonly Tuning _tuning = new();
    private readonly Mfcc _mfcc = new();
    private int _frameCount;
    private double[] _frames = [];
    private double[] _chroma = [];

    /// <summary>Tuning of the last song in semitones from A = 440 Hz, a multiple of 0.01.</summary>
    public double LastTuning { get; private set; }

    /// <summary>Begins with a song of so many frames.</summary>
    public void Begin(int frames)
    {
        _frameCount = frames;
        if (_frames.Length < 5 * frames)
        {
            _frames = new double[5 * frames];
            _chroma = new double[FeatureVersion.ChromaCount * frames];
        }

        _tuning.Clear();
    }

    /// <summary>Takes what it needs of a block of frames, best right after it was transformed, when it still is in a near cache.</summary>
    /// <param name="spectrogram">The power spectrogram.</param>
    /// <param name="block">Each block once.</param>
    public void Add(Spectrogram spectrogram, int block)
    {
        _tuning.AddPeaks(spectrogram.Block(block));
        SpectralShape.Compute(spectrogram, block, Row(Centroid), Row(Bandwidth), Row(Rolloff));
    }

    /// <summary>Computes all features, after all blocks were added.</summary>
    /// <param name="samples">The signal at 22 050 Hz, at least one sample.</param>
    /// <param name="spectrogram">Its power spectrogram.</param>
    /// <param name="decibels">Its mel spectrogram in dB.</param>
    public FeatureVector Finish(ReadOnlySpan<float> samples, Spectrogram spectrogram, MelSpectrogram decibels)
    {
        var chroma = _chroma.AsSpan(0, _frameCount * FeatureVersion.ChromaCount);
        var tuningBin = _tuning.EstimateBin();
        LastTuning = Tuning.OfBin(tuningBin);
        Chroma.Compute(spectrogram, tuningBin, chroma);
        TimeDomain.Rms(samples, Row(Rms));
        TimeDomain.ZeroCrossingRate(samples, Row(Crossings));

        Span<double> values = stackalloc double[FeatureVector.Length];
        Describe(chroma, AudioFeature.ChromaStft, values);
        Describe(Row(Rms), AudioFeature.Rms, values);
        Describe(Row(Centroid), AudioFeature.SpectralCentroid, values);
        Describe(Row(Bandwidth), AudioFeature.SpectralBandwidth, values);
        Describe(Row(Rolloff), AudioFeature.SpectralRolloff, values);
        Describe(Row(Crossings), AudioFeature.ZeroCrossingRate, values);
        _mfcc.Describe(
            decibels,
            values.Slice((int)AudioFeature.Mfcc1, FeatureVersion.MfccCount),
            values.Slice(FeatureVector.FeatureCount + (int)AudioFeature.Mfcc1, FeatureVersion.MfccCount));
        return new FeatureVector(values);
    }

    private Span<double> Row(int row) => _frames.AsSpan(row * _frameCount, _frameCount);

    /// <summary>Mean and standard deviation of all cells of a feature's matrix, as numpy's <c>mean</c> and <c>std</c>.</summary>
    private static void Describe(ReadOnlySpan<double> cells, AudioFeature feature, Span<double> values)
    {
        var (mean, deviation) = Statistics.Describe(cells);
        values[(int)feature] = mean;
        values[FeatureVector.FeatureCount + (int)feature] = deviation;
    }
}
