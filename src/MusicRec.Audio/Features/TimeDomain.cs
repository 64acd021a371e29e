using System.Numerics;
using System.Runtime.Intrinsics;

namespace MusicRec.Audio.Features;

/// <summary>
/// Loudness and zero-crossing rate per frame, from sums over blocks of one hop: a frame of 2048 samples is four blocks.
/// </summary>
internal static class TimeDomain
{
    private const int Hop = FeatureVersion.HopLength;
    private const int HopsPerFrame = FeatureVersion.FftSize / Hop;

    /// <summary>librosa <c>zero_crossings(threshold=1e-10)</c>: quieter samples count as zero, and zero as positive.</summary>
    private const float Silence = 1e-10f;

    /// <summary>
    /// Root mean square of each frame (librosa <c>feature.rms</c>): zeros outside the signal, no window.
    /// </summary>
    /// <param name="samples">The signal at 22 050 Hz.</param>
    /// <param name="rms">Receives one value per frame.</param>
    public static void Rms(ReadOnlySpan<float> samples, Span<double> rms)
    {
        Span<double> blocks = stackalloc double[HopsPerFrame];
        for (var frame = -HopsPerFrame + 1; frame < rms.Length; frame++)
        {
            var newest = frame + HopsPerFrame - 1;
            blocks[newest % HopsPerFrame] = SumOfSquares(BlockOf(samples, newest - HopsPerFrame / 2));
            if (frame >= 0)
            {
                rms[frame] = Math.Sqrt((blocks[0] + blocks[1] + blocks[2] + blocks[3]) / FeatureVersion.FftSize);
            }
        }
    }

    /// <summary>
    /// Share of samples of each frame that differ in sign from the one before (librosa
    /// <c>feature.zero_crossing_rate</c>): the edge sample is repeated outside the signal, the first sample of a frame
    /// never counts, and the divisor is 2048.
    /// </summary>
    /// <param name="samples">The signal at 22 050 Hz.</param>
    /// <param name="rates">Receives one value per frame.</param>
    public static void ZeroCrossingRate(ReadOnlySpan<float> samples, Span<double> rates)
    {
        Span<int> blocks = stackalloc int[HopsPerFrame];
        for (var frame = -HopsPerFrame + 1; frame < rates.Length; frame++)
        {
            var newest = frame + HopsPerFrame - 1;
            blocks[newest % HopsPerFrame] = Crossings(samples, newest - HopsPerFrame / 2);
            if (frame >= 0)
            {
                var first = (frame - HopsPerFrame / 2) * Hop;
                var crossings = blocks[0] + blocks[1] + blocks[2] + blocks[3] - (IsCrossing(samples, first) ? 1 : 0);
                rates[frame] = (double)crossings / FeatureVersion.FftSize;
            }
        }
    }

    private static ReadOnlySpan<float> BlockOf(ReadOnlySpan<float> samples, int block)
    {
        var start = Math.Clamp(block * Hop, 0, samples.Length);
        var end = Math.Clamp((block + 1) * Hop, 0, samples.Length);
        return samples[start..end];
    }

    private static double SumOfSquares(ReadOnlySpan<float> samples)
    {
        Vector256<double> lower = default, upper = default;
        var n = 0;
        for (; n <= samples.Length - Vector256<float>.Count; n += Vector256<float>.Count)
        {
            var (x, y) = Vector256.Widen(Vector256.Create(samples[n..]));
            lower = Vector256.MultiplyAddEstimate(x, x, lower);
            upper = Vector256.MultiplyAddEstimate(y, y, upper);
        }

        var sum = Vector256.Sum(lower + upper);
        for (; n < samples.Length; n++)
        {
            sum += (double)samples[n] * samples[n];
        }

        return sum;
    }

    /// <summary>Crossings from the sample before into each sample of the block.</summary>
    private static int Crossings(ReadOnlySpan<float> samples, int block)
    {
        var hop = BlockOf(samples, block);
        if (hop.IsEmpty)
        {
            return 0;
        }

        var count = IsCrossing(samples, block * Hop) ? 1 : 0;
        var n = 1;
        var limit = Vector256.Create(-Silence);
        for (; n <= hop.Length - Vector256<float>.Count; n += Vector256<float>.Count)
        {
            var isNegative = Vector256.LessThan(Vector256.Create(hop[n..]), limit);
            var wasNegative = Vector256.LessThan(Vector256.Create(hop[(n - 1)..]), limit);
            count += BitOperations.PopCount((isNegative ^ wasNegative).ExtractMostSignificantBits());
        }

        for (; n < hop.Length; n++)
        {
            count += (hop[n] < -Silence) != (hop[n - 1] < -Silence) ? 1 : 0;
        }

        return count;
    }

    private static bool IsCrossing(ReadOnlySpan<float> samples, int n) =>
        n > 0 && n < samples.Length && (samples[n] < -Silence) != (samples[n - 1] < -Silence);
}
