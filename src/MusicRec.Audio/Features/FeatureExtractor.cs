using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Features;

/// <summary>
/// The 26 features of one song, their means and standard deviations. Holds work memory that is reused: one thread at a time.
/// </summary>
public sealed class FeatureExtractor
{
    private readonly Tuning _tuning = new();
    private readonly Mfcc _mfcc = new();
    private double[] _frames = [];
    private double[] _chroma = [];

    /// <summary>Tuning of the last song in semitones from A = 440 Hz, a multiple of 0.01.</summary>
    public double LastTuning { get; private set; }

    /// <summary>Computes all features.</summary>
    /// <param name="samples">The signal at 22 050 Hz, at least one sample.</param>
    /// <param name="spectrogram">Its power spectrogram.</param>
    /// <param name="decibels">Its mel spectrogram in dB.</param>
    public FeatureVector Extract(ReadOnlySpan<float> samples, Spectrogram spectrogram, MelSpectrogram decibels)
    {
        var frames = spectrogram.FrameCount;
        Reserve(frames);
        var centroid = _frames.AsSpan(0, frames);
        var bandwidth = _frames.AsSpan(frames, frames);
        var rolloff = _frames.AsSpan(2 * frames, frames);
        var rms = _frames.AsSpan(3 * frames, frames);
        var crossings = _frames.AsSpan(4 * frames, frames);
        var chroma = _chroma.AsSpan(0, frames * FeatureVersion.ChromaCount);

        var tuningBin = _tuning.EstimateBin(spectrogram);
        LastTuning = Tuning.OfBin(tuningBin);
        Chroma.Compute(spectrogram, tuningBin, chroma);
        SpectralShape.Compute(spectrogram, centroid, bandwidth, rolloff);
        TimeDomain.Rms(samples, rms);
        TimeDomain.ZeroCrossingRate(samples, crossings);

        Span<double> values = stackalloc double[FeatureVector.Length];
        Describe(chroma, AudioFeature.ChromaStft, values);
        Describe(rms, AudioFeature.Rms, values);
        Describe(centroid, AudioFeature.SpectralCentroid, values);
        Describe(bandwidth, AudioFeature.SpectralBandwidth, values);
        Describe(rolloff, AudioFeature.SpectralRolloff, values);
        Describe(crossings, AudioFeature.ZeroCrossingRate, values);
        _mfcc.Describe(
            decibels,
            values.Slice((int)AudioFeature.Mfcc1, FeatureVersion.MfccCount),
            values.Slice(FeatureVector.FeatureCount + (int)AudioFeature.Mfcc1, FeatureVersion.MfccCount));
        return new FeatureVector(values);
    }

    private void Reserve(int frames)
    {
        if (_frames.Length < 5 * frames)
        {
            _frames = new double[5 * frames];
            _chroma = new double[FeatureVersion.ChromaCount * frames];
        }
    }

    /// <summary>Mean and standard deviation of all cells of a feature's matrix, as numpy's <c>mean</c> and <c>std</c>.</summary>
    private static void Describe(ReadOnlySpan<double> cells, AudioFeature feature, Span<double> values)
    {
        var (mean, deviation) = Statistics.Describe(cells);
        values[(int)feature] = mean;
        values[FeatureVector.FeatureCount + (int)feature] = deviation;
    }
}
