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

    /// <summary>Bins between two notes of the cumulated magnitude.</summary>
    private const int ChunkBins = 41;
    private const int ChunkCount = Bins / ChunkBins;

    /// <summary>librosa <c>util.tiny(float32)</c>: frames with less magnitude in all count as silent.</summary>
    private const double Tiny = 1.17549435e-38;

    private static readonly double HzPerBin = Spectrogram.BinFrequency(1);

    /// <summary>Computes the three features of every frame, in Hz; 0 for silent frames.</summary>
    /// <param name="spectrogram">The power spectrogram.</param>
    /// <param name="centroid">Receives one value per frame.</param>
    /// <param name="bandwidth">Receives one value per frame.</param>
    /// <param name="rolloff">Receives one value per frame.</param>
    public static void Compute(Spectrogram spectrogram, Span<double> centroid, Span<double> bandwidth, Span<double> rolloff)
    {
        Span<double> sums = stackalloc double[3 * Lanes];
        Span<double> cumulated = stackalloc double[(ChunkCount + 1) * Lanes];
        Span<float> magnitude = stackalloc float[Bins * Lanes];
        for (var block = 0; block < spectrogram.BlockCount; block++)
        {
            Moments(spectrogram.Block(block), magnitude, sums, cumulated);
            var first = block * Lanes;
            for (var lane = 0; lane < Math.Min(Lanes, spectrogram.FrameCount - first); lane++)
            {
                var (total, moment1, moment2) = (sums[lane], sums[Lanes + lane], sums[2 * Lanes + lane]);
                var silent = total < Tiny;
                var mean = silent ? 0 : moment1 / total;
                centroid[first + lane] = mean * HzPerBin;
                // Rounding may leave a pure tone with a variance a hair below zero.
                bandwidth[first + lane] = silent ? 0 : Math.Sqrt(Math.Max(0, moment2 / total - mean * mean)) * HzPerBin;
                rolloff[first + lane] = RolloffBin(magnitude[lane..], cumulated[lane..], RolloffShare * total) * HzPerBin;
            }
        }
    }

    /// <summary>
    /// Sum of z, k z and k² z over the bins k, for each lane, in double. Keeps the magnitudes z and what the first sum
    /// was before each chunk of bins.
    /// </summary>
    private static void Moments(ReadOnlySpan<float> power, Span<float> magnitude, Span<double> sums, Span<double> cumulated)
    {
        ref var s = ref MemoryMarshal.GetReference(power);
        ref var z = ref MemoryMarshal.GetReference(magnitude);
        Vector256<double> lower0 = default, lower1 = default, lower2 = default;
        Vector256<double> upper0 = default, upper1 = default, upper2 = default;
        var bin = Vector256<double>.Zero;
        for (var chunk = 0; chunk < ChunkCount; chunk++)
        {
            lower0.CopyTo(cumulated[(chunk * Lanes)..]);
            upper0.CopyTo(cumulated[(chunk * Lanes + Lanes / 2)..]);
            for (var k = 0; k < ChunkBins; k++)
            {
                var root = Vector256.Sqrt(Vector256.LoadUnsafe(ref s));
                root.StoreUnsafe(ref z);
                var (lower, upper) = Vector256.Widen(root);
                lower0 += lower;
                upper0 += upper;
                var (lowerBin, upperBin) = (lower * bin, upper * bin);
                lower1 += lowerBin;
                upper1 += upperBin;
                lower2 = Vector256.MultiplyAddEstimate(lowerBin, bin, lower2);
                upper2 = Vector256.MultiplyAddEstimate(upperBin, bin, upper2);
                bin += Vector256<double>.One;
                s = ref Unsafe.Add(ref s, Lanes);
                z = ref Unsafe.Add(ref z, Lanes);
            }
        }

        lower0.CopyTo(cumulated[(ChunkCount * Lanes)..]);
        upper0.CopyTo(cumulated[(ChunkCount * Lanes + Lanes / 2)..]);
        lower0.CopyTo(sums);
        upper0.CopyTo(sums[4..]);
        lower1.CopyTo(sums[8..]);
        upper1.CopyTo(sums[12..]);
        lower2.CopyTo(sums[16..]);
        upper2.CopyTo(sums[20..]);
    }

    /// <summary>The first bin whose cumulated magnitude reaches the limit: looked for in the chunk that reaches it.</summary>
    private static int RolloffBin(ReadOnlySpan<float> magnitude, ReadOnlySpan<double> cumulated, double limit)
    {
        var chunk = 0;
        while (chunk < ChunkCount - 1 && cumulated[(chunk + 1) * Lanes] < limit)
        {
            chunk++;
        }

        var sum = cumulated[chunk * Lanes];
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
