using MusicRec.Genres.Embedding;
using MusicRec.Training.Teachers;

namespace MusicRec.Training.Corpus;

/// <summary>Two windows of each of some tracks, changed by chance, with what the teachers heard there.</summary>
/// <param name="Tracks">How many.</param>
/// <param name="Windows">First one window of each track, then another of each, then the first once more with noise.</param>
/// <param name="Decibels">Windows x bands x frames.</param>
/// <param name="Tags">Windows x 160.</param>
/// <param name="Sounds">Windows x 1024.</param>
/// <param name="TrackTags">Windows x 32, of the whole track.</param>
/// <param name="TrackSounds">Windows x 1024, of the whole track.</param>
internal sealed record Batch(int Tracks, int Windows, float[] Decibels, float[] Tags, float[] Sounds, float[] TrackTags, float[] TrackSounds);

/// <summary>Draws batches. The same seed and step give the same batch, wherever a training goes on.</summary>
/// <param name="tracks">The corpus; tracks without a segment are never drawn.</param>
/// <param name="targets">Of the same corpus.</param>
/// <param name="tracksPerBatch">Tracks in a batch; all of them if there are fewer.</param>
/// <param name="seed">Decides all.</param>
internal sealed class BatchMaker(IReadOnlyList<CorpusTrack> tracks, TeacherTargets targets, int tracksPerBatch, int seed)
{
    private readonly CorpusTrack[] _tracks = [.. tracks.Where(track => track.Segments.Count > 0)];

    public Batch Make(int step)
    {
        var random = new Random(HashCode(step, 0));
        var order = Enumerable.Range(0, _tracks.Length).ToArray();
        random.Shuffle(order);
        var count = Math.Min(tracksPerBatch, order.Length);
        var places = order.Take(count).Select(track => Two(_tracks[track], random)).ToArray();
        (CorpusTrack Track, int Window)[] windows = [.. places.Select(two => two.First), .. places.Select(two => two.Second), .. places.Select(two => two.First)];
        var batch = new Batch(
            count, windows.Length, new float[windows.Length * MelWindows.Size], new float[windows.Length * CompactCnn.Numbers], new float[windows.Length * Yamnet.Numbers],
            [.. windows.SelectMany(place => targets.Style(place.Track).LastTags)], [.. windows.SelectMany(place => targets.Style(place.Track).Sounds)]);
        Parallel.For(0, windows.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            var (track, at) = windows[i];
            var (segment, window) = (track.Segments[at / Segment.Windows], at % Segment.Windows);
            var random = new Random(HashCode(step, i + 1));
            if (i < count)
            {
                Augmenter.MakeBoth(segment, window, random, PictureAt(batch, i), PictureAt(batch, i + 2 * count));
            }
            else if (i < 2 * count)
            {
                Augmenter.Make(segment, window, random, PictureAt(batch, i));
            }

            targets.CopyTags(segment, batch.Tags.AsSpan(i * CompactCnn.Numbers, CompactCnn.Numbers));
            targets.CopySounds(segment, window, batch.Sounds.AsSpan(i * Yamnet.Numbers, Yamnet.Numbers));
        });
        return batch;
    }

    private static Span<float> PictureAt(Batch batch, int window) => batch.Decibels.AsSpan(window * MelWindows.Size, MelWindows.Size);

    /// <summary>Two different windows, anywhere in the track.</summary>
    private static ((CorpusTrack Track, int Window) First, (CorpusTrack Track, int Window) Second) Two(CorpusTrack track, Random random)
    {
        var all = track.Segments.Count * Segment.Windows;
        var first = random.Next(all);
        var second = (first + 1 + random.Next(all - 1)) % all;
        return ((track, first), (track, second));
    }

    /// <summary>Not <see cref="System.HashCode"/>, which is another in every process.</summary>
    private int HashCode(int step, int window) => unchecked((int)(((uint)seed * 0x9E3779B1u ^ (uint)step) * 0x85EBCA77u ^ (uint)window * 0xC2B2AE3Du) & int.MaxValue);
}
