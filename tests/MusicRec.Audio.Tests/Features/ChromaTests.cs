using MusicRec.Audio.Features;

namespace MusicRec.Audio.Tests.Features;

public sealed class ChromaTests
{
    private const int Classes = FeatureVersion.ChromaCount;

    [Theory]
    [InlineData(1, 50)]
    [InlineData(5000, 0)]
    [InlineData(5000, 99)]
    [InlineData(40000, 63)]
    public void Compute_Song_EqualsTheMatrixProductScaledToOne(int length, int tuningBin)
    {
        var spectrogram = Signals.Spectrogram(Signals.Mixed(length, seed: 6));
        var chroma = new double[spectrogram.FrameCount * Classes];
        Array.Fill(chroma, double.NaN);
        Chroma.Compute(spectrogram, tuningBin, chroma);

        var bank = Bank(-0.5 + tuningBin / 100.0);
        var power = new float[FeatureVersion.BinCount];
        for (var t = 0; t < spectrogram.FrameCount; t++)
        {
            spectrogram.CopyFrame(t, power);
            var raw = bank.Select(row => row.Zip(power, (weight, p) => weight * p).Sum()).ToArray();
            var scale = raw.Max() > 0 ? raw.Max() : 1;
            for (var c = 0; c < Classes; c++)
            {
                Assert.Equal(raw[c] / scale, chroma[t * Classes + c], 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(261.6256, 0)]
    [InlineData(293.6648, 2)]
    [InlineData(440, 9)]
    [InlineData(466.1638, 10)]
    [InlineData(493.8833, 11)]
    [InlineData(880, 9)]
    public void Compute_Tone_PeaksAtItsPitchClass(double hz, int pitchClass)
    {
        var spectrogram = Signals.Spectrogram(Signals.Sine(hz, seconds: 1));
        var chroma = new double[spectrogram.FrameCount * Classes];
        Chroma.Compute(spectrogram, Signals.TuningBin(new Tuning(), spectrogram), chroma);
        for (var t = 0; t < spectrogram.FrameCount; t++)
        {
            var frame = chroma[(t * Classes)..][..Classes];
            Assert.Equal(pitchClass, Array.IndexOf(frame, 1.0));
        }
    }

    [Fact]
    public void Compute_QuietSong_EqualsTheLoudOne()
    {
        var loud = Signals.Noise(3000, seed: 7);
        var quiet = loud.Select(sample => sample / 1048576).ToArray();
        Assert.All(Of(loud).Zip(Of(quiet)), pair => Assert.Equal(pair.First, pair.Second, 1e-9));

        static double[] Of(float[] samples)
        {
            var spectrogram = Signals.Spectrogram(samples);
            var chroma = new double[spectrogram.FrameCount * Classes];
            Chroma.Compute(spectrogram, 50, chroma);
            return chroma;
        }
    }

    /// <summary>librosa's filters.chroma over the full length of the transform, step by step as its documentation has it.</summary>
    private static double[][] Bank(double tuning)
    {
        const int Bins = FeatureVersion.FftSize;
        var a440 = 440 * Math.Pow(2, tuning / 12);
        var pitch = Enumerable.Range(0, Bins).Select(k => 12 * Math.Log2(k * 22050.0 / Bins / (a440 / 16))).ToArray();
        pitch[0] = pitch[1] - 18;
        var columns = Enumerable.Range(0, FeatureVersion.BinCount).Select(k =>
        {
            var width = Math.Max(pitch[k + 1] - pitch[k], 1);
            var bumps = Enumerable.Range(0, Classes)
                .Select(c => (pitch[k] - c + 126) % 12 - 6)
                .Select(distance => Math.Exp(-0.5 * Math.Pow(2 * distance / width, 2))).ToArray();
            var norm = Math.Sqrt(bumps.Sum(bump => bump * bump));
            var octave = Math.Exp(-0.5 * Math.Pow((pitch[k] / 12 - 5) / 2, 2));
            return bumps.Select(bump => bump / norm * octave).ToArray();
        }).ToArray();
        return [.. Enumerable.Range(0, Classes).Select(c => columns.Select(column => column[(c + 3) % Classes]).ToArray())];
    }
}
