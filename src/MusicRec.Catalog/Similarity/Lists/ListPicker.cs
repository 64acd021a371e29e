namespace MusicRec.Catalog.Similarity.Lists;

/// <summary>
/// Picks rows by rules: the best row that may still be in the list, then the next best, and so on, as if all rows were sorted and
/// gone through. What was picked before counts for what is picked next. For one list and one thread.
/// </summary>
/// <remarks>
/// A row that may not be in the list now may not be later either, as artists only fill up and versions only come to be known. So the
/// index can be asked for the nearest of the rows that are still open, a few at a time, and the answer is that of the plain scan.
/// </remarks>
internal sealed class ListPicker
{
    private readonly NeighbourSearch _search;
    private readonly SongFacts[] _facts;
    private readonly ListRules _rules;
    private readonly HashSet<int> _decided = [];
    private readonly Dictionary<ulong, int> _songsOfArtist = [];
    private readonly List<KnownSong> _known = [];
    private int _picked;

    /// <param name="search">The table, ranked as the list is to be.</param>
    /// <param name="facts">Of each row.</param>
    /// <param name="rules">What may be in the list; the count does not matter here.</param>
    public ListPicker(NeighbourSearch search, SongFacts[] facts, ListRules rules)
    {
        _search = search;
        _facts = facts;
        _rules = rules;
    }

    /// <summary>Rows left out so far because a version of them is known.</summary>
    public int Versions { get; private set; }

    /// <summary>A row that is not to be picked.</summary>
    public void LeaveOut(int row) => _decided.Add(row);

    /// <summary>A song whose versions are not to be picked, in the table or not.</summary>
    public void Know(in SongFacts facts, double[] unit) => _known.Add(new KnownSong(facts, _search.Vectors.FirstPartOf(unit)));

    /// <summary>A row that is in the list already, whatever the rules say.</summary>
    public void Include(int row)
    {
        _decided.Add(row);
        Count(row);
    }

    /// <summary>The best rows to a vector, best first, ties by row: fewer than asked for only if no other row may be in the list.</summary>
    public List<Neighbour> Pick(ReadOnlySpan<double> unit, int count)
    {
        var picks = new List<Neighbour>(count);
        for (var wanted = (2 * count) + 2; picks.Count < count; wanted *= 4)
        {
            var nearest = _search.Nearest(unit, wanted, row => !IsOpen(row));
            foreach (var hit in nearest.TakeWhile(_ => picks.Count < count))
            {
                if (Decide(hit.Row))
                {
                    picks.Add(hit);
                }
            }

            if (nearest.Count < Math.Min(wanted, _search.Vectors.Count))
            {
                break;
            }
        }

        return picks;
    }

    /// <summary>Why there are not more songs, once <see cref="Pick"/> has found too few.</summary>
    /// <param name="leftOut">Rows that were never asked for, such as the seeds.</param>
    public ListShortage Explain(IReadOnlySet<int> leftOut)
    {
        var (others, matching) = (0, 0);
        for (var row = 0; row < _facts.Length; row++)
        {
            if (!leftOut.Contains(row))
            {
                others++;
                matching += _rules.Match(_facts[row]) ? 1 : 0;
            }
        }

        return new ListShortage(ListGap.Rules, others, matching, Math.Max(0, matching - _picked - Versions), Versions);
    }

    private bool IsOpen(int row) => !_decided.Contains(row) && _rules.Match(_facts[row]) && !IsFull(_facts[row].Artist);

    private bool IsFull(ulong artist) =>
        _rules.MostPerArtist > 0 && artist != NameForms.None && _songsOfArtist.GetValueOrDefault(artist) >= _rules.MostPerArtist;

    private bool Decide(int row)
    {
        if (IsFull(_facts[row].Artist))
        {
            return false;
        }

        _decided.Add(row);
        if (_rules.OneOfEachSong && IsVersionOfKnown(row))
        {
            Versions++;
            return false;
        }

        Count(row);
        _picked++;
        return true;
    }

    private void Count(int row)
    {
        var facts = _facts[row];
        _songsOfArtist[facts.Artist] = _songsOfArtist.GetValueOrDefault(facts.Artist) + 1;
        Know(facts, _search.Vectors[row]);
    }

    private bool IsVersionOfKnown(int row)
    {
        Span<double> unit = stackalloc double[_search.Vectors.Dimensions];
        _search.Vectors.Copy(row, unit);
        var features = _search.Vectors.FirstPartOf(unit);
        foreach (var known in _known)
        {
            if (SongVersions.AreVersions(known.Facts, _facts[row], known.Features, features))
            {
                return true;
            }
        }

        return false;
    }

    private readonly record struct KnownSong(SongFacts Facts, double[] Features);
}
