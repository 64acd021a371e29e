namespace MusicRec.Catalog.Similarity.Search;

/// <summary>Up to four questions by cosine that go through the panels together, by <see cref="BatchKernel"/>.</summary>
internal sealed class QuestionGroup
{
    private readonly Question[] _questions;
    private readonly int[] _pairs;
    private readonly short[] _starts = new short[BatchKernel.Queries];

    /// <summary>Lays the bytes of the questions side by side.</summary>
    /// <param name="questions">One to four, of the same table.</param>
    public QuestionGroup(Question[] questions)
    {
        _questions = questions;
        _pairs = new int[questions[0].Code.Pairs.Length * BatchKernel.Queries];
        foreach (var (i, question) in questions.Index())
        {
            _starts[i] = question.Code.Start;
            for (var pair = 0; pair < question.Code.Pairs.Length; pair++)
            {
                _pairs[(pair * BatchKernel.Queries) + i] = question.Code.Pairs[pair];
            }
        }
    }

    /// <summary>Takes a tile of panels.</summary>
    /// <param name="first">Number of its first panel.</param>
    /// <param name="lines">Its lines.</param>
    public void Take(int first, ReadOnlySpan<byte> lines)
    {
        Span<short> sums = stackalloc short[BatchKernel.Queries * RowCodes.PanelRows];
        Span<short> limits = stackalloc short[BatchKernel.Queries];

        // Places without a question find nothing.
        limits.Fill(short.MaxValue);
        var panels = lines.Length / (_pairs.Length / BatchKernel.Queries * RowCodes.LineBytes);
        for (var panel = 0; ; panel++)
        {
            for (var i = 0; i < _questions.Length; i++)
            {
                limits[i] = _questions[i].Limit;
            }

            panel = BatchKernel.Find(lines, panel, _pairs, _starts, limits, sums);
            if (panel == panels)
            {
                return;
            }

            for (var i = 0; i < _questions.Length; i++)
            {
                _questions[i].Take(first + panel, sums.Slice(i * RowCodes.PanelRows, RowCodes.PanelRows));
            }
        }
    }
}
