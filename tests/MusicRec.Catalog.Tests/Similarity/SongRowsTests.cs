using System.Runtime.InteropServices;
using CsCheck;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Similarity;

namespace MusicRec.Catalog.Tests.Similarity;

public sealed class SongRowsTests
{
    /// <summary>Additions, replacements and deletions against a plain dictionary; earlier versions stay as they were.</summary>
    [Fact]
    public void Continue_AnyChanges_EqualsADictionary() =>
        Gen.Select(Gen.Int[0, 60].HashSet[0, 40], Gen.Int[0, 60].HashSet[0, 10]).Array[1, 8].Sample(versions =>
        {
            var expected = new SortedDictionary<Guid, double>();
            SongRows? rows = null;
            var earlier = new List<(SongRows Rows, KeyValuePair<Guid, double>[] Expected)>();
            foreach (var (i, (added, deleted)) in versions.Index())
            {
                var builder = rows?.Continue() ?? new SongRowsBuilder(FeatureVersion.WithDeviations);
                foreach (var song in added)
                {
                    builder.Add(Id(song), Values(song + (100 * i)));
                    expected[Id(song)] = song + (100 * i);
                }

                foreach (var song in deleted)
                {
                    expected.Remove(Id(song));
                }

                rows = builder.Build(i + 1, id => expected.ContainsKey(id));
                earlier.Add((rows, [.. expected]));
            }

            Assert.All(earlier, version => AssertEqual(version.Expected, version.Rows));
        });

    /// <summary>Two processes' worth of next versions from the same rows, across the border of a chunk.</summary>
    [Fact]
    public void Continue_Twice_NeitherSeesTheOther()
    {
        var builder = new SongRowsBuilder(FeatureVersion.WithDeviations);
        for (var song = 0; song < SongRowsBuilder.ChunkRows - 1; song++)
        {
            builder.Add(Id(song), Values(song));
        }

        var rows = builder.Build(1);
        var (left, right) = (rows.Continue(), rows.Continue());
        for (var song = 10_000; song < 10_005; song++)
        {
            left.Add(Id(song), Values(1));
            right.Add(Id(song), Values(2));
        }

        var (first, second) = (left.Build(2), right.Build(2));
        Assert.Equal((SongRowsBuilder.ChunkRows + 4, SongRowsBuilder.ChunkRows + 4), (first.Count, second.Count));
        Assert.All(Enumerable.Range(10_000, 5), song => Assert.Equal((1, 2), (first.Means(first.Find(Id(song)))[3], second.Means(second.Find(Id(song)))[3])));
        Assert.Equal(SongRowsBuilder.ChunkRows - 1, rows.Count);
    }

    [Fact]
    public void IsSparse_MostRowsReplaced_SaysSo()
    {
        var rows = new SongRowsBuilder(FeatureVersion.WithDeviations).Build(1);
        for (var version = 2; version < 6; version++)
        {
            Assert.False(rows.IsSparse);
            var next = rows.Continue();
            for (var song = 0; song < SongRowsBuilder.ChunkRows / 2; song++)
            {
                next.Add(Id(song), Values(version));
            }

            rows = next.Build(version);
        }

        Assert.True(rows.IsSparse);
    }

    private static void AssertEqual(KeyValuePair<Guid, double>[] expected, SongRows rows)
    {
        Assert.Equal(expected.Select(song => song.Key), rows.Ids.ToArray());
        for (var row = 0; row < rows.Count; row++)
        {
            Assert.Equal(row, rows.Find(rows.Ids[row]));
            Assert.Equal(Values((int)expected[row].Value), MemoryMarshal.AsBytes(rows.Means(row)).ToArray());
        }
    }

    private static Guid Id(int song) => new(song, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    private static byte[] Values(int value) => MemoryMarshal.AsBytes<double>([.. Enumerable.Repeat((double)value, FeatureVector.FeatureCount)]).ToArray();
}
