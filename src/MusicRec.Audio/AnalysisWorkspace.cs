using System.Diagnostics;
using MusicRec.Audio.Decoding;
using MusicRec.Audio.Features;
using MusicRec.Audio.Portraits;
using MusicRec.Audio.Resampling;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio;

/// <summary>The memory one analysis needs, reused from song to song. One thread at a time.</summary>
internal sealed class AnalysisWorkspace
{
    private readonly Stft _stft = new();
    private readonly Spectrogram _spectrogram = new();
    private readonly MelSpectrogram _mel = new();
    private readonly FeatureExtractor _features = new();
    private readonly Tempo _tempo = new();
    private (int Rate, Resampler Resampler)? _resampler;
    private float[] _decoded = [];
    private float[] _resampled = [];
    private ReadOnlyMemory<float> _samples;

    /// <summary>The whole analysis, see <see cref="SongAnalyzer.Analyze"/>.</summary>
    /// <param name="audio">The bytes of the file.</param>
    /// <param name="started">Time stamp that the total counts from.</param>
    /// <param name="cancellationToken">Checked between the stages.</param>
    public SongAnalysis Analyze(Stream audio, long started, CancellationToken cancellationToken)
    {
        var clip = AudioDecoder.ReadMono(audio, ref _decoded, cancellationToken);

        cancellationToken.ThrowIfCancellationRequested();
        var decoded = Stopwatch.GetTimestamp();
        var samples = _samples = Resample(clip);

        cancellationToken.ThrowIfCancellationRequested();
        var resampled = Stopwatch.GetTimestamp();
        _stft.Compute(samples.Span, _spectrogram);

        cancellationToken.ThrowIfCancellationRequested();
        var transformed = Stopwatch.GetTimestamp();
        MelFilterBank.Apply(_spectrogram, _mel);
        _mel.ToDecibels();

        var melDone = Stopwatch.GetTimestamp();
        var features = _features.Extract(samples.Span, _spectrogram, _mel);

        var extracted = Stopwatch.GetTimestamp();
        var tempo = _tempo.Estimate(_mel);

        var finished = Stopwatch.GetTimestamp();
        var times = new StageTimes(
            Milliseconds(started, decoded), Milliseconds(decoded, resampled), Milliseconds(resampled, transformed),
            Milliseconds(transformed, melDone), Milliseconds(melDone, extracted), Milliseconds(extracted, finished),
            Milliseconds(started, finished));
        return new SongAnalysis(
            features, tempo, _features.LastTuning, clip.SampleRate,
            (double)samples.Length / FeatureVersion.SampleRate, clip.FileSeconds, times);
    }

    /// <summary>What can be shown of the song that was analysed last.</summary>
    public SongPortrait Portray() => PortraitPainter.Paint(_samples.Span, _spectrogram, _mel, _features);

    private ReadOnlyMemory<float> Resample(AudioClip clip)
    {
        var input = clip.Samples;
        if (clip.SampleRate == FeatureVersion.SampleRate)
        {
            return input;
        }

        if (_resampler?.Rate != clip.SampleRate)
        {
            _resampler = (clip.SampleRate, new Resampler(clip.SampleRate));
        }

        var length = Resampler.OutputLength(input.Length, clip.SampleRate);
        if (_resampled.Length < length)
        {
            _resampled = new float[length];
        }

        _resampler.Value.Resampler.Resample(input.Span, _resampled.AsSpan(0, length));
        return _resampled.AsMemory(0, length);
    }

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
}
