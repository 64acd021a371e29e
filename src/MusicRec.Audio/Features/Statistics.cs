using System.Runtime.Intrinsics;

namespace MusicRec.Audio.Features;

/// <summary>Sums in double precision over long rows.</summary>
internal static class Statistics
{
    /// <summary>The sum of all values.</summary>
    public static double Sum(ReadOnlySpan<float> values)
    {
        Vector256<double> lower = default, upper = default;
        var i = 0;
        for (; i <= values.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var (x, y) = Vector256.Widen(Vector256.Create(values[i..]));
            lower += x;
            upper += y;
        }

        var sum = Vector256.Sum(lower + upper);
        for (; i < values.Length; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    /// <summary>Mean and standard deviation (population), as numpy's <c>mean</c> and <c>std</c>.</summary>
    public static (double Mean, double Deviation) Describe(ReadOnlySpan<double> values)
    {
        var mean = SumOfDifferences(values, 0, power: 1) / values.Length;
        return (mean, Math.Sqrt(SumOfDifferences(values, mean, power: 2) / values.Length));
    }

    /// <summary>&#931; (value - from), or &#931; (value - from)&#178;.</summary>
    private static double SumOfDifferences(ReadOnlySpan<double> values, double from, int power)
    {
        Vector256<double> even = default, odd = default;
        var centre = Vector256.Create(from);
        var i = 0;
        for (; i <= values.Length - 2 * Vector256<double>.Count; i += 2 * Vector256<double>.Count)
        {
            var x = Vector256.Create(values[i..]) - centre;
            var y = Vector256.Create(values[(i + Vector256<double>.Count)..]) - centre;
            even += power == 1 ? x : x * x;
            odd += power == 1 ? y : y * y;
        }

        var sum = Vector256.Sum(even + odd);
        for (; i < values.Length; i++)
        {
            sum += power == 1 ? values[i] - from : (values[i] - from) * (values[i] - from);
        }

        return sum;
    }
}
