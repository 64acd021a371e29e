namespace MusicRec.Audio.Features;

/// <summary>Order statistics without sorting (Hoare's FIND, with Wirth's partition).</summary>
internal static class QuickSelect
{
    /// <summary>
    /// The value that would stand at <paramref name="rank"/> (0-based) if the values were sorted. Reorders them so that
    /// none before it is larger and none after it smaller. The values must not be NaN.
    /// </summary>
    public static float Smallest(Span<float> values, int rank)
    {
        var (left, right) = (0, values.Length - 1);
        while (left < right)
        {
            var pivot = MedianOfThree(values[left], values[(left + right) / 2], values[right]);
            var (i, j) = (left, right);
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (pivot < values[j])
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (rank > j)
            {
                left = i > rank ? rank : i;
                right = i > rank ? rank : right;
            }
            else
            {
                right = j;
            }
        }

        return values[rank];
    }

    private static float MedianOfThree(float a, float b, float c) =>
        Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
