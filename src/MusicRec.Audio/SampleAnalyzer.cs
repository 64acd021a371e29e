using MusicRec.Audio.Decoding;
using MusicRec.Audio.Features;
using MusicRec.Audio.Resampling;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio;

/// <summary>
/// The stages of <see cref="SongAnalyzer"/> for samples that were cut or changed before. Holds work memory that is reused: one thread
/// at a time.
/// </summary>
public sealed class SampleAnalyzer
{
    private readonly AnalysisWorkspace _workspace = new();

    /// <summary>Reads the first seconds of a file as mono samples at 22 050 Hz.</summary>
    /// <param name="audio">The file from the current position; seekable; left open.</param>
    /// <param name="seconds">Most to read, 1 to 3600.</param>
    /// <param name="cancellationToken">Ends the decoding.</param>
    /// <exception cref="AudioFormatException">The file is damaged or of a kind that is not read.</exception>
    /// <exception cref="IOException">The stream could not be read.</exception>
    public static float[] Read(Stream audio, int seconds, CancellationToken cancellationToken = default)
    {
        var clip = AudioDecoder.ReadMono(audio, seconds, cancellationToken);
        return Resample(clip.Samples.Span, clip.SampleRate);
    }

    /// <summary>Brings samples of any rate to 22 050 Hz.</summary>
    /// <param name="samples">At least one sample.</param>
    /// <param name="rate">Their rate in Hz, at least 1000. Another rate than the true one changes speed and pitch together.</param>
    public static float[] Resample(ReadOnlySpan<float> samples, int rate)
    {
        if (rate == FeatureVersion.SampleRate)
        {
            return samples.ToArray();
        }

        var output = new float[Resampler.OutputLength(samples.Length, rate)];
        new Resampler(rate).Resample(samples, output);
        return output;
    }

    /// <summary>The mel spectrogram in dB, as the analysis of a song makes it; valid until the next call.</summary>
    /// <param name="samples">At least one sample at 22 050 Hz.</param>
    public MelSpectrogram Mel(ReadOnlySpan<float> samples) => _workspace.Transform(samples);

    /// <summary>The 20 mel-frequency cepstral coefficients of each frame, frame by frame (librosa <c>feature.mfcc</c>, transposed).</summary>
    /// <param name="samples">At least one sample at 22 050 Hz.</param>
    public double[] Mfccs(ReadOnlySpan<float> samples)
    {
        var mel = Mel(samples);
        var coefficients = new double[mel.FrameCount * FeatureVersion.MfccCount];
        Span<double> bands = stackalloc double[FeatureVersion.MelBands];
        for (var frame = 0; frame < mel.FrameCount; frame++)
        {
            for (var band = 0; band < bands.Length; band++)
            {
                bands[band] = mel.Band(band)[frame];
            }

            Mfcc.Transform(bands, coefficients.AsSpan(frame * FeatureVersion.MfccCount, FeatureVersion.MfccCount));
        }

        return coefficients;
    }

    /// <summary>The features.</summary>
    /// <param name="samples">At least one sample at 22 050 Hz.</param>
    public FeatureVector Features(ReadOnlySpan<float> samples) => _workspace.Extract(samples);
}
