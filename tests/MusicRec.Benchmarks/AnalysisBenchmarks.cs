using BenchmarkDotNet.Attributes;
using MusicRec.Audio;
using MusicRec.Audio.Features;

namespace MusicRec.Benchmarks;

/// <summary>The whole analysis of 30 seconds, from the bytes of the file.</summary>
[MemoryDiagnoser]
public class AnalysisBenchmarks
{
    private byte[] _cdQuality = [];
    private byte[] _analysisRate = [];

    [GlobalSetup]
    public void Setup()
    {
        _cdQuality = Songs.Wav(2 * FeatureVersion.SampleRate, channels: 2);
        _analysisRate = Songs.Wav(FeatureVersion.SampleRate, channels: 1);
    }

    [Benchmark]
    public SongAnalysis Stereo44100() => Analyze(_cdQuality);

    [Benchmark]
    public SongAnalysis Mono22050() => Analyze(_analysisRate);

    private static SongAnalysis Analyze(byte[] wav)
    {
        using var stream = new MemoryStream(wav);
        return SongAnalyzer.Analyze(stream);
    }
}
