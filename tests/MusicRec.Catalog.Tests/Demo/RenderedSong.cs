using System.Buffers.Binary;
using System.Security.Cryptography;
using MusicRec.Audio;
using MusicRec.Audio.Decoding;
using MusicRec.Catalog.Demo;

namespace MusicRec.Catalog.Tests.Demo;

/// <summary>What the tests ask about a song; its bytes are not kept.</summary>
internal sealed record RenderedSong(
    DemoSong Song, string Hash, AudioInfo Info, SongAnalysis Analysis, double RootMeanSquare, double Mean, int LongestClip, double LastSample)
{
    private const int HeaderLength = 44;

    public static RenderedSong Of(DemoSong song)
    {
        using var wav = new MemoryStream();
        DemoSongs.Write(song, wav);
        var bytes = wav.GetBuffer().AsSpan(0, (int)wav.Length);
        wav.Position = 0;
        var info = AudioDecoder.ReadInfo(wav);
        wav.Position = 0;
        var analysis = SongAnalyzer.Analyze(wav);
        return Measure(bytes[HeaderLength..], new RenderedSong(song, Convert.ToHexString(SHA256.HashData(bytes)), info, analysis, 0, 0, 0, 0));
    }

    /// <summary>Analysed on all processors; in the order given.</summary>
    public static RenderedSong[] OfAll(IReadOnlyList<DemoSong> songs)
    {
        var rendered = new RenderedSong[songs.Count];
        Parallel.For(0, songs.Count, i => rendered[i] = Of(songs[i]));
        return rendered;
    }

    private static RenderedSong Measure(ReadOnlySpan<byte> samples, RenderedSong song)
    {
        var (sum, squares, run, longest, last) = (0.0, 0.0, 0, 0, 0.0);
        for (var i = 0; i < samples.Length; i += 2 * sizeof(short))
        {
            var left = BinaryPrimitives.ReadInt16LittleEndian(samples[i..]) / 32768.0;
            var right = BinaryPrimitives.ReadInt16LittleEndian(samples[(i + sizeof(short))..]) / 32768.0;
            sum += left + right;
            squares += left * left + right * right;
            run = Math.Max(Math.Abs(left), Math.Abs(right)) > 0.999 ? run + 1 : 0;
            longest = Math.Max(longest, run);
            last = Math.Max(Math.Abs(left), Math.Abs(right));
        }

        var count = samples.Length / sizeof(short);
        return song with { RootMeanSquare = Math.Sqrt(squares / count), Mean = sum / count, LongestClip = longest, LastSample = last };
    }
}
