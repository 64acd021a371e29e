using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Features;

/// <summary>
/// Mel-frequency cepstral coefficients (librosa <c>feature.mfcc</c>): the orthonormal DCT-II of the mel bands in dB. Holds work
/// memory that is reused: one thread at a time.
/// </summary>
internal sealed class Mfcc
{
    private const int Bands = FeatureVersion.MelBands;
    private const int Count = FeatureVersion.MfccCount;

    /// <summary>Frames transformed side by side, in the lanes of one vector.</summary>
    private const int Lanes = 4;

    private static readonly double[] Cosines = MakeCosines();

    private readonly double[] _meanFrame = new double[Bands];

    // How far the next frames are from the mean frame, one vector per band: the sums of bands m and 127 - m, then their
    // differences. The cosines of even coefficients are symmetric about the middle and those of odd ones antisymmetric,
    // so each coefficient needs one of the halves.
    private readonly AlignedArray<Vector256<double>> _block = new(Bands);

    /// <summary>Mean and standard deviation of each coefficient over some frames.</summary>
    /// <param name="decibels">Mel spectrogram in dB.</param>
    /// <param name="first">The first frame, a multiple of 4.</param>
    /// <param name="count">How many frames, 1 or more.</param>
    /// <param name="means">Receives 20 values.</param>
    /// <param name="deviations">Receives 20 values, 0 or more (population, as numpy's <c>std</c>).</param>
    public void Describe(MelSpectrogram decibels, int first, int count, Span<double> means, Span<double> deviations)
    {
        // The DCT is linear: the mean of the transformed frames is the transform of the mean frame, and what is left of a frame
        // without it transforms to how far its coefficients are from their means.
        MeanFrame(decibels, first, count);
        Transform(_meanFrame, means);
        deviations.Clear();
        for (var frame = first; frame < first + count; frame += Lanes)
        {
            LoadBlock(decibels, frame, first + count);
            AddSquares(deviations);
        }

        foreach (ref var deviation in deviations)
        {
            deviation = Math.Sqrt(deviation / count);
        }
    }

    /// <summary>The 20 coefficients of one frame of 128 bands in dB.</summary>
    public static void Transform(ReadOnlySpan<double> bands, Span<double> coefficients)
    {
        for (var i = 0; i < Count; i++)
        {
            var sum = 0.0;
            for (var m = 0; m < Bands; m++)
            {
                sum += bands[m] * Cosines[i * Bands + m];
            }

            coefficients[i] = sum;
        }
    }

    private void MeanFrame(MelSpectrogram decibels, int first, int count)
    {
        for (var band = 0; band < Bands; band++)
        {
            _meanFrame[band] = Statistics.Sum(decibels.Band(band).Slice(first, count)) / count;
        }
    }

    private void LoadBlock(MelSpectrogram decibels, int frame, int end)
    {
        // Lanes past the last frame are set to the mean and add nothing.
        var exists = Vector256.LessThan(Vector256.Create(0.0, 1, 2, 3), Vector256.Create((double)(end - frame)));
        var block = _block.Span;
        for (var band = 0; band < Bands / 2; band++)
        {
            var low = Deviation(decibels, band, frame) & exists;
            var high = Deviation(decibels, Bands - 1 - band, frame) & exists;
            block[band] = low + high;
            block[(Bands / 2) + band] = low - high;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<double> Deviation(MelSpectrogram decibels, int band, int frame) =>
        Lane.Widen(Vector128.Create(decibels.PaddedBand(band)[frame..])) - Vector256.Create(_meanFrame[band]);

    /// <summary>Transforms the block, first to the even and then to the odd coefficients, ten sums side by side, and adds their squares.</summary>
    private void AddSquares(Span<double> squares)
    {
        const int Next = 2 * Bands;
        for (var parity = 0; parity < 2; parity++)
        {
            Vector256<double> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default;
            Vector256<double> a5 = default, a6 = default, a7 = default, a8 = default, a9 = default;
            ref var cosine = ref Cosines[parity * Bands];
            foreach (var values in _block.Span.Slice(parity * Bands / 2, Bands / 2))
            {
                a0 = Vector256.MultiplyAddEstimate(values, Vector256.Create(cosine), a0);
                a1 = Vector256.MultiplyAddEstimate(values, Vector256.Create(Unsafe.Add(ref cosine, Next)), a1);
                a2 = Vector256.MultiplyAddEstimate(values, Vector256.Create(Unsafe.Add(ref cosine, 2 * Next)), a2);
                a3 = Vector256.MultiplyAddEstimate(values, Vector256.Create(Unsafe.Add(ref cosine, 3 * Next)), a3);
                a4 = Vector256.MultiplyAddEstimate(values, Vector256.Create(Unsafe.Add(ref cosine, 4 * Next)), a4);
                a5 = Vector256.MultiplyAddEstimate(values, Vector256.Create(Unsafe.Add(ref cosine, 5 * Next)), a5);
                a6 = Vector256.MultiplyAddEstimate(values, Vector256.Create(Unsafe.Add(ref cosine, 6 * Next)), a6);
                a7 = Vector256.MultiplyAddEstimate(values, Vector256.Create(Unsafe.Add(ref cosine, 7 * Next)), a7);
                a8 = Vector256.MultiplyAddEstimate(values, Vector256.Create(Unsafe.Add(ref cosine, 8 * Next)), a8);
                a9 = Vector256.MultiplyAddEstimate(values, Vector256.Create(Unsafe.Add(ref cosine, 9 * Next)), a9);
                cosine = ref Unsafe.Add(ref cosine, 1);
            }

            squares[parity] += Vector256.Sum(a0 * a0);
            squares[parity + 2] += Vector256.Sum(a1 * a1);
            squares[parity + 4] += Vector256.Sum(a2 * a2);
            squares[parity + 6] += Vector256.Sum(a3 * a3);
            squares[parity + 8] += Vector256.Sum(a4 * a4);
            squares[parity + 10] += Vector256.Sum(a5 * a5);
            squares[parity + 12] += Vector256.Sum(a6 * a6);
            squares[parity + 14] += Vector256.Sum(a7 * a7);
            squares[parity + 16] += Vector256.Sum(a8 * a8);
            squares[parity + 18] += Vector256.Sum(a9 * a9);
        }
    }

    private static double[] MakeCosines()
    {
        var cosines = new double[Count * Bands];
        for (var i = 0; i < Count; i++)
        {
            var scale = Math.Sqrt((i == 0 ? 1.0 : 2.0) / Bands);
            for (var m = 0; m < Bands; m++)
            {
                cosines[i * Bands + m] = scale * Math.Cos(Math.PI * i * (2 * m + 1) / (2 * Bands));
            }
        }

        return cosines;
    }
}
