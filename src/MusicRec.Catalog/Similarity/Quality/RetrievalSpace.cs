using MusicRec.Genres.Evaluation.Retrieval;

namespace MusicRec.Catalog.Similarity.Quality;

/// <summary>Vectors of one kind, searched one by one: the index's own search is made for one kind and few columns.</summary>
internal abstract class RetrievalSpace(int count)
{
    /// <summary>Vectors in it.</summary>
    public int Count => count;

    /// <summary>The space that a kind is compared in.</summary>
    /// <param name="kind">The kind of vector.</param>
    /// <param name="rows">The vectors.</param>
    public static RetrievalSpace Of(VectorKind kind, double[][] rows) =>
        kind.GaussianOf is { } coefficients ? new GaussianSpace(coefficients, rows) : new CosineSpace(kind.Parts, rows);

    /// <summary>The rows nearest to one of them, nearest first, ties by row.</summary>
    public int[] Nearest(int row, int count, Predicate<int> except) => Best(LikenessTo(row), count, except);

    /// <summary>The rows nearest to a vector that may be none of them.</summary>
    public int[] Nearest(double[] vector, int count, Predicate<int> except) => Best(LikenessTo(vector), count, except);

    /// <summary>How alike each row is to one of them; more is more alike.</summary>
    protected abstract double[] LikenessTo(int row);

    /// <summary>How alike each row is to a vector.</summary>
    protected abstract double[] LikenessTo(double[] vector);

    private static int[] Best(double[] likeness, int count, Predicate<int> except)
    {
        var best = new PriorityQueue<int, (double Likeness, int Behind)>(count + 1);
        for (var row = 0; row < likeness.Length; row++)
        {
            if (!except(row))
            {
                best.Enqueue(row, (likeness[row], -row));
                if (best.Count > count)
                {
                    best.Dequeue();
                }
            }
        }

        var rows = new int[best.Count];
        for (var i = rows.Length - 1; i >= 0; i--)
        {
            rows[i] = best.Dequeue();
        }

        return rows;
    }
}
