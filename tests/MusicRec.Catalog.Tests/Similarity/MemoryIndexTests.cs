using System.Runtime.InteropServices;
using CsCheck;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Similarity;
using MusicRec.Genres;

namespace MusicRec.Catalog.Tests.Similarity;

public sealed class MemoryIndexTests
{
    private static readonly Gen<double[]> Row = Gen.Double[-10, 10].Array[FeatureVector.FeatureCount];

    /// <summary>Against a plain sort of plainly computed cosines.</summary>
    [Fact]
    public void Nearest_AnyCatalog_EqualsAPlainSort()
    {
        Gen.Select(Row.Array[1, 40], Gen.Int[0, 45]).Sample((rows, count) =>
        {
            var (index, ids) = Build(rows);
            var scaled = Scale(rows);
            var expected = Enumerable.Range(1, rows.Length - 1)
                .Select(i => (Id: ids[i], Score: Cosine(scaled[0], scaled[i])))
                .OrderByDescending(hit => Math.Round(hit.Score, 9)).ThenBy(hit => hit.Id)
                .Take(count).ToList();

            var found = index.Nearest(ids[0], count)!;

            return expected.Count == found.Count
                && expected.Zip(found).All(pair => Math.Abs(pair.First.Score - pair.Second.Similarity) < 1e-9)
                && expected.Select(hit => hit.Id).SequenceEqual(found.Select(hit => hit.Id));
        });
    }

    [Fact]
    public void Nearest_ColumnsThatNeverChange_AreNumbers()
    {
        var (index, ids) = Build([.. Enumerable.Range(0, 5).Select(_ => Enumerable.Repeat(3.0, FeatureVector.FeatureCount).ToArray())]);

        var hits = index.Nearest(ids[2], 10)!;

        Assert.Equal(ids.Where(id => id != ids[2]), hits.Select(hit => hit.Id));
        Assert.All(hits, hit => Assert.Equal(0, hit.Similarity));
    }

    [Fact]
    public void Nearest_UnknownSong_Null()
    {
        var (index, _) = Build([[.. Enumerable.Range(0, FeatureVector.FeatureCount).Select(i => (double)i)]]);

        Assert.Null(index.Nearest(Guid.NewGuid(), 5));
    }

    private static (MemoryIndex Index, Guid[] Ids) Build(double[][] rows)
    {
        Guid[] ids = [.. rows.Select((_, i) => new Guid(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]))];
        var version = new IndexVersion(1, FeatureVersion.WithDeviations, FeatureScaler.Fit([.. rows.Select(row => (ReadOnlyMemory<double>)row)]), rows.Length, DateTimeOffset.UnixEpoch);
        var songs = new SongRowsBuilder(FeatureVersion.WithDeviations);
        foreach (var (i, row) in rows.Index())
        {
            songs.Add(ids[i], MemoryMarshal.AsBytes(row.AsSpan()));
        }

        return (new MemoryIndex(version, songs.Build(1), Ranking.Cosine), ids);
    }

    private static double[][] Scale(double[][] rows)
    {
        var means = Enumerable.Range(0, FeatureVector.FeatureCount).Select(column => rows.Average(row => row[column])).ToArray();
        var deviations = means.Select((mean, column) => Math.Sqrt(rows.Average(row => Math.Pow(row[column] - mean, 2)))).ToArray();
        return [.. rows.Select(row => row.Select((value, column) => deviations[column] == 0 ? 0 : (value - means[column]) / deviations[column]).ToArray())];
    }

    private static double Cosine(double[] left, double[] right)
    {
        var norms = Math.Sqrt(left.Sum(value => value * value)) * Math.Sqrt(right.Sum(value => value * value));
        return norms == 0 ? 0 : left.Zip(right, (a, b) => a * b).Sum() / norms;
    }
}
