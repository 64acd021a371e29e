using MusicRec.Catalog.Similarity.Search;

namespace MusicRec.Catalog.Similarity;

/// <summary>
/// The exact nearest rows of a table to a vector, by either ranking. A first pass over <see cref="RowCodes"/> leaves only rows
/// that can be among them, and those are judged in double precision: the answer is that of a plain sort, ties by row. Readers
/// take no lock.
/// </summary>
internal sealed class NeighbourSearch
{
    /// <summary>Panels that several questions go through in turn: few enough to stay in the processor's cache.</summary>
    private const int PanelsPerTile = 256;

    private readonly RowCodes _codes;
    private readonly double[]? _scales;
    private readonly float[] _panelScales;

    private NeighbourSearch(UnitVectors vectors, RowCodes codes, double[]? scales)
    {
        Vectors = vectors;
        _codes = codes;
        _scales = scales;
        _panelScales = [];
        if (scales is not null)
        {
            _panelScales = new float[codes.Panels * RowCodes.PanelRows];
            for (var row = 0; row < scales.Length; row++)
            {
                _panelScales[row] = (float)scales[row];
            }
        }
    }

    public UnitVectors Vectors { get; }

    public Ranking Ranking => _scales is not null ? Ranking.LocalScaling : Vectors.Parts.Count > 1 ? Ranking.Sound : Ranking.Cosine;

    /// <summary>Prepares a table for the ranking by cosine, or by the weighted sum of those of its parts.</summary>
    public static NeighbourSearch Create(UnitVectors vectors) => new(vectors, new RowCodes(vectors), null);

    /// <summary>The same table in another order; local scaling looks at every pair of rows, see <see cref="LocalScales"/>.</summary>
    public NeighbourSearch RankedBy(Ranking ranking, CancellationToken cancellationToken) => ranking == Ranking
        ? this
        : new NeighbourSearch(Vectors, _codes, ranking == Ranking.LocalScaling ? LocalScales.Compute(this, cancellationToken) : null);

    /// <summary>The nearest rows, best first, ties by row.</summary>
    /// <param name="unit">Scaled as the table.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="except">Rows that are no answer.</param>
    public List<Neighbour> Nearest(ReadOnlySpan<double> unit, int count, Predicate<int> except)
    {
        if (count <= 0 || Vectors.Count == 0)
        {
            return [];
        }

        var question = new Question(Vectors, _codes, _scales, unit.ToArray(), count, except);
        var lines = _codes.Lines(0, _codes.Panels);
        Span<short> sums = stackalloc short[RowCodes.PanelRows];
        for (var panel = 0; ; panel++)
        {
            panel = _scales is null
                ? SumKernel.Find(lines, panel, question.Code, question.Limit, sums)
                : ScaledKernel.Find(lines, panel, question.Code, _panelScales, question.Shortlist.Threshold, sums);
            if (panel == _codes.Panels)
            {
                return question.Shortlist.Finish();
            }

            question.Take(panel, sums);
        }
    }

    /// <summary>The nearest rows by cosine to each of several vectors: faster than one after the other, for they share the pass over the table.</summary>
    /// <param name="units">Scaled as the table.</param>
    /// <param name="count">How many at most of each.</param>
    /// <param name="except">Whether to the vector (first) the row (second) is no answer.</param>
    public List<Neighbour>[] NearestOfEach(IReadOnlyList<double[]> units, int count, Func<int, int, bool> except)
    {
        if (count <= 0 || Vectors.Count == 0)
        {
            return [.. units.Select(_ => new List<Neighbour>())];
        }

        Question[] questions = [.. units.Select((unit, asked) => new Question(Vectors, _codes, null, unit, count, row => except(asked, row)))];
        QuestionGroup[] groups = [.. questions.Chunk(BatchKernel.Queries).Select(few => new QuestionGroup(few))];
        for (var panel = 0; panel < _codes.Panels; panel += PanelsPerTile)
        {
            var lines = _codes.Lines(panel, Math.Min(PanelsPerTile, _codes.Panels - panel));
            foreach (var group in groups)
            {
                group.Take(panel, lines);
            }
        }

        return Array.ConvertAll(questions, question => question.Shortlist.Finish());
    }
}
