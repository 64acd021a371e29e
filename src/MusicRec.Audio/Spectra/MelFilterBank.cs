using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MusicRec.Audio.Features;

namespace MusicRec.Audio.Spectra;

/// <summary>
/// 128 triangular mel bands from 0 to 11 025 Hz (librosa <c>filters.mel</c> with default arguments: Slaney's mel scale,
/// each triangle scaled to unit area).
/// </summary>
public static class MelFilterBank
{
    private const int Bands = FeatureVersion.MelBands;
    private const int Lanes = Spectrogram.BlockFrames;

    // Slaney: linear with 200/3 Hz a mel below 1000 Hz, then logarithmic with 27 mels for a factor of 6.4.
    private const double HzPerMel = 200.0 / 3;
    private const double LogStartHz = 1000;
    private const double LogStartMel = LogStartHz / HzPerMel;
    private static readonly double LogStep = Math.Log(6.4) / 27;

    /// <summary>
    /// Neighbouring triangles overlap by half, so a bin feeds two bands at most: the one that falls there and the one
    /// that rises. Segment s (0..128) lies between edges s and s + 1; band s - 1 falls and band s rises in it.
    /// </summary>
    private static readonly float[] Falling = new float[FeatureVersion.BinCount];
    private static readonly float[] Rising = new float[FeatureVersion.BinCount];
    private static readonly int[] SegmentStart = new int[Bands + 2];

    static MelFilterBank()
    {
        var edges = EdgeFrequencies();
        for (var segment = 0; segment <= Bands; segment++)
        {
            for (var bin = SegmentStart[segment]; ; bin++)
            {
                var frequency = Spectrogram.BinFrequency(Math.Min(bin, FeatureVersion.BinCount - 1));
                if (bin == FeatureVersion.BinCount || (frequency >= edges[segment + 1] && segment < Bands))
                {
                    SegmentStart[segment + 1] = bin;
                    break;
                }

                Falling[bin] = segment == 0 ? 0 : Triangle(edges, segment - 1, frequency);
                Rising[bin] = segment == Bands ? 0 : Triangle(edges, segment, frequency);
            }
        }
    }

    /// <summary>The weight of a bin in a band, as librosa's matrix of 128 x 1025 has it.</summary>
    public static float Weight(int band, int bin)
    {
        if (bin >= SegmentStart[band] && bin < SegmentStart[band + 1])
        {
            return Rising[bin];
        }

        return bin >= SegmentStart[band + 1] && bin < SegmentStart[band + 2] ? Falling[bin] : 0;
    }

    /// <summary>Sums eight frames of the power spectrogram into mel bands.</summary>
    /// <param name="spectrogram">The power spectrogram.</param>
    /// <param name="block">Which block of eight frames.</param>
    /// <param name="mel">Receives the power in each band; resized before the first block.</param>
    internal static void Apply(Spectrogram spectrogram, int block, MelSpectrogram mel)
    {
        ref var power = ref MemoryMarshal.GetReference(spectrogram.Block(block));
        var rising = Vector256<float>.Zero;
        for (var segment = 0; segment <= Bands; segment++)
        {
            var falling = rising;
            rising = Vector256<float>.Zero;
            for (var bin = SegmentStart[segment]; bin < SegmentStart[segment + 1]; bin++)
            {
                var s = Vector256.LoadUnsafe(ref power, (nuint)(bin * Lanes));
                falling = Vector256.MultiplyAddEstimate(s, Vector256.Create(Falling[bin]), falling);
                rising = Vector256.MultiplyAddEstimate(s, Vector256.Create(Rising[bin]), rising);
            }

            if (segment > 0)
            {
                falling.CopyTo(mel.PaddedBand(segment - 1)[(block * Lanes)..]);
            }
        }
    }

    /// <summary>Where a frequency lies among the bands, counted from 0: the centre of band b is at b.</summary>
    /// <param name="hertz">0 to 11 025.</param>
    public static double BandOf(double hertz) => HzToMel(hertz) / HzToMel(FeatureVersion.SampleRate / 2.0) * (Bands + 1) - 1;

    private static double[] EdgeFrequencies()
    {
        var edges = new double[Bands + 2];
        var top = HzToMel(FeatureVersion.SampleRate / 2.0);
        for (var i = 0; i < edges.Length; i++)
        {
            edges[i] = MelToHz(top * i / (edges.Length - 1));
        }

        return edges;
    }

    private static float Triangle(double[] edges, int band, double frequency)
    {
        var rise = (frequency - edges[band]) / (edges[band + 1] - edges[band]);
        var fall = (edges[band + 2] - frequency) / (edges[band + 2] - edges[band + 1]);
        return (float)(Math.Max(0, Math.Min(rise, fall)) * 2 / (edges[band + 2] - edges[band]));
    }

    private static double HzToMel(double hz) =>
        hz < LogStartHz ? hz / HzPerMel : LogStartMel + Math.Log(hz / LogStartHz) / LogStep;

    private static double MelToHz(double mel) =>
        mel < LogStartMel ? mel * HzPerMel : LogStartHz * Math.Exp(LogStep * (mel - LogStartMel));
}
