using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Features;

/// <summary>
/// The 26 means of one song. Holds work memory that is reused: one thread at a time.
/// </summary>
public sealed class FeatureExtractor
{
    private readonly Tuning _tuning = new();
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
        values[(int)AudioFeature.ChromaStft] = Mean(chroma);
        values[(int)AudioFeature.Rms] = Mean(rms);
        values[(int)AudioFeature.SpectralCentroid] = Mean(centroid);
        values[(int)AudioFeature.SpectralBandwidth] = Mean(bandwidth);
        values[(int)AudioFeature.SpectralRolloff] = Mean(rolloff);
        values[(int)AudioFeature.ZeroCrossingRate] = Mean(crossings);
        Mfcc.Means(decibels, values[(int)AudioFeature.Mfcc1..]);
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

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
