using System.Numerics;
using System.Runtime.Intrinsics;

namespace MusicRec.Catalog.Similarity.Search;

/// <summary>One vector asked about: its code, what the first pass made of it so far, and how a row is judged exactly.</summary>
internal sealed class Question
{
    private readonly UnitVectors _vectors;
    private readonly double[]? _scales;
    private readonly double[] _unit;

    /// <param name="vectors">The table.</param>
    /// <param name="codes">The same table in bytes.</param>
    /// <param name="scales">Of each row, for the ranking by local scaling; null for that by cosine.</param>
    /// <param name="unit">The asked vector, scaled as the table.</param>
    /// <param name="count">Rows wanted, 1 or more.</param>
    /// <param name="except">Rows that are no answer.</param>
    public Question(UnitVectors vectors, RowCodes codes, double[]? scales, double[] unit, int count, Predicate<int> except)
    {
        _vectors = vectors;
        _scales = scales;
        _unit = unit;
        Code = new QueryCode(codes, unit);
        Shortlist = new Shortlist(Math.Min(count, vectors.Count), except, Judge);
    }

    public QueryCode Code { get; }

    public Shortlist Shortlist { get; }

    /// <summary>By cosine: sums above it are worth a look.</summary>
    public short Limit { get; private set; } = short.MinValue;

    /// <summary>Takes the sums of a panel.</summary>
    public void Take(int panel, ReadOnlySpan<short> sums)
    {
        var limits = Vector256.Create(Limit);
        var low = Vector256.GreaterThan(Vector256.Create(sums), limits).ExtractMostSignificantBits();
        var high = Vector256.GreaterThan(Vector256.Create(sums[Vector256<short>.Count..]), limits).ExtractMostSignificantBits();
        for (var above = low | (high << Vector256<short>.Count); above != 0; above &= above - 1)
        {
            var place = BitOperations.TrailingZeroCount(above);
            var row = (panel * RowCodes.PanelRows) + place;
            if (row < _vectors.Count)
            {
                Offer(row, sums[place] * Code.Unit);
            }
        }
    }

    private void Offer(int row, double cosine)
    {
        if (_scales is not null)
        {
            Shortlist.Offer(row, LocalScore(cosine - Code.Bound, _scales[row]), LocalScore(cosine + Code.Bound, _scales[row]));
            return;
        }

        Shortlist.Offer(row, cosine - Code.Bound, cosine + Code.Bound);

        // Rounded down, so that a row whose most is the threshold itself is looked at.
        Limit = (short)Math.Max(short.MinValue, Math.Floor((Shortlist.Threshold - Code.Bound) / Code.Unit) - 1);
    }

    private Neighbour Judge(int row)
    {
        var cosine = _vectors.Cosine(_unit, row);
        return new Neighbour(row, cosine, _scales is null ? cosine : LocalScore(cosine, _scales[row]));
    }

    /// <summary>
    /// Falls as 2 (1 - cosine) / (scale of the asked vector · scale of the row) rises: the squared distance of unit vectors is
    /// 2 (1 - cosine), and neither the 2 nor the asked vector's own scale changes the order of its list.
    /// </summary>
    private static double LocalScore(double cosine, double scale) => (cosine - 1) / scale;
}
