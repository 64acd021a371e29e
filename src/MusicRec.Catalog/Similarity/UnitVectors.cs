using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MusicRec.Audio.Features;
using MusicRec.Genres;
using MusicRec.Genres.Evaluation.Retrieval;

namespace MusicRec.Catalog.Similarity;

/// <summary>Writes the values of a row, one per column.</summary>
internal delegate void RowReader(int row, Span<double> values);

/// <summary>
/// A table of vectors, scaled to mean 0 and deviation 1 by a scaler and brought to length 1, so that the cosine of two rows
/// is a dot product. The rows stay as they were given and are scaled when asked for: tables with other scalers share them. Immutable.
/// </summary>
/// <remarks>
/// A row can have parts with weights that sum to 1. Each part is brought to the length of the root of its weight: the product of two rows is
/// then the weighted sum of the cosines of their parts. What a start does for every song is compiled for speed at once
/// (<see cref="MethodImplOptions.AggressiveOptimization"/>): the runtime would notice only after the start that it is called often.
/// </remarks>
internal sealed class UnitVectors
{
    private readonly FeatureScaler _scaler;
    private readonly RowReader _row;
    private readonly IReadOnlyList<VectorPart> _parts;

    /// <param name="scaler">Mean and deviation of each column.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="row">Always the same values of the same row.</param>
    /// <param name="parts">Of a row, one after the other; null if it is one.</param>
    public UnitVectors(FeatureScaler scaler, int count, RowReader row, IReadOnlyList<VectorPart>? parts = null)
    {
        _scaler = scaler;
        _row = row;
        _parts = parts ?? [new VectorPart(scaler.ColumnCount, 1)];
        Count = count;
    }

    public int Count { get; }

    public int Dimensions => _scaler.ColumnCount;

    /// <summary>What all vectors are scaled by.</summary>
    public FeatureScaler Scaler => _scaler;

    /// <summary>What rows are made up of.</summary>
    public IReadOnlyList<VectorPart> Parts => _parts;

    /// <summary>A row of length 1 (or 0), in memory of its own.</summary>
    public double[] this[int row]
    {
        get
        {
            var unit = new double[Dimensions];
            Copy(row, unit);
            return unit;
        }
    }

    /// <summary>No rows: it scales others.</summary>
    public static UnitVectors Empty(FeatureScaler scaler, IReadOnlyList<VectorPart>? parts = null) => new(scaler, 0, (_, _) => { }, parts);

    /// <summary>The table of a catalog as a ranking has it.</summary>
    /// <param name="scaler">Of the 26 means, or of these and the embedding.</param>
    /// <param name="ranking">By sound only if the scaler is of both; local scaling works on the table of the cosine.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="row">Writes the numbers of a song, as many as it has room for.</param>
    public static UnitVectors RankedBy(Ranking ranking, FeatureScaler scaler, int count, RowReader row) => ranking == Ranking.Sound
        ? new UnitVectors(scaler, count, row, SoundRanking.Parts)
        : new UnitVectors(scaler.Take(FeatureVector.FeatureCount), count, row);

    /// <summary>As <see cref="RankedBy(Ranking, FeatureScaler, int, RowReader)"/> without rows: it scales others.</summary>
    public static UnitVectors RankedBy(Ranking ranking, FeatureScaler scaler) => RankedBy(ranking, scaler, 0, (_, _) => { });

    /// <summary>The values of a row as they were given, in memory of their own.</summary>
    public double[] ValuesOf(int row)
    {
        var values = new double[Dimensions];
        _row(row, values);
        return values;
    }

    /// <summary>Writes a row of length 1 (or 0).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Copy(int row, Span<double> unit)
    {
        _row(row, unit);
        ToUnit(unit, unit);
    }

    /// <summary>The cosine of a unit vector and a row.</summary>
    public double Cosine(ReadOnlySpan<double> unit, int row)
    {
        Span<double> other = stackalloc double[Dimensions];
        Copy(row, other);
        return Cosine(unit, other);
    }

