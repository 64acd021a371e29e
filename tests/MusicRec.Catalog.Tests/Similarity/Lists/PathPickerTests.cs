using CsCheck;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Lists;
using MusicRec.Catalog.Tests.Similarity.Search;

namespace MusicRec.Catalog.Tests.Similarity.Lists;

public sealed class PathPickerTests
{
    private static readonly Gen<(double[][] Rows, SongFacts[] Facts)> Catalogs = MadeLists.Catalogs.Where(catalog => catalog.Rows.Length >= 2);

    [Fact]
    public void Pick_AnyCatalog_HasItsEndsAsManySongsAsThereAreAndNoneTwice() =>
        Gen.Select(Catalogs, Gen.Int[2, ListRules.MostSongs]).Sample((catalog, count) =>
        {
            var search = MadeLists.Search(catalog.Rows);

            var path = Path(search, catalog.Facts, new ListRules(count), count);

            Assert.Equal(0, path[0]);
            Assert.Equal(catalog.Rows.Length - 1, path[^1]);
            Assert.Equal(Math.Min(count, catalog.Rows.Length), path.Count);
            Assert.Equal(path.Count, path.Distinct().Count());
            Assert.Equal(path, Path(search, catalog.Facts, new ListRules(count), count));
        });

    [Fact]
    public void Pick_AnyCatalogAndRules_NeverTurnsBackAndKeepsTheRulesBetweenTheEnds() =>
        Gen.Select(Catalogs, MadeLists.Rules).Sample((catalog, rules) =>
        {
            var search = MadeLists.Search(catalog.Rows);

            var path = Path(search, catalog.Facts, rules, Math.Max(2, rules.Count));

            var (first, last) = (search.Vectors[path[0]], search.Vectors[path[^1]]);
            var progress = path[1..^1].ConvertAll(row => PathPicker.Progress(first, last, search.Vectors[row]));
            Assert.Equal(progress.Order(), progress);
            Assert.All(path[1..^1], row => Assert.True(rules.Match(catalog.Facts[row])));
            Assert.True(rules.MostPerArtist == 0 || path[1..^1].Where(row => catalog.Facts[row].Artist != 0)
                .CountBy(row => catalog.Facts[row].Artist).All(artist => artist.Value <= rules.MostPerArtist));
        });

    [Fact]
    public void Pick_AnyCatalogAndRules_TakesTheNearestSongToEachEvenStep() =>
        Gen.Select(Catalogs, MadeLists.Rules).Sample((catalog, rules) =>
        {
            var search = MadeLists.Search(catalog.Rows);
            var count = Math.Max(2, rules.Count);
            var last = catalog.Rows.Length - 1;
            var taken = new List<int> { 0, last };
            for (var step = 1; step < count - 1; step++)
            {
                var point = SeedBlend.Between(search.Vectors[0], search.Vectors[last], (double)step / (count - 1));
                taken.AddRange(PlainSearch.Nearest(search.Vectors, null, point, catalog.Rows.Length, taken.Contains)
                    .Select(hit => hit.Row)
                    .Where(row => MadeLists.MayBeIn(search.Vectors, catalog.Facts, rules, row, taken, taken))
                    .Take(1));
            }

            Assert.Equal(taken.Order(), Path(search, catalog.Facts, rules, count).Order());
        });

    /// <summary>Where there are songs everywhere on the way, no step is more than half as long again as an even one, nor less than half.</summary>
    [Fact]
    public void Pick_SongsEverywhere_StepsAreEven() =>
        Gen.Select(Gen.Int[3, ListRules.MostSongs], Gen.Double[0.3, 3], Gen.Int[0, 1000]).Sample((count, angle, seed) =>
        {
            var random = new Random(seed);
            var songs = 20 * count;

            // Little beside a step: ends that are nearly opposite tilt the way by seven times as much.
            var aside = 0.02 * angle / count;
            double[][] rows = [.. Enumerable.Range(0, songs + 1).Select(i => angle * i / songs).Select(at => (double[])[Math.Cos(at), Math.Sin(at), aside * random.NextDouble()])];
            var search = MadeLists.Search(rows);

            var path = Path(search, [.. rows.Select(_ => SongFacts.Unknown)], new ListRules(count), count);

            var progress = path.ConvertAll(row => PathPicker.Progress(search.Vectors[0], search.Vectors[songs], search.Vectors[row]));
            Assert.Equal((0, 1), (progress[0], progress[^1]), (left, right) => Math.Abs(left.Item1 - right.Item1) < 1e-6 && Math.Abs(left.Item2 - right.Item2) < 1e-6);
            Assert.All(progress.Zip(progress.Skip(1)), step => Assert.InRange((step.Second - step.First) * (count - 1), 0.5, 1.5));
        });

    [Fact]
    public void Pick_OppositeEnds_IsAPathAllTheSame()
    {
        double[][] rows = [[1, 0], [0, 1], [0, -1], [-1, 0]];

        Assert.Equal(4, Path(MadeLists.Search(rows), [.. rows.Select(_ => SongFacts.Unknown)], new ListRules(4), 4).Count);
    }

    private static List<int> Path(NeighbourSearch search, SongFacts[] facts, ListRules rules, int count) =>
        PathPicker.Pick(search, new ListPicker(search, facts, rules), 0, facts.Length - 1, count);
}
