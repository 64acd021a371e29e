using MusicRec.Audio.Features;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Tests.Features;

public sealed class TuningTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void EstimateBin_Song_EqualsThePlainHistogram(int seed)
    {
        var spectrogram = Signals.Spectrogram(Signals.Mixed(20000 + 3000 * seed, seed));
        Assert.Equal(Expected(spectrogram), Signals.TuningBin(new Tuning(), spectrogram));
    }

    /// <summary>The bias that peaks interpolated in power have: 2 hundredths too high for A, 3 for 30 cents above.</summary>
    [Theory]
    [InlineData(0, 0.02)]
    [InlineData(0.3, 0.33)]
    public void EstimateBin_Tone_HasTheBiasOfLibrosa(double semitones, double expected)
    {
        var tone = Signals.Sine(440 * Math.Pow(2, semitones / 12), seconds: 2);
        Assert.Equal(expected, Tuning.OfBin(Signals.TuningBin(new Tuning(), Signals.Spectrogram(tone))), 1e-12);
    }

    [Fact]
    public void EstimateBin_Silence_IsTuningZero() =>
        Assert.Equal(0, Tuning.OfBin(Signals.TuningBin(new Tuning(), Signals.Spectrogram(new float[9000]))));

    [Fact]
    public void EstimateBin_AfterAnotherSong_EqualsFreshOne()
    {
        var tuning = new Tuning();
        var song = Signals.Spectrogram(Signals.Mixed(20000, seed: 8));
        var fresh = Signals.TuningBin(tuning, song);
        Signals.TuningBin(tuning, Signals.Spectrogram(Signals.Sine(452, seconds: 5)));
        Assert.Equal(fresh, Signals.TuningBin(tuning, song));
    }

    private static int Expected(Spectrogram spectrogram)
    {
        var peaks = Enumerable.Range(0, spectrogram.FrameCount).SelectMany(t => Peaks(spectrogram, t)).ToArray();
        var sorted = peaks.Select(peak => peak.Power).Order().ToArray();
        var median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

        var histogram = new int[100];
        foreach (var (pitch, _) in peaks.Where(peak => peak.Power >= median))
        {
            var residual = 12 * Math.Log2(pitch / 27.5) % 1;
            residual -= residual >= 0.5 ? 1 : 0;
            histogram[Enumerable.Range(0, 100).Last(bin => residual >= -0.5 + bin * 0.01)]++;
        }

        return Array.IndexOf(histogram, histogram.Max());
    }

    private static IEnumerable<(double Pitch, float Power)> Peaks(Spectrogram spectrogram, int frame)
    {
        var s = new float[FeatureVersion.BinCount];
        spectrogram.CopyFrame(frame, s);
        var loudest = s.Max();
        var v = s.Select(power => power > 0.1f * loudest ? power : 0).ToArray();
        for (var k = 1; k < s.Length - 1; k++)
        {
            var hz = k * 22050.0 / 2048;
            if (hz is < 150 or >= 4000 || v[k] <= v[k - 1] || v[k] < v[k + 1])
            {
                continue;
            }

            var a = s[k + 1] + s[k - 1] - 2 * s[k];
            var b = (s[k + 1] - s[k - 1]) / 2;
            var shift = Math.Abs(b) < Math.Abs(a) ? -b / a : 0;
            yield return ((k + shift) * 22050.0 / 2048, s[k] + 0.5f * b * shift);
        }
    }
}
