using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using MusicRec.Audio;
using MusicRec.Audio.Decoding;
using MusicRec.Audio.Encoding;
using MusicRec.Audio.Features;
using MusicRec.Genres.Embedding;
using MusicRec.Training.Teachers;

namespace MusicRec.Training.Corpus;

/// <summary>Turns music files into the corpus: once, for all trainings. What is there already is not made again.</summary>
/// <param name="music">The folder with the packages.</param>
/// <param name="teachers">The folder with <c>compact_cnn</c> and <c>yamnet</c>.</param>
/// <param name="corpus">The folder of the corpus, made if missing.</param>
internal sealed class Preparation(string music, string teachers, string corpus)
{
    /// <summary>Of long tracks only the first four minutes count, so that none outweighs the others.</summary>
    private const int MostSegments = 8;

    /// <summary>Root mean square below which a segment is silence.</summary>
    private const double Silence = 1e-4;

    private static readonly LossyCodec[] Codecs = [LossyCodec.Mp3, LossyCodec.Vorbis, LossyCodec.Opus, LossyCodec.Aac];

    private readonly ConcurrentBag<Ears> _idle = [];

    /// <summary>Prepares tracks on so many threads.</summary>
    public void Run(IReadOnlyList<(string Path, MusicPackage Package)> tracks, int threads, TextWriter log, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(corpus);
        var done = 0;
        var started = TimeProvider.System.GetTimestamp();
        Parallel.For(0, tracks.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, i =>
        {
            var (path, package) = tracks[i];
            var file = Path.Combine(corpus, NameOf(path));
            if (!File.Exists(file))
            {
                try
                {
                    Prepare(path, package, Codecs[i % Codecs.Length]).Write(file);
                }
                catch (Exception exception) when (exception is AudioFormatException or IOException)
                {
                    log.WriteLine($"left out: {exception.Message}");
                }
            }

            log.WriteLine($"{Interlocked.Increment(ref done)}/{tracks.Count} {TimeProvider.System.GetElapsedTime(started):hh\\:mm\\:ss} {Path.GetRelativePath(music, path)}");
        });
        log.WriteLine($"took {Environment.CpuUsage.TotalTime:hh\\:mm\\:ss} of a processor, without ffmpeg");
        foreach (var ears in _idle)
        {
            ears.Dispose();
        }
    }

    /// <summary>The file of a track: the hash of its path, so that the same track has the same file wherever the music lies.</summary>
    private string NameOf(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetRelativePath(music, path).Replace('\\', '/'))))[..16] + ".track";

    private CorpusTrack Prepare(string path, MusicPackage package, LossyCodec codec)
    {
        var ears = _idle.TryTake(out var idle) ? idle : new Ears(teachers);
        try
        {
            var clean = Read(path);
            var lossy = ReadLossy(path, codec);
            var segments = new List<Segment>();
            for (var start = 0; start + Segment.Samples <= clean.Length && segments.Count < MostSegments; start += Segment.Samples)
            {
                var part = clean.AsSpan(start, Segment.Samples);
                if (Loudness(part) > Silence && start + Segment.Samples <= lossy.Length)
                {
                    segments.Add(ears.Hear(part, lossy.AsSpan(start, Segment.Samples)));
                }
            }

            return new CorpusTrack(Path.GetRelativePath(music, path).Replace('\\', '/'), package.Name, segments);
        }
        finally
        {
            _idle.Add(ears);
        }
    }

    private static float[] Read(string path)
    {
        using var stream = File.OpenRead(path);
        return SampleAnalyzer.Read(stream, MostSegments * FeatureVersion.MaxSeconds);
    }

    private static float[] ReadLossy(string path, LossyCodec codec)
    {
        var folder = Directory.CreateTempSubdirectory("musicrec-");
        try
        {
            var copy = Path.Combine(folder.FullName, "copy." + codec.Muxer);
            LossyCopy.Write(path, copy, codec, MostSegments * FeatureVersion.MaxSeconds);
            return Read(copy);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Loudness(ReadOnlySpan<float> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples)
        {
            sum += (double)sample * sample;
        }

        return Math.Sqrt(sum / samples.Length);
    }

    /// <summary>What one thread needs to listen.</summary>
    private sealed class Ears(string teachers) : IDisposable
    {
        private readonly SampleAnalyzer _analyzer = new();
        private readonly CompactCnn _compact = new(Path.Combine(teachers, "compact_cnn"));
        private readonly Yamnet _yamnet = new(Path.Combine(teachers, "yamnet"));

        public Segment Hear(ReadOnlySpan<float> clean, ReadOnlySpan<float> lossy) => new(
            Segment.Quantize(_analyzer.Mel(clean)),
            Segment.Quantize(_analyzer.Mel(lossy)),
            _compact.Hear(clean),
            Sounds(clean));

        public void Dispose()
        {
            _compact.Dispose();
            _yamnet.Dispose();
        }

        /// <summary>Patches are heard once over the whole segment; those that lie within a window are its mean.</summary>
        private Half[] Sounds(ReadOnlySpan<float> samples)
        {
            var patches = _yamnet.Hear(samples);
            var window = (double)MelWindows.Frames * FeatureVersion.HopLength * Yamnet.Rate / FeatureVersion.SampleRate;
            var sums = new float[Segment.Windows * Yamnet.Numbers];
            var counts = new int[Segment.Windows];
            for (var patch = 0; patch < patches.Length / Yamnet.Numbers; patch++)
            {
                var middle = patch * Yamnet.PatchStep + Yamnet.PatchSamples / 2.0;
                var at = Math.Min((int)(middle / window), Segment.Windows - 1);
                counts[at]++;
                for (var i = 0; i < Yamnet.Numbers; i++)
                {
                    sums[at * Yamnet.Numbers + i] += patches[patch * Yamnet.Numbers + i];
                }
            }

            return [.. sums.Select((sum, i) => (Half)(sum / Math.Max(1, counts[i / Yamnet.Numbers])))];
        }
    }
}
