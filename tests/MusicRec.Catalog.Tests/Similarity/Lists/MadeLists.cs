using CsCheck;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Lists;
using MusicRec.Catalog.Tests.Similarity.Search;

namespace MusicRec.Catalog.Tests.Similarity.Lists;

/// <summary>Small made-up catalogs in which all rules meet: few artists and titles, equal and nearly equal sounds, unknown facts.</summary>
internal static class MadeLists
{
    private const int Columns = 4;

    public static readonly Gen<SongFacts> Facts =
        from artist in Gen.ULong[0, 4]
        from title in Gen.ULong[0, 3]
        from genre in OneOf<string?>(null, "Trot", "Rock")
        from tempo in Gen.OneOf(Gen.Const(float.NaN), Gen.Float[60, 180])
        from seconds in OneOf(0f, 30f, 30.05f, 200f)
        from year in OneOf<short>(0, 1989, 1990, 1999, 2000)
        select new SongFacts(artist, title, genre, tempo, seconds, year);

    public static readonly Gen<ListRules> Rules =
        from count in Gen.Int[1, ListRules.MostSongs]
        from perArtist in Gen.Int[0, 3]
        from oneOfEach in Gen.Bool
        from genre in OneOf(null, null, "Trot")
        from tempo in Gen.OneOf(Gen.Const((double?)null), Gen.Double[60, 180].Select(value => (double?)value))
        from decade in OneOf<int?>(null, null, 1990)
        select new ListRules(count, perArtist, oneOfEach, genre, tempo, tempo + 60, decade);

    /// <summary>A table and the facts of its rows; sounds repeat, so that versions and ties are among them.</summary>
    public static readonly Gen<(double[][] Rows, SongFacts[] Facts)> Catalogs =
        from sounds in Gen.Double[-3, 3].Array[Columns].Array[1, 12]
        from rows in Gen.Select(Gen.Int[0, sounds.Length - 1], Facts).Array[1, 90]
        select (Array.ConvertAll(rows, row => sounds[row.Item1]), Array.ConvertAll(rows, row => row.Item2));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>A table of rows; every other one is ranked by two parts, as features and sound are.</summary>
    public static UnitVectors Table(double[][] rows) =>
        PlainSearch.Table(rows, rows.Length % 2 == 0 && rows[0].Length == Columns ? [new(Columns / 2, 0.2), new(Columns / 2, 0.8)] : null);

    public static NeighbourSearch Search(double[][] rows) => NeighbourSearch.Create(Table(rows));

    /// <summary>The list by its definition: all rows sorted and gone through, each taken if it may be in the list beside those before it.</summary>
    public static List<Neighbour> PlainPick(
        UnitVectors vectors, double[]? scales, SongFacts[] facts, ListRules rules, double[] unit, int count, IReadOnlySet<int> leftOut, List<int> known)
    {
        var picks = new List<Neighbour>();
        foreach (var hit in PlainSearch.Nearest(vectors, scales, unit, vectors.Count, leftOut.Contains))
        {
            if (picks.Count < count && MayBeIn(vectors, facts, rules, hit.Row, [.. picks.Select(pick => pick.Row)], [.. known, .. picks.Select(pick => pick.Row)]))
            {
                picks.Add(hit);
            }
        }

        return picks;
    }

    /// <param name="vectors">The table.</param>
    /// <param name="facts">Of its rows.</param>
    /// <param name="rules">Of the list.</param>
    /// <param name="row">May it be in the list...</param>
    /// <param name="list">...beside these...</param>
    /// <param name="known">...and not be a version of these?</param>
    public static bool MayBeIn(UnitVectors vectors, SongFacts[] facts, ListRules rules, int row, List<int> list, List<int> known)
    {
        var song = facts[row];
        var isFull = rules.MostPerArtist > 0 && song.Artist != 0 && list.Count(other => facts[other].Artist == song.Artist) >= rules.MostPerArtist;
        var isVersion = rules.OneOfEachSong && known.Any(other => SongVersions.AreVersions(facts[other], song, vectors.FirstPartOf(vectors[other]), vectors.FirstPartOf(vectors[row])));
        return rules.Match(song) && !isFull && !isVersion;
    }
}
