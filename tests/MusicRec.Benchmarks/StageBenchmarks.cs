using BenchmarkDotNet.Attributes;
using MusicRec.Audio.Decoding;
using MusicRec.Audio.Features;
using MusicRec.Audio.Resampling;
using MusicRec.Audio.Spectra;

namespace MusicRec.Benchmarks;

/// <summary>Each kernel of the analysis over 30 seconds of music, with the memory of an earlier run.</summary>
[MemoryDiagnoser]
public class StageBenchmarks
{
    private const int FileRate = 2 * FeatureVersion.SampleRate;

    private readonly Resampler _resampler = new(FileRate);
    private readonly Stft _stft = new();
    private readonly Spectrogram _spectrogram = new();
    private readonly MelSpectrogram _mel = new();
    private readonly MelSpectrogram _decibels = new();
    private readonly Tuning _tuning = new();
    private readonly Mfcc _mfcc = new();
    private readonly Tempo _tempo = new();
    private byte[] _wav = [];
    private float[] _decoded = [];
    private float[] _fileSamples = [];
    private float[] _samples = [];
    private double[] _frames = [];
    private double[] _chroma = [];
    private int _tuningBin;

    [GlobalSetup]
    public void Setup()
    {
        _wav = Songs.Wav(FileRate, channels: 2);
        Decode();
        _fileSamples = [.. _decoded];
        _samples = new float[Resampler.OutputLength(_fileSamples.Length, FileRate)];
        _resampler.Resample(_fileSamples, _samples);
        ShortTimeFourier();
        Mel(_mel);
        Mel(_decibels);
        _decibels.ToDecibels();
        _tuningBin = TuningEstimate();
        _frames = new double[3 * _spectrogram.FrameCount];
        _chroma = new double[FeatureVersion.ChromaCount * _spectrogram.FrameCount];
    }

    [Benchmark]
    public int Decode()
    {
        using var stream = new MemoryStream(_wav);
        return AudioDecoder.ReadMono(stream, ref _decoded, default).SampleRate;
    }

    [Benchmark]
    public void Resample() => _resampler.Resample(_fileSamples, _samples);

    [Benchmark]
    public void ShortTimeFourier()
    {
        _stft.Begin(_samples, _spectrogram);
        for (var block = 0; block < _spectrogram.BlockCount; block++)
        {
            _stft.ComputeBlock(_samples, _spectrogram, block);
        }
    }

    [Benchmark]
    public void Mel() => Mel(_mel);

    /// <summary>From the second run on of what is in dB already: the same work.</summary>
    [Benchmark]
    public void Decibels() => _mel.ToDecibels();

    [Benchmark]
    public int TuningEstimate()
    {
        _tuning.Clear();
        for (var block = 0; block < _spectrogram.BlockCount; block++)
        {
            _tuning.AddPeaks(_spectrogram.Block(block));
        }

        return _tuning.EstimateBin();
    }

    [Benchmark]
    public void ChromaFrames() => Chroma.Compute(_spectrogram, _tuningBin, _chroma);

    [Benchmark]
    public void Shape()
    {
        for (var block = 0; block < _spectrogram.BlockCount; block++)
        {
            SpectralShape.Compute(_spectrogram, block, Row(0), Row(1), Row(2));
        }
    }

    [Benchmark]
    public void RmsAndZeroCrossings()
    {
        TimeDomain.Rms(_samples, Row(0));
        TimeDomain.ZeroCrossingRate(_samples, Row(1));
    }

    [Benchmark]
    public void MfccMeansAndDeviations() => _mfcc.Describe(
        _decibels, 0, _decibels.FrameCount, Row(0)[..FeatureVersion.MfccCount], Row(1)[..FeatureVersion.MfccCount]);

    [Benchmark]
    public double TempoEstimate() => _tempo.Estimate(_decibels);

    private void Mel(MelSpectrogram mel)
    {
        mel.Resize(_spectrogram.FrameCount);
        for (var block = 0; block < _spectrogram.BlockCount; block++)
        {
            MelFilterBank.Apply(_spectrogram, block, mel);
        }
    }

    private Span<double> Row(int row) => _frames.AsSpan(row * _spectrogram.FrameCount, _spectrogram.FrameCount);
}
