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
        Span<int> rolloffBins = stackalloc int[Lanes];
        var magnitude = new float[Bins * Lanes];
        for (var block = 0; block < spectrogram.BlockCount; block++)
        {
            SquareRoots(spectrogram.Block(block), magnitude);
            Moments(magnitude, sums);
            RolloffBins(magnitude, sums[..Lanes], rolloffBins);
            var first = block * Lanes;
            for (var lane = 0; lane < Math.Min(Lanes, spectrogram.FrameCount - first); lane++)
            {
                var (total, moment1, moment2) = (sums[lane], sums[Lanes + lane], sums[2 * Lanes + lane]);
                var silent = total < Tiny;
                var mean = silent ? 0 : moment1 / total;
                centroid[first + lane] = mean * HzPerBin;
                // Rounding may leave a pure tone with a variance a hair below zero.
                bandwidth[first + lane] = silent ? 0 : Math.Sqrt(Math.Max(0, moment2 / total - mean * mean)) * HzPerBin;
                rolloff[first + lane] = rolloffBins[lane] * HzPerBin;
            }
        }
    }

    private static void SquareRoots(ReadOnlySpan<float> power, Span<float> magnitude)
    {
        var source = MemoryMarshal.Cast<float, Vector256<float>>(power);
        var target = MemoryMarshal.Cast<float, Vector256<float>>(magnitude);
        for (var k = 0; k < source.Length; k++)
        {
            target[k] = Vector256.Sqrt(source[k]);
        }
    }

    /// <summary>Sum of z, k z and k² z over the bins k, for each lane, in double.</summary>
    private static void Moments(ReadOnlySpan<float> magnitude, Span<double> sums)
    {
        var z = MemoryMarshal.Cast<float, Vector256<float>>(magnitude);
        Vector256<double> lower0 = default, lower1 = default, lower2 = default;
        Vector256<double> upper0 = default, upper1 = default, upper2 = default;
        for (var k = 0; k < z.Length; k++)
        {
            var (lower, upper) = Vector256.Widen(z[k]);
            var bin = Vector256.Create((double)k);
            lower0 += lower;
            upper0 += upper;
            var (lowerBin, upperBin) = (lower * bin, upper * bin);
            lower1 += lowerBin;
            upper1 += upperBin;
            lower2 = Vector256.MultiplyAddEstimate(lowerBin, bin, lower2);
            upper2 = Vector256.MultiplyAddEstimate(upperBin, bin, upper2);
        }

        lower0.CopyTo(sums);
        upper0.CopyTo(sums[4..]);
        lower1.CopyTo(sums[8..]);
        upper1.CopyTo(sums[12..]);
        lower2.CopyTo(sums[16..]);
        upper2.CopyTo(sums[20..]);
    }

    /// <summary>Counts the bins whose cumulated magnitude stays below 85 % of the total: the index of the first that does not.</summary>
    private static void RolloffBins(ReadOnlySpan<float> magnitude, ReadOnlySpan<double> totals, Span<int> bins)
    {
        var z = MemoryMarshal.Cast<float, Vector256<float>>(magnitude);
        var lowerLimit = Vector256.Create(totals) * RolloffShare;
        var upperLimit = Vector256.Create(totals[4..]) * RolloffShare;
        Vector256<double> lowerSum = default, upperSum = default, lowerCount = default, upperCount = default;
        var one = Vector256.Create(1.0);
        for (var k = 0; k < z.Length; k++)
        {
            var (lower, upper) = Vector256.Widen(z[k]);
            lowerSum += lower;
            upperSum += upper;
            lowerCount += Vector256.LessThan(lowerSum, lowerLimit) & one;
            upperCount += Vector256.LessThan(upperSum, upperLimit) & one;
        }

        for (var lane = 0; lane < 4; lane++)
        {
            bins[lane] = (int)lowerCount[lane];
            bins[lane + 4] = (int)upperCount[lane];
        }
    }
}
