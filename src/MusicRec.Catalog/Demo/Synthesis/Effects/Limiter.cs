namespace MusicRec.Catalog.Demo.Synthesis.Effects;

/// <summary>Turns a stereo mix down where it would exceed the ceiling: ahead of the peak, and slowly back up after it.</summary>
internal static class Limiter
{
    private const int Block = 64;
    private const float Attack = 1.35f;
    private const float Release = 1.012f;

    public static void Apply(Span<float> left, Span<float> right, float ceiling)
    {
        var gains = Gains(left, right, ceiling);
        for (var block = 0; block < gains.Length; block++)
        {
            var from = Math.Min(gains[block], gains[Math.Max(block - 1, 0)]);
            var to = Math.Min(gains[block], gains[Math.Min(block + 1, gains.Length - 1)]);
            var first = block * Block;
            var end = Math.Min(first + Block, left.Length);
            for (var i = first; i < end; i++)
            {
                // Both ends of the ramp are at most this block's gain, so no sample of it passes the ceiling.
                var gain = from + (to - from) * (i - first) / Block;
                left[i] *= gain;
                right[i] *= gain;
            }
        }
    }

    private static float[] Gains(ReadOnlySpan<float> left, ReadOnlySpan<float> right, float ceiling)
    {
        var gains = new float[(left.Length + Block - 1) / Block];
        for (var block = 0; block < gains.Length; block++)
        {
            var peak = ceiling;
            for (var i = block * Block; i < Math.Min((block + 1) * Block, left.Length); i++)
            {
                peak = Math.Max(peak, Math.Max(Math.Abs(left[i]), Math.Abs(right[i])));
            }

            gains[block] = ceiling / peak;
        }

        for (var block = 1; block < gains.Length; block++)
        {
            gains[block] = Math.Min(gains[block], gains[block - 1] * Release);
        }

        for (var block = gains.Length - 2; block >= 0; block--)
        {
            gains[block] = Math.Min(gains[block], gains[block + 1] * Attack);
        }

        return gains;
    }
}
