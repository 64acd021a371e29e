namespace MusicRec.Catalog.Similarity.Search;

/// <summary>
/// The answer to one question while a first pass goes through the table. Of each row the pass knows a least and a most
/// score; a row whose most is below the count-th largest least so far is out. The others wait, and are judged exactly when
/// there are many of them or the pass is over, the most promising first.
/// </summary>
internal sealed class Shortlist
{
    /// <summary>Rows that wait at most: equal songs by the thousand must not fill the memory.</summary>
    private const int MostWaiting = 1024;

    private readonly int _count;
    private readonly Predicate<int> _except;
    private readonly Func<int, Neighbour> _judge;
    private readonly List<Candidate> _waiting = [];
    private readonly PriorityQueue<int, double> _leasts = new();
    private readonly PriorityQueue<Neighbour, Neighbour> _best = new(Neighbour.WorstFirst);

    /// <param name="count">Rows wanted, 1 or more.</param>
    /// <param name="except">Rows that are no answer.</param>
    /// <param name="judge">Works a row's score out exactly.</param>
    public Shortlist(int count, Predicate<int> except, Func<int, Neighbour> judge)
    {
        _count = count;
        _except = except;
        _judge = judge;
    }

    /// <summary>A row below this score is no answer; rises while the pass goes on.</summary>
    public double Threshold { get; private set; } = double.NegativeInfinity;

    /// <summary>Takes a row of the pass.</summary>
    /// <param name="row">Each row at most once.</param>
    /// <param name="least">Its score is at least this.</param>
    /// <param name="most">And at most this.</param>
    public void Offer(int row, double least, double most)
    {
        if (most < Threshold || _except(row))
        {
            return;
        }

        _waiting.Add(new Candidate(row, most));
        if (_leasts.Count < _count)
        {
            _leasts.Enqueue(row, least);
        }
        else
        {
            _leasts.EnqueueDequeue(row, least);
        }

        if (_leasts.Count == _count && _leasts.TryPeek(out _, out var threshold))
        {
            Threshold = Math.Max(Threshold, threshold);
        }

        if (_waiting.Count == MostWaiting)
        {
            JudgeWaiting();
        }
    }

    /// <summary>The rows with the best scores, best first, ties by row; to be called once, when the pass is over.</summary>
    public List<Neighbour> Finish()
    {
        JudgeWaiting();
        var best = new List<Neighbour>(_best.Count);
        while (_best.TryDequeue(out var neighbour, out _))
        {
            best.Add(neighbour);
        }

        best.Reverse();
        return best;
    }

    private void JudgeWaiting()
    {
        _waiting.RemoveAll(candidate => candidate.Most < Threshold);
        _waiting.Sort((left, right) => right.Most.CompareTo(left.Most));
        foreach (var candidate in _waiting.TakeWhile(candidate => candidate.Most >= Threshold))
        {
            var neighbour = _judge(candidate.Row);
            if (_best.Count < _count)
            {
                _best.Enqueue(neighbour, neighbour);
            }
            else
            {
                _best.EnqueueDequeue(neighbour, neighbour);
            }

            if (_best.Count == _count)
            {
                Threshold = Math.Max(Threshold, _best.Peek().Score);
            }
        }

        _waiting.Clear();
    }

    private readonly record struct Candidate(int Row, double Most);
}
