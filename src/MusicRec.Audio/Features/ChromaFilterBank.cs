using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Features;

/// <summary>
/// Weights of the 12 pitch classes, C first, in each bin (librosa <c>filters.chroma</c> with default arguments): Gaussian
/// bumps around each pitch in every octave, weighted around the fifth octave.
/// </summary>
internal static class ChromaFilterBank
{
    private const int Classes = FeatureVersion.ChromaCount;
    private const double CentreOctave = 5;
    private const double OctaveWidth = 2;

    /// <summary>The weights for a tuning in semitones: bin k, class c at <c>k * 12 + c</c>.</summary>
    public static float[] Make(double tuning)
    {
        var pitch = BinPitches(tuning);
        var weights = new float[FeatureVersion.BinCount * Classes];
        Span<double> bumps = stackalloc double[Classes];
        for (var k = 0; k < FeatureVersion.BinCount; k++)
        {
            var width = Math.Max(pitch[k + 1] - pitch[k], 1);
            var norm = 0.0;
            for (var c = 0; c < Classes; c++)
            {
                // Distance to the nearest pitch of the class, -6 to 6 semitones.
                var distance = (pitch[k] - c + 10.5 * Classes) % Classes - Classes / 2;
                bumps[c] = Math.Exp(-0.5 * Math.Pow(2 * distance / width, 2));
                norm += bumps[c] * bumps[c];
            }

            var octaves = (pitch[k] / Classes - CentreOctave) / OctaveWidth;
            var scale = Math.Exp(-0.5 * octaves * octaves) / Math.Sqrt(norm);
            for (var c = 0; c < Classes; c++)
            {
                // The pitches count from A; row 0 is to be C, three semitones up.
                weights[k * Classes + c] = (float)(bumps[(c + 3) % Classes] * scale);
            }
        }

        return weights;
    }

    /// <summary>Each bin in semitones above A0/2 (27.5 Hz at tuning 0); bin 0 is set one and a half octaves below bin 1.</summary>
    public static double[] BinPitches(double tuning)
    {
        var a440 = 440 * Math.Pow(2, tuning / Classes);
        var pitch = new double[FeatureVersion.BinCount + 1];
        for (var k = 1; k < pitch.Length; k++)
        {
            pitch[k] = Classes * Math.Log2(Spectrogram.BinFrequency(k) / (a440 / 16));
        }

        pitch[0] = pitch[1] - 1.5 * Classes;
        return pitch;
    }
}
