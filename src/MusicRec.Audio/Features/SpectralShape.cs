using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Features;

/// <summary>
/// Centroid, bandwidth and rolloff of the magnitude spectrum (librosa <c>feature.spectral_centroid</c>,
/// <c>spectral_bandwidth</c>, <c>spectral_rolloff</c> with default arguments).
/// </summary>
internal static class SpectralShape
{
    private const int Lanes = Spectrogram.BlockFrames;
    private const int Bins = FeatureVersion.BinCount;
    private const double RolloffShare = 0.85;

    /// <summary>Bins between two notes of the magnitude so far.</summary>
    private const int ChunkBins = 41;
    private const int ChunkCount = Bins / ChunkBins;

    /// <summary>librosa <c>util.tiny(float32)</c>: frames with less magnitude in all count as silent.</summary>
    private const double Tiny = 1.17549435e-38;

    private static readonly double HzPerBin = Spectrogram.BinFrequency(1);

    /// <summary>Computes the three features of eight frames, in Hz; 0 for silent frames.</summary>
    /// <param name="spectrogram">The power spectrogram.</param>
    /// <param name="block">Which block of eight frames.</param>
    /// <param name="centroid">Receives one value per frame, those of the block's frames.</param>
    /// <param name="bandwidth">The same.</param>
    /// <param name="rolloff">The same.</param>
    [SkipLocalsInit]
    public static void Compute(Spectrogram spectrogram, int block, Span<double> centroid, Span<double> bandwidth, Span<double> rolloff)
    {
        Span<double> sums = stackalloc double[3 * Lanes];
        Span<double> above = stackalloc double[ChunkCount * Lanes];
        Span<float> magnitude = stackalloc float[Bins * Lanes];
        Moments(spectrogram.Block(block), magnitude, sums, above);
        var first = block * Lanes;
        for (var lane = 0; lane < Math.Min(Lanes, spectrogram.FrameCount - first); lane++)
        {
            var (total, moment1, moment2) = (sums[lane], sums[Lanes + lane], sums[2 * Lanes + lane]);
            var silent = total < Tiny;
            var mean = silent ? 0 : moment1 / total;
            centroid[first + lane] = mean * HzPerBin;
            // Rounding may leave a pure tone with a variance a hair below zero.
            bandwidth[first + lane] = silent ? 0 : Math.Sqrt(Math.Max(0, (2 * moment2 - moment1) / total - mean * mean)) * HzPerBin;
            rolloff[first + lane] = RolloffBin(magnitude[lane..], above[lane..], total, RolloffShare * total) * HzPerBin;
        }
    }

    /// <summary>
    /// Sum of z, k z and k (k + 1) / 2 z over the bins k, for each lane, in double: from the highest bin down, the sum of
    /// the sums so far counts every z once for each bin below it, and the sum of those sums likewise. Keeps the
    /// magnitudes z and what the first sum was above each chunk of bins.
    /// </summary>
    private static void Moments(ReadOnlySpan<float> power, Span<float> magnitude, Span<double> sums, Span<double> above)
    {
        ref var s = ref Unsafe.Add(ref MemoryMarshal.GetReference(power), (Bins - 1) * Lanes);
        ref var z = ref Unsafe.Add(ref MemoryMarshal.GetReference(magnitude), (Bins - 1) * Lanes);
        Vector256<double> lower0 = default, lower1 = default, lower2 = default;
        Vector256<double> upper0 = default, upper1 = default, upper2 = default;
        for (var chunk = ChunkCount - 1; chunk >= 0; chunk--)
        {
            lower0.CopyTo(above[(chunk * Lanes)..]);
            upper0.CopyTo(above[(chunk * Lanes + Lanes / 2)..]);
            for (var k = 0; k < ChunkBins; k++)
            {
                lower2 += lower1;
                upper2 += upper1;
                lower1 += lower0;
                upper1 += upper0;
                var root = Vector256.Sqrt(Vector256.LoadUnsafe(ref s));
                root.StoreUnsafe(ref z);
                lower0 += Lane.Widen(root.GetLower());
                upper0 += Lane.Widen(root.GetUpper());
                s = ref Unsafe.Subtract(ref s, Lanes);
                z = ref Unsafe.Subtract(ref z, Lanes);
            }
        }

        lower0.CopyTo(sums);
        upper0.CopyTo(sums[4..]);
        lower1.CopyTo(sums[8..]);
        upper1.CopyTo(sums[12..]);
        (lower2 + lower1).CopyTo(sums[16..]);
        (upper2 + upper1).CopyTo(sums[20..]);
    }

    /// <summary>The first bin from 0 on up to which the magnitude reaches the limit: looked for in the chunk that reaches it.</summary>
    private static int RolloffBin(ReadOnlySpan<float> magnitude, ReadOnlySpan<double> above, double total, double limit)
    {
        var chunk = 0;
        while (chunk < ChunkCount - 1 && total - above[chunk * Lanes] < limit)
        {
            chunk++;
        }

        var sum = chunk == 0 ? 0 : total - above[(chunk - 1) * Lanes];
        for (var bin = chunk * ChunkBins; ; bin++)
        {
            sum += magnitude[bin * Lanes];
            if (sum >= limit || bin == Bins - 1)
            {
                return bin;
            }
        }
    }
}
