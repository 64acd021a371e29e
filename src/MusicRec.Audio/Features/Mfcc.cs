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

    // One vector per band: how far its next frames are from the band's mean.
    private readonly Vector256<double>[] _block = new Vector256<double>[Bands];

    /// <summary>Mean and standard deviation of each coefficient over all frames.</summary>
    /// <param name="decibels">Mel spectrogram in dB.</param>
    /// <param name="means">Receives 20 values.</param>
    /// <param name="deviations">Receives 20 values, 0 or more (population, as numpy's <c>std</c>).</param>
    public void Describe(MelSpectrogram decibels, Span<double> means, Span<double> deviations)
    {
        // The DCT is linear: the mean of the transformed frames is the transform of the mean frame, and what is left of a frame
        // without it transforms to how far its coefficients are from their means.
        MeanFrame(decibels);
        Transform(_meanFrame, means);
        deviations.Clear();
        for (var frame = 0; frame < decibels.FrameCount; frame += Lanes)
        {
            LoadBlock(decibels, frame);
            AddSquares(deviations);
        }

        foreach (ref var deviation in deviations)
        {
            deviation = Math.Sqrt(deviation / decibels.FrameCount);
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

    private void MeanFrame(MelSpectrogram decibels)
    {
        for (var band = 0; band < Bands; band++)
        {
            var sum = 0.0;
            foreach (var value in decibels.Band(band))
            {
                sum += value;
            }

            _meanFrame[band] = sum / decibels.FrameCount;
        }
    }

    /// <summary>Lanes past the last frame are on the mean and add nothing.</summary>
    private void LoadBlock(MelSpectrogram decibels, int frame)
    {
        var lanes = Math.Min(Lanes, decibels.FrameCount - frame);
        Span<double> row = stackalloc double[Lanes];
        for (var band = 0; band < Bands; band++)
        {
            var values = decibels.Band(band).Slice(frame, lanes);
            row.Fill(_meanFrame[band]);
            for (var lane = 0; lane < lanes; lane++)
            {
                row[lane] = values[lane];
            }

            _block[band] = Vector256.Create<double>(row) - Vector256.Create(_meanFrame[band]);
        }
    }

    /// <summary>Transforms the block, five coefficients at a time, and adds their squares.</summary>
    private void AddSquares(Span<double> squares)
    {
        for (var i = 0; i < Count; i += 5)
        {
            Vector256<double> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default;
            var cosines = Cosines.AsSpan(i * Bands, 5 * Bands);
            for (var band = 0; band < _block.Length; band++)
            {
                var values = _block[band];
                a0 = Vector256.MultiplyAddEstimate(values, Vector256.Create(cosines[band]), a0);
                a1 = Vector256.MultiplyAddEstimate(values, Vector256.Create(cosines[band + Bands]), a1);
                a2 = Vector256.MultiplyAddEstimate(values, Vector256.Create(cosines[band + (2 * Bands)]), a2);
                a3 = Vector256.MultiplyAddEstimate(values, Vector256.Create(cosines[band + (3 * Bands)]), a3);
                a4 = Vector256.MultiplyAddEstimate(values, Vector256.Create(cosines[band + (4 * Bands)]), a4);
            }

            squares[i] += Vector256.Sum(a0 * a0);
            squares[i + 1] += Vector256.Sum(a1 * a1);
            squares[i + 2] += Vector256.Sum(a2 * a2);
            squares[i + 3] += Vector256.Sum(a3 * a3);
            squares[i + 4] += Vector256.Sum(a4 * a4);
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