    /// <summary>Scales a vector as the rows are scaled.</summary>
    /// <param name="values">One value per column.</param>
    /// <param name="unit">Receives as many; may be the same memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ToUnit(ReadOnlySpan<double> values, Span<double> unit)
    {
        _scaler.Scale(values, unit);
        var start = 0;
        for (var i = 0; i < _parts.Count; i++)
        {
            var part = _parts[i];
            BringToLength(unit.Slice(start, part.Length), Math.Sqrt(part.Weight));
            start += part.Length;
        }
    }

    /// <summary>Scales a vector that is asked about: as the rows are scaled, but stretched if nothing is known of its last part (<see cref="Stretch"/>).</summary>
    /// <param name="values">As <see cref="Complete"/> takes them.</param>
    public double[] ToQuestion(ReadOnlySpan<double> values)
    {
        var unit = Complete(values);
        ToUnit(unit, unit);
        return values.Length == Dimensions ? unit : Stretch(unit);
    }

    /// <summary>A value for every column: those of the first, and in the others the middle of the table, where nothing is known of them.</summary>
    /// <param name="values">One value per column, or those of the first columns.</param>
    public double[] Complete(ReadOnlySpan<double> values) => [.. values, .. _scaler.Means[values.Length..]];

    /// <summary>
    /// A direction with a part in the exact middle of the table, by which no row is nearer than another, becomes so much longer that its product with a
    /// row is the cosine of what can be compared. Others stay as they are.
    /// </summary>
    public double[] Stretch(double[] unit)
    {
        var (start, most, isSilent) = (0, 0.0, false);
        foreach (var part in _parts)
        {
            var values = unit.AsSpan(start, part.Length);
            most += Math.Sqrt(Dot(values, values) * part.Weight);
            isSilent |= !values.ContainsAnyExcept(0.0);
            start += part.Length;
        }

        return isSilent && most > 0 ? Array.ConvertAll(unit, value => value / most) : unit;
    }

    /// <summary>The first part of a scaled vector alone, of length 1 or 0.</summary>
    public double[] FirstPartOf(ReadOnlySpan<double> unit)
    {
        var part = unit[.._parts[0].Length].ToArray();
        if (_parts.Count > 1)
        {
            BringToLength(part, 1);
        }

        return part;
    }

    /// <summary>How far the first part of a vector is from the middle of the table, scaled as the rows are.</summary>
    public double LengthOf(ReadOnlySpan<double> values)
    {
        Span<double> scaled = stackalloc double[Dimensions];
        _scaler.Scale(values, scaled);
        var first = scaled[.._parts[0].Length];
        return Math.Sqrt(Dot(first, first));
    }

    /// <summary>The scaled vector of which the first part has a direction and a length; what <see cref="LengthOf"/> and <see cref="ToUnit"/> took apart.</summary>
    /// <param name="unit">A direction, each part of any length.</param>
    /// <param name="length">How far the first part is to be from the middle.</param>
    public double[] ToScaled(double[] unit, double length)
    {
        var first = unit.AsSpan(0, _parts[0].Length);
        var stretch = Math.Sqrt(Dot(first, first)) is > 0 and var now ? length / now : 0;
        return Array.ConvertAll(unit, value => value * stretch);
    }

    /// <summary>
    /// The cosine of two unit vectors of equal length, in one order of additions on every machine, so that equal songs have
    /// equal scores everywhere.
    /// </summary>
    public static double Cosine(ReadOnlySpan<double> left, ReadOnlySpan<double> right) => Math.Clamp(Dot(left, right), -1, 1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BringToLength(Span<double> vector, double wanted)
    {
        var length = Math.Sqrt(Dot(vector, vector));
        if (length == 0)
        {
            // A row in the exact middle of the table has no direction: its cosine with every row is 0.
            vector.Clear();
            return;
        }

        var i = 0;
        for (; i <= vector.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            (Vector256.Create<double>(vector[i..]) / length * wanted).CopyTo(vector[i..]);
        }

        for (; i < vector.Length; i++)
        {
            vector[i] = vector[i] / length * wanted;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sums = Vector256<double>.Zero;
        var i = 0;
        for (; i <= left.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            sums += Vector256.Create(left[i..]) * Vector256.Create(right[i..]);
        }

        // Not Vector256.Sum: what order that adds in is the machine's choice.
        var sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
