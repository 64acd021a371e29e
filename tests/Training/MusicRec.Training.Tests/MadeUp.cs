using MusicRec.Training.Corpus;
using MusicRec.Training.Teachers;

namespace MusicRec.Training.Tests;

internal static class MadeUp
{
    /// <summary>Tracks of stripes: bands that sound, others that do not; teachers' numbers go with them.</summary>
    public static CorpusTrack[] Tracks(int count, int segments) => [.. Enumerable.Range(0, count).Select(track => new CorpusTrack(
        $"{track}.ogg", "package", [.. Enumerable.Range(0, segments).Select(segment => Piece(track, segment))]))];

    private static Segment Piece(int track, int segment)
    {
        var random = new Random(100 * track + segment);
        byte[] Picture() => [.. Enumerable.Range(0, Segment.Size).Select(i => (byte)((i / Segment.Frames + track) % 8 < 3 ? 200 + random.Next(56) : random.Next(80)))];
        return new Segment(
            Picture(), Picture(),
            [.. Enumerable.Range(0, CompactCnn.Numbers).Select(i => (float)Math.Sin(track * (i + 1)) + 0.01f * segment)],
            [.. Enumerable.Range(0, Segment.Windows * Yamnet.Numbers).Select(i => (Half)Math.Max(0, Math.Sin(track * (i % Yamnet.Numbers + 1))))]);
    }
}
