using System.Globalization;
using MusicRec.Audio.Features;
using MusicRec.Genres.Embedding;
using MusicRec.Training.Corpus;
using MusicRec.Training.Network;
using static TorchSharp.torch;

namespace MusicRec.Training.Genres;

/// <summary>The original project's network on the same slices, divided in three ways: what leaks are worth.</summary>
internal static class SliceComparison
{
    private const int Batch = 32;
    private const double Rate = 1e-3;
    private const int LeastGroups = 2;

    /// <summary>Trains on either half, tests on the other, and writes a row for each way to divide.</summary>
    /// <param name="tracks">The corpus; tracks of packages without a genre are left out, and genres of a single group.</param>
    /// <param name="epochs">Passes over the training half.</param>
    /// <param name="seed">Decides halves, weights and order.</param>
    /// <param name="output">Receives a table in Markdown.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    public static void Run(IReadOnlyList<CorpusTrack> tracks, int epochs, int seed, TextWriter output, CancellationToken cancellationToken)
    {
        var (slices, genres) = SlicesOf(tracks);
        var most = slices.CountBy(slice => slice.Genre).Max(genre => genre.Value);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{slices.Count} slices of {slices.DistinctBy(slice => slice.Song).Count()} songs, {slices.DistinctBy(slice => slice.Group).Count()} artists or packages; {string.Join(", ", genres)}; most frequent {100.0 * most / slices.Count:F1} % of slices"));
        output.WriteLine("| kept together | slices right | songs right |\n| --- | --- | --- |");
        foreach (var (name, unit) in SliceSplits.All)
        {
            var halves = SliceSplits.Halve(slices, unit, seed);
            var right = Enumerable.Range(0, 2).Select(test => TrainAndTest(slices, halves, test, genres.Count, epochs, seed, cancellationToken)).ToArray();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {100.0 * right.Sum(half => half.Slices) / slices.Count:F1} % | {100.0 * right.Sum(half => half.Songs) / right.Sum(half => half.AllSongs):F1} % |"));
        }
    }

    private static (List<Slice> Slices, List<string> Genres) SlicesOf(IReadOnlyList<CorpusTrack> tracks)
    {
        var packages = MusicList.Packages().ToDictionary(package => package.Name);
        string GroupOf(CorpusTrack track) => packages[track.Package] is { Artist.Length: > 0 } known ? known.Artist : track.Package;
        var genres = tracks.Where(track => track.Segments.Count > 0 && packages[track.Package].Genre.Length > 0)
            .GroupBy(track => packages[track.Package].Genre)
            .Where(genre => genre.Select(GroupOf).Distinct().Count() >= LeastGroups)
            .Select(genre => genre.Key).Order(StringComparer.Ordinal).ToList();
        var groups = tracks.Select(GroupOf).Distinct().Order(StringComparer.Ordinal).ToList();
        var slices = from track in tracks.Select((track, number) => (track, number))
                     let genre = genres.IndexOf(packages[track.track.Package].Genre)
                     where genre >= 0
                     from segment in track.track.Segments
                     from window in Enumerable.Range(0, Segment.Windows)
                     select new Slice(segment.Clean, window, genre, track.number, groups.IndexOf(GroupOf(track.track)));
        return (slices.ToList(), genres);
    }

    private static (int Slices, int Songs, int AllSongs) TrainAndTest(
        List<Slice> slices, int[] halves, int test, int genres, int epochs, int seed, CancellationToken cancellationToken)
    {
        manual_seed(seed);
        using var network = new SliceCnn(genres);
        var optimizer = new AdamW([.. network.parameters()]);
        var random = new Random(seed);
        int[] training = [.. Enumerable.Range(0, slices.Count).Where(i => halves[i] != test)];
        network.train();
        var step = 0;
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(training);

            // A batch of one has no deviation for the norms.
            foreach (var batch in training.Chunk(Batch).Where(batch => batch.Length > 1))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var targets = tensor(batch.Select(i => (long)slices[i].Genre).ToArray());
                nn.functional.cross_entropy(network.forward(Pictures(slices, batch)), targets).backward();
                optimizer.Step(++step, Rate);
            }
        }

        network.eval();
        return Test(network, slices, [.. Enumerable.Range(0, slices.Count).Where(i => halves[i] == test)], genres);
    }

    /// <summary>A song is as its tested slices say on the whole.</summary>
    private static (int Slices, int Songs, int AllSongs) Test(SliceCnn network, List<Slice> slices, int[] tested, int genres)
    {
        using var noGradient = no_grad();
        var songs = new Dictionary<int, float[]>();
        var right = 0;
        foreach (var batch in tested.Chunk(Batch))
        {
            using var scope = NewDisposeScope();
            var scores = EarExport.Values(nn.functional.log_softmax(network.forward(Pictures(slices, batch)), 1));
            for (var i = 0; i < batch.Length; i++)
            {
                var slice = slices[batch[i]];
                var row = scores.AsSpan(i * genres, genres);
                right += IndexOfMost(row) == slice.Genre ? 1 : 0;
                songs.TryAdd(slice.Song, new float[genres]);
                for (var genre = 0; genre < genres; genre++)
                {
                    songs[slice.Song][genre] += row[genre];
                }
            }
        }

        var genreOf = slices.DistinctBy(slice => slice.Song).ToDictionary(slice => slice.Song, slice => slice.Genre);
        return (right, songs.Count(song => IndexOfMost(song.Value) == genreOf[song.Key]), songs.Count);
    }

    private static Tensor Pictures(List<Slice> slices, int[] batch)
    {
        var decibels = new float[batch.Length * MelWindows.Size];
        for (var i = 0; i < batch.Length; i++)
        {
            Augmenter.Copy(slices[batch[i]].Steps, slices[batch[i]].Window, decibels.AsSpan(i * MelWindows.Size, MelWindows.Size));
        }

        return tensor(decibels, [batch.Length, FeatureVersion.MelBands, MelWindows.Frames]);
    }

    private static int IndexOfMost(ReadOnlySpan<float> scores)
    {
        var most = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            most = scores[i] > scores[most] ? i : most;
        }

        return most;
    }
}
