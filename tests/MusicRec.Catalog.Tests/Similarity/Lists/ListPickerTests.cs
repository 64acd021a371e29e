using CsCheck;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Lists;
using MusicRec.Catalog.Tests.Similarity.Search;

namespace MusicRec.Catalog.Tests.Similarity.Lists;

public sealed class ListPickerTests
{
    [Fact]
    public void Pick_AnyCatalogAndRules_EqualsAPlainScanWithTheRules() =>
        Gen.Select(MadeLists.Catalogs, MadeLists.Rules).Sample((catalog, rules) =>
        {
            var vectors = MadeLists.Table(catalog.Rows);
            var byCosine = NeighbourSearch.Create(vectors);
            var scaled = byCosine.RankedBy(Ranking.LocalScaling, CancellationToken.None);
            var scales = PlainSearch.Scales(vectors);
            for (var seed = 0; seed < catalog.Rows.Length; seed += 11)
            {
                var (expected, expectedScaled) = (Plain(null), Plain(scales));
                Assert.Equal(expected, PickLike(byCosine, catalog.Facts, rules, seed).Picks);
                Assert.Equal(expectedScaled, PickLike(scaled, catalog.Facts, rules, seed).Picks);

                List<Neighbour> Plain(double[]? by) => MadeLists.PlainPick(
                    vectors, by, catalog.Facts, rules, vectors[seed], rules.Count, new HashSet<int> { seed }, [seed]);
            }
        });

    [Fact]
    public void Pick_AnyCatalogAndRules_KeepsEveryRuleAndIsRepeatable() =>
        Gen.Select(MadeLists.Catalogs, MadeLists.Rules).Sample((catalog, rules) =>
        {
            var search = MadeLists.Search(catalog.Rows);

            var (picks, picker) = PickLike(search, catalog.Facts, rules, 0);

            var rows = picks.ConvertAll(pick => pick.Row);
            Assert.True(rows.Count <= rules.Count);
            Assert.DoesNotContain(0, rows);
            Assert.Equal(rows.Count, rows.Distinct().Count());
            Assert.All(rows, row => Assert.True(rules.Match(catalog.Facts[row])));
            Assert.True(rules.MostPerArtist == 0 || rows.Where(row => catalog.Facts[row].Artist != 0).CountBy(row => catalog.Facts[row].Artist).All(artist => artist.Value <= rules.MostPerArtist));
            if (rules.OneOfEachSong)
            {
                rows.Add(0);
                Assert.All(rows, row => Assert.DoesNotContain(rows, other => other != row && SongVersions.AreVersions(
                    catalog.Facts[row], catalog.Facts[other], search.Vectors.FirstPartOf(search.Vectors[row]), search.Vectors.FirstPartOf(search.Vectors[other]))));
            }

            Assert.Equal(picks, PickLike(search, catalog.Facts, rules, 0).Picks);
        });

    [Fact]
    public void Explain_AnyShortList_AddsUp() =>
        Gen.Select(MadeLists.Catalogs, MadeLists.Rules).Where((catalog, rules) => catalog.Rows.Length <= rules.Count || rules.AreFilters).Sample((catalog, rules) =>
        {
            var (picks, picker) = PickLike(MadeLists.Search(catalog.Rows), catalog.Facts, rules, 0);
            if (picks.Count == rules.Count)
            {
                return;
            }

            var shortage = picker.Explain(new HashSet<int> { 0 });

            Assert.Equal(catalog.Rows.Length - 1, shortage.Others);
            Assert.Equal(catalog.Facts.Skip(1).Count(song => rules.Match(song)), shortage.Matching);
            Assert.Equal(shortage.Matching, picks.Count + shortage.SameArtist + shortage.Versions);
        });

    /// <summary>A million songs by one artist before the first by another: the index is asked a few times, not a million.</summary>
    [Fact]
    public void Pick_OneArtistRulesTheNeighbourhood_StillFindsTheOthers()
    {
        var random = new Random(5);
        double[][] rows = [.. Enumerable.Range(0, 20_000).Select(i => Enumerable.Range(0, 26).Select(_ => (i < 19_990 ? 1 : -1) + (0.1 * random.NextDouble())).ToArray())];
        SongFacts[] facts = [.. Enumerable.Range(0, rows.Length).Select(i => new SongFacts(i < 19_990 ? 1u : (ulong)i, (ulong)i + 1, null, 100, i + 1, 0))];

        var (picks, _) = PickLike(MadeLists.Search(rows), facts, new ListRules(8, MostPerArtist: 2, OneOfEachSong: true), 0);

        Assert.Equal(2, picks.Count(pick => pick.Row < 19_990));
        Assert.Equal(8, picks.Count);
    }

    internal static (List<Neighbour> Picks, ListPicker Picker) PickLike(NeighbourSearch search, SongFacts[] facts, ListRules rules, int seed)
    {
        var picker = new ListPicker(search, facts, rules);
        picker.LeaveOut(seed);
        picker.Know(facts[seed], search.Vectors[seed]);
        return (picker.Pick(search.Vectors[seed], rules.Count), picker);
    }
}
