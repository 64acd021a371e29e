using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Features;

/// <summary>
/// How far a song is tuned from A = 440 Hz, as librosa's <c>chroma_stft</c> estimates it (<c>estimate_tuning</c> over
/// <c>piptrack</c>): peaks are found and interpolated in the power spectrum. Magnitudes would be the better physics and
/// give other numbers.
/// </summary>
internal sealed class Tuning
{
    /// <summary>Width of a histogram bin in semitones.</summary>
    public const double Resolution = 0.01;

    /// <summary>Bins of the histogram, from -0.5 semitones on.</summary>
    public const int BinCount = 100;

    private const int Lanes = Spectrogram.BlockFrames;
    private const float PeakThreshold = 0.1f;
    private const double LowestHz = 150;
    private const double HighestHz = 4000;

    private static readonly int FirstBin = (int)Math.Ceiling(LowestHz / Spectrogram.BinFrequency(1));
    private static readonly int LastBin = (int)Math.Ceiling(HighestHz / Spectrogram.BinFrequency(1)) - 1;

    private readonly List<Peak> _peaks = [];
    private float[] _magnitudes = [];

    /// <summary>A spectral peak: position in bins, interpolated power.</summary>
    private readonly record struct Peak(float Bin, float Power);

    /// <summary>The tuning in semitones of a bin of the histogram.</summary>
    public static double OfBin(int bin) => -0.5 + bin * Resolution;

    /// <summary>Forgets the song before.</summary>
    public void Clear() => _peaks.Clear();

    /// <summary>Finds the peaks of eight more frames, a block of <see cref="Spectrogram"/>.</summary>
    public void AddPeaks(ReadOnlySpan<float> power)
    {
        var s = MemoryMarshal.Cast<float, Vector256<float>>(power);
        var loudest = Vector256<float>.Zero;
        foreach (var bin in s)
        {
            loudest = Vector256.MaxNative(loudest, bin);
        }

        var threshold = loudest * PeakThreshold;
        for (var k = FirstBin; k <= LastBin; k++)
        {
            var isPeak = Vector256.GreaterThan(s[k], threshold)
                & Vector256.GreaterThan(s[k], s[k - 1])
                & Vector256.GreaterThanOrEqual(s[k], s[k + 1]);
            for (var lanes = isPeak.ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1)
            {
                var at = k * Lanes + System.Numerics.BitOperations.TrailingZeroCount(lanes);
                _peaks.Add(Interpolate(k, power[at - Lanes], power[at], power[at + Lanes]));
            }
        }
    }

    /// <summary>
    /// The fullest bin of the histogram over all peaks (the first of equals), 0..99; its left edge is the tuning. 50, that
    /// is tuning 0, when there is no peak.
    /// </summary>
    public int EstimateBin() => _peaks.Count == 0 ? BinCount / 2 : FullestBin(MedianPower());

    /// <summary>The top of the parabola through three neighbouring bins.</summary>
    private static Peak Interpolate(int bin, float before, float at, float after)
    {
        var curvature = after + before - 2 * at;
        var slope = (after - before) / 2;
        var shift = Math.Abs(slope) < Math.Abs(curvature) ? -slope / curvature : 0;
        return new Peak(bin + shift, at + 0.5f * slope * shift);
    }

    private float MedianPower()
    {
        if (_magnitudes.Length < _peaks.Count)
        {
            _magnitudes = new float[Math.Max(_peaks.Count, 2 * _magnitudes.Length)];
        }

        var powers = _magnitudes.AsSpan(0, _peaks.Count);
        for (var i = 0; i < powers.Length; i++)
        {
            powers[i] = _peaks[i].Power;
        }

        // Of an even number the median is the mean of the middle two. As a least power the upper one selects the same peaks.
        return QuickSelect.Smallest(powers, powers.Length / 2);
    }

    private int FullestBin(float leastPower)
    {
        Span<int> histogram = stackalloc int[BinCount];
        foreach (var peak in _peaks)
        {
            if (peak.Power < leastPower)
            {
                continue;
            }

            var hz = peak.Bin * Spectrogram.BinFrequency(1);
            var semitones = 12 * Math.Log2(hz / 27.5);
            var residual = semitones - Math.Floor(semitones);
            if (residual >= 0.5)
            {
                residual -= 1;
            }

            histogram[HistogramBin(residual)]++;
        }

        var fullest = 0;
        for (var bin = 1; bin < BinCount; bin++)
        {
            fullest = histogram[bin] > histogram[fullest] ? bin : fullest;
        }

        return fullest;
    }

    /// <summary>Left-closed bins whose edges are numpy's <c>linspace(-0.5, 0.5, 101)</c>; rounding is settled by the edges themselves.</summary>
    private static int HistogramBin(double residual)
    {
        var bin = Math.Clamp((int)((residual + 0.5) / Resolution), 0, BinCount - 1);
        if (residual < OfBin(bin))
        {
            return bin - 1;
        }

        return bin < BinCount - 1 && residual >= OfBin(bin + 1) ? bin + 1 : bin;
    }
}
