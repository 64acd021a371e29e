using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Features;

/// <summary>Mel-frequency cepstral coefficients (librosa <c>feature.mfcc</c>): the orthonormal DCT-II of the mel bands in dB.</summary>
internal static class Mfcc
{
    private const int Bands = FeatureVersion.MelBands;
    private const int Count = FeatureVersion.MfccCount;

    private static readonly double[] Cosines = MakeCosines();

    /// <summary>
    /// The mean of each coefficient over all frames. The DCT is linear: the transform of the mean frame is the mean of
    /// the transformed frames.
    /// </summary>
    /// <param name="decibels">Mel spectrogram in dB.</param>
    /// <param name="means">Receives 20 values.</param>
    public static void Means(MelSpectrogram decibels, Span<double> means)
    {
        Span<double> meanFrame = stackalloc double[Bands];
        for (var band = 0; band < Bands; band++)
        {
            var sum = 0.0;
            foreach (var value in decibels.Band(band))
            {
                sum += value;
            }

            meanFrame[band] = sum / decibels.FrameCount;
        }

        Transform(meanFrame, means);
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
