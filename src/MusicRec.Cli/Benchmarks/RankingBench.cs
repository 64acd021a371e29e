using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using MusicRec.Audio.Features;
using MusicRec.Catalog;
using MusicRec.Catalog.Similarity;
using MusicRec.Genres;

namespace MusicRec.Cli.Benchmarks;

/// <summary>How long it takes to find the nearest of many songs, and whether the answers are those of a plain scan.</summary>
internal sealed class RankingBench() : BenchSection("ranking", "The nearest of many songs, on one thread; checked against a plain scan.", Songs, Sound, Repeat)
{
    private const int Count = 5;
    private const int Questions = 64;
    private const int Checked = 16;

    private static readonly Option<int[]> Songs = Numbers.List("--songs", "Songs to choose from, one table for each number.", [100_000, 1_000_000], 50_000_000);

    private static readonly Option<bool> Sound = new("--sound") { Description = "Rank by features and embedding (90 columns), not by the features alone (26)." };

    public override async Task RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        foreach (var songs in arguments.GetValue(Songs)!)
        {
            await Task.Run(() => Run(songs, arguments.GetValue(Sound), arguments.GetValue(Repeat), arguments.InvocationConfiguration.Output, cancellationToken), cancellationToken);
        }
    }

    private static void Run(int songs, bool sound, int repeats, TextWriter output, CancellationToken cancellationToken)
    {
        var timings = new Timings(output);
        timings.WriteHead($"ranking, {songs} songs, {(sound ? "sound and features" : "features")}");
        var rows = MadeUpSongs.Rows(songs);
        var (scaler, search) = (default(FeatureScaler)!, default(NeighbourSearch)!);
        var few = Math.Min(repeats, 3);
        var numbers = new double[sound ? SongVector.ComparedCount(FeatureVersion.Current) : FeatureVector.FeatureCount];
        timings.Measure("fit the scaler", few, 1, _ => scaler = FeatureScaler.Fit(rows.Count, Numbers), cancellationToken);
        timings.Measure(
            "prepare the table", few, 1,
            _ => search = NeighbourSearch.Create(new UnitVectors(scaler, rows.Count, rows.Copy, sound ? SoundRanking.Parts : null)), cancellationToken);

        int[] asked = [.. Enumerable.Range(0, Questions).Select(i => (int)((long)i * songs / Questions))];
        double[][] units = Array.ConvertAll(asked, row => search.Vectors[row]);
        Check(search, units, output, cancellationToken);

        timings.Measure("plain scan (once)", 1, 1, _ => PlainScan(search.Vectors, units[0]), cancellationToken);
        timings.Measure($"{Count} nearest", repeats * Questions, 1, i => search.Nearest(units[i % Questions], Count, row => row == asked[i % Questions]), cancellationToken);
        timings.Measure(
            $"{Count} nearest, {Questions} questions at once, each", repeats, Questions,
            _ => search.NearestOfEach(units, Count, (question, row) => row == asked[question]), cancellationToken);
        var scale = timings.Measure(
            "local scaling, preparation of each song", few, Questions,
            _ => search.NearestOfEach(units, LocalScales.Neighbour, (question, row) => row == asked[question]), cancellationToken);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"local scaling, preparation of all songs: about {scale * songs / 1000:F1} s on one thread"));

        ReadOnlySpan<double> Numbers(int row)
        {
            rows.Copy(row, numbers);
            return numbers;
        }
    }

    /// <summary>Writes whether the answers are right, and a sum of them that is the same on every machine.</summary>
    private static void Check(NeighbourSearch search, double[][] units, TextWriter output, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var together = search.NearestOfEach(units, Count, (_, _) => false);
        foreach (var (question, unit) in units.Take(Checked).Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var expected = PlainScan(search.Vectors, unit);
            if (!expected.SequenceEqual(search.Nearest(unit, Count, _ => false)) || !expected.SequenceEqual(together[question]))
            {
                throw new InvalidOperationException($"The answer to question {question} is not that of a plain scan.");
            }

            foreach (var neighbour in expected)
            {
                hash.AppendData(BitConverter.GetBytes(neighbour.Row));
                hash.AppendData(BitConverter.GetBytes(neighbour.Cosine));
            }
        }

        output.WriteLine($"{Checked} answers are equal to a plain scan's, to the last bit; checksum {Convert.ToHexString(hash.GetHashAndReset())[..16]}");
    }

    private static List<Neighbour> PlainScan(UnitVectors vectors, double[] unit)
    {
        var best = new List<Neighbour>(Count + 1);
        for (var row = 0; row < vectors.Count; row++)
        {
            var cosine = vectors.Cosine(unit, row);
            var place = best.FindLastIndex(neighbour => neighbour.Score >= cosine) + 1;
            if (place < Count)
            {
                best.Insert(place, new Neighbour(row, cosine, cosine));
                best.RemoveRange(Math.Min(Count, best.Count), Math.Max(0, best.Count - Count));
            }
        }

        return best;
    }
}
