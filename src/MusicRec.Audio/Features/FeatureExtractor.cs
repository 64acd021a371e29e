using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Features;

/// <summary>
/// The 26 features of one song, their means and standard deviations. Holds work memory that is reused: one thread at a time.
/// </summary>
public sealed class FeatureExtractor
{
    // Rows of one value per frame.
    private const int CentroidRow = 0;
    private const int BandwidthRow = 1;
    private const int RolloffRow = 2;
    private const int RmsRow = 3;
    private const int CrossingsRow = 4;
    private const int RowCount = 5;

    private readonly Tuning _tuning = new();
    private readonly Mfcc _mfcc = new();
    private int _frameCount;
    private double[] _frames = [];
    private double[] _chroma = [];

    /// <summary>Tuning of the last song in semitones from A = 440 Hz, a multiple of 0.01.</summary>
    public double LastTuning { get; private set; }

    /// <summary>The chroma of the last song: 12 values per frame, frame by frame, C first.</summary>
    internal ReadOnlySpan<double> LastChroma => _chroma.AsSpan(0, _frameCount * FeatureVersion.ChromaCount);

    /// <summary>The root mean square of each frame of the last song.</summary>
    internal ReadOnlySpan<double> LastRms => Row(RmsRow);

    /// <summary>Begins with a song of so many frames.</summary>
    public void Begin(int frames)
    {
        _frameCount = frames;
        if (_frames.Length < RowCount * frames)
        {
            _frames = new double[RowCount * frames];
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
        SpectralShape.Compute(spectrogram, block, Row(CentroidRow), Row(BandwidthRow), Row(RolloffRow));
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
        TimeDomain.Rms(samples, Row(RmsRow));
        TimeDomain.ZeroCrossingRate(samples, Row(CrossingsRow));
        return Describe(decibels, 0, _frameCount);
    }

    /// <summary>The features of a part of the last song, as if nothing else had been heard of it but its tuning and its loudest moment.</summary>
    /// <param name="decibels">The mel spectrogram in dB that the song was extracted with.</param>
    /// <param name="first">The first frame, a multiple of 4.</param>
    /// <param name="count">How many frames, 1 or more.</param>
    internal FeatureVector Describe(MelSpectrogram decibels, int first, int count)
    {
        Span<double> values = stackalloc double[FeatureVector.Length];
        Describe(_chroma.AsSpan(first * FeatureVersion.ChromaCount, count * FeatureVersion.ChromaCount), AudioFeature.ChromaStft, values);
        Describe(Row(RmsRow).Slice(first, count), AudioFeature.Rms, values);
        Describe(Row(CentroidRow).Slice(first, count), AudioFeature.SpectralCentroid, values);
        Describe(Row(BandwidthRow).Slice(first, count), AudioFeature.SpectralBandwidth, values);
        Describe(Row(RolloffRow).Slice(first, count), AudioFeature.SpectralRolloff, values);
        Describe(Row(CrossingsRow).Slice(first, count), AudioFeature.ZeroCrossingRate, values);
        _mfcc.Describe(
            decibels, first, count,
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
