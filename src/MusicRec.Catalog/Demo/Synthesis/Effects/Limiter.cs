namespace MusicRec.Catalog.Demo.Synthesis.Effects;

/// <summary>Amplifies a stereo mix, and turns it down where it would exceed the ceiling: ahead of the peak, and slowly back up after it.</summary>
internal static class Limiter
{
    private const int Block = 64;
    private const float Attack = 1.35f;
    private const float Release = 1.012f;

    public static void Apply(Span<float> left, Span<float> right, float amplification, float ceiling)
    {
        var gains = Gains(left, right, amplification, ceiling);
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

    private static float[] Gains(ReadOnlySpan<float> left, ReadOnlySpan<float> right, float amplification, float ceiling)
    {
        var gains = new float[(left.Length + Block - 1) / Block];
        for (var block = 0; block < gains.Length; block++)
        {
            var first = block * Block;
            var length = Math.Min(Block, left.Length - first);
            var peak = Math.Max(Peak(left.Slice(first, length)), Peak(right.Slice(first, length)));
            gains[block] = peak * amplification > ceiling ? ceiling / peak : amplification;
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

    private static float Peak(ReadOnlySpan<float> samples)
    {
        var peak = 0f;
        foreach (var sample in samples)
        {
            var size = Math.Abs(sample);
            peak = size > peak ? size : peak;
        }

        return peak;
    }
}
