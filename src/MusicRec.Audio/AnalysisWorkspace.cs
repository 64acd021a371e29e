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

    /// <summary>The whole analysis, see <see cref="SongAnalyzer"/>.</summary>
    /// <param name="audio">The bytes of the file.</param>
    /// <param name="hear">The embedding, or null.</param>
    /// <param name="started">Time stamp that the total counts from.</param>
    /// <param name="cancellationToken">Checked between the stages.</param>
    public SongAnalysis Analyze(Stream audio, Func<MelSpectrogram, float[]>? hear, long started, CancellationToken cancellationToken)
    {
        var clip = AudioDecoder.ReadMono(audio, ref _decoded, cancellationToken);

        cancellationToken.ThrowIfCancellationRequested();
        var decoded = Stopwatch.GetTimestamp();
        var samples = _samples = Resample(clip);

        cancellationToken.ThrowIfCancellationRequested();
        var resampled = Stopwatch.GetTimestamp();
        var blocks = TransformBlocks(samples.Span);

        cancellationToken.ThrowIfCancellationRequested();
        var transformed = Stopwatch.GetTimestamp();
        _mel.ToDecibels();

        var melDone = Stopwatch.GetTimestamp();
        var features = _features.Finish(samples.Span, _spectrogram, _mel);

        var extracted = Stopwatch.GetTimestamp();
        var tempo = _tempo.Estimate(_mel);

        var estimated = Stopwatch.GetTimestamp();
        if (hear is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            features = features.WithSound(hear(_mel));
        }

        var finished = Stopwatch.GetTimestamp();
        var times = new StageTimes(
            Milliseconds(started, decoded), Milliseconds(decoded, resampled), Milliseconds(resampled, transformed) - blocks.Mel - blocks.Features,
            blocks.Mel + Milliseconds(transformed, melDone), blocks.Features + Milliseconds(melDone, extracted), Milliseconds(extracted, estimated),
            Milliseconds(started, finished));
        return new SongAnalysis(
            features, tempo, _features.LastTuning, clip.SampleRate,
            (double)samples.Length / FeatureVersion.SampleRate, clip.FileSeconds, times);
    }

    /// <summary>The mel spectrogram in dB of samples at 22 050 Hz.</summary>
    public MelSpectrogram Transform(ReadOnlySpan<float> samples)
    {
        TransformBlocks(samples);
        _mel.ToDecibels();
        return _mel;
    }

    /// <summary>The features of samples at 22 050 Hz.</summary>
    public FeatureVector Extract(ReadOnlySpan<float> samples)
    {
        Transform(samples);
        return _features.Finish(samples, _spectrogram, _mel);
    }

    /// <summary>What can be shown of the song that was analysed last.</summary>
    public SongPortrait Portray() => PortraitPainter.Paint(_samples.Span, _spectrogram, _mel, _features);

    /// <summary>
    /// Transforms a block of eight frames after the other and takes from each what can be taken at once: the spectrum of a
    /// song is too large for a processor's own cache. Returns what of the time was for that.
    /// </summary>
    private (double Mel, double Features) TransformBlocks(ReadOnlySpan<float> samples)
    {
        _stft.Begin(samples, _spectrogram);
        _mel.Resize(_spectrogram.FrameCount);
        _features.Begin(_spectrogram.FrameCount);
        var (mel, features) = (0.0, 0.0);
        for (var block = 0; block < _spectrogram.BlockCount; block++)
        {
            _stft.ComputeBlock(samples, _spectrogram, block);

            var transformed = Stopwatch.GetTimestamp();
            MelFilterBank.Apply(_spectrogram, block, _mel);

            var melDone = Stopwatch.GetTimestamp();
            _features.Add(_spectrogram, block);
            mel += Milliseconds(transformed, melDone);
            features += Milliseconds(melDone, Stopwatch.GetTimestamp());
        }

        return (mel, features);
    }

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
