using CsCheck;
using MusicRec.Audio.Encoding;
using MusicRec.Audio.Features;
using MusicRec.Audio.Portraits;

namespace MusicRec.Audio.Tests.Portraits;

public sealed class SongPortraitTests
{
    private const int Rate = FeatureVersion.SampleRate;

    [Fact]
    public void Portray_Analysis_IsTheSameAsWithoutPortrait()
    {
        var samples = Signals.Mixed(12 * Rate, seed: 1);

        var (analysis, _) = Portray(samples);

        Assert.Equal(Signals.Analyze(samples) with { Times = default }, analysis with { Times = default });
    }

    [Fact]
    public void Portray_ThirtySeconds_HasTenPartsWithoutGap()
    {
        var (_, portrait) = Portray(Signals.Mixed(30 * Rate, seed: 2));

        Assert.Equal(30, portrait.Seconds);
        Assert.Equal(323, portrait.Columns);
        Assert.Equal(10, portrait.Parts.Count);
        Assert.Equal(0, portrait.Parts[0].Start);
        Assert.Equal(30, portrait.Parts[^1].End);
        for (var i = 1; i < 10; i++)
        {
            Assert.Equal(portrait.Parts[i - 1].End, portrait.Parts[i].Start);
            Assert.Equal(3.0 * i, portrait.Parts[i].Start, 0.05);
        }
    }

    /// <summary>All parts together are the song: the mean of their means, by their frames, is its mean, and so are the squares.</summary>
    [Fact]
    public void Portray_Parts_TogetherAreTheSong()
    {
        var (analysis, portrait) = Portray(Signals.Mixed(20 * Rate + 777, seed: 3));

        var frames = portrait.Parts.Select(part => Math.Round((part.End - part.Start) * Rate / FeatureVersion.HopLength)).ToArray();
        frames[^1] = 1 + (20 * Rate + 777) / FeatureVersion.HopLength - frames[..^1].Sum();
        for (var f = 0; f < FeatureVector.FeatureCount; f++)
        {
            var mean = portrait.Parts.Select((part, i) => frames[i] * part.Features.Means[f]).Sum() / frames.Sum();
            var square = portrait.Parts.Select((part, i) => frames[i] * (Math.Pow(part.Features.Means[f], 2) + Math.Pow(part.Features.Deviations[f], 2))).Sum() / frames.Sum();
            var tolerance = 1e-9 * (1 + Math.Abs(mean));
            Assert.Equal(analysis.Features.Means[f], mean, tolerance);
            Assert.Equal(analysis.Features.Deviations[f], Math.Sqrt(Math.Max(0, square - mean * mean)), 1e-6 * (1 + Math.Abs(mean)));
        }
    }

    [Fact]
    public void Portray_ShortSong_IsOnePart()
    {
        var (analysis, portrait) = Portray(Signals.Sine(440, 5.9));

        Assert.Equal(analysis.Features, Assert.Single(portrait.Parts).Features);
    }

    [Fact]
    public void Portray_SineThatStartsLate_IsSeenWhereItSounds()
    {
        float[] samples = [.. new float[5 * Rate], .. Signals.Sine(1000, 5)];

        var (_, portrait) = Portray(samples);

        var (silent, sounding) = (portrait.Columns / 4, 3 * portrait.Columns / 4);
        Assert.Equal(0, portrait.Peaks[silent]);
        Assert.Equal(0, portrait.Levels[silent]);
        Assert.Equal(128, portrait.Peaks[sounding], 1.0);
        Assert.Equal(255 * 0.5 / Math.Sqrt(2), portrait.Levels[sounding], 1.0);

        var band = Brightest(portrait.Mel.Slice(sounding * SongPortrait.MelBands, SongPortrait.MelBands));
        Assert.Equal(Spectra1000(), band, 1.0);
        Assert.Equal(0, portrait.Mel[silent * SongPortrait.MelBands + band]);
        Assert.Equal(11, Brightest(portrait.Chroma.Slice(sounding * 12, 12)));
        Assert.Equal(1000, SongPortrait.SpectrumHertz(Brightest(portrait.Spectrum)), 50.0);
        static double Spectra1000() => Audio.Spectra.MelFilterBank.BandOf(1000);
    }

    [Fact]
    public void Portray_DigitalSilence_IsDark()
    {
        var (_, portrait) = Portray(new float[7 * Rate]);

        Assert.All(portrait.Mel.ToArray(), cell => Assert.Equal(0, cell));
        Assert.All(portrait.Spectrum.ToArray(), cell => Assert.Equal(0, cell));
        Assert.Null(KeyEstimate.Of(portrait.PitchClasses));
    }

    [Fact]
    public void Portray_AnyLength_IsReadBackAsItWas() => Gen.Int[1, 31 * Rate].Sample(
        length =>
        {
            var (_, portrait) = Portray(Signals.Noise(length, seed: length));

            var bytes = portrait.ToBytes();
            var read = SongPortrait.FromBytes(bytes);

            Assert.InRange(bytes.Length, 1, 60_000);
            Assert.InRange(portrait.Columns, 1, SongPortrait.MaxColumns);
            Assert.Equal(bytes, read!.ToBytes());
            Assert.Equal(portrait.Parts, read.Parts);
            Assert.True(portrait.Mel.SequenceEqual(read.Mel) && portrait.Chroma.SequenceEqual(read.Chroma) && portrait.Spectrum.SequenceEqual(read.Spectrum));
        },
        iter: 12);

    [Fact]
    public void FromBytes_Damaged_IsNullOrAPortrait()
    {
        var whole = Portray(Signals.Sine(300, 4)).Portrait.ToBytes();
        Assert.Null(SongPortrait.FromBytes([]));
        Assert.Null(SongPortrait.FromBytes(whole.AsSpan(1)));
        Assert.Null(SongPortrait.FromBytes(whole.AsSpan(0, whole.Length - 1)));

        // Whatever a header says, what is read is bounded by the bytes that are there.
        Gen.Int[0, 24].Select(Gen.Byte).Sample((at, value) =>
        {
            var damaged = whole.ToArray();
            damaged[at % 24] = value;
            var read = SongPortrait.FromBytes(damaged);
            Assert.True(read is null || read.ToBytes().Length == whole.Length);
        });
    }

    private static (SongAnalysis Analysis, SongPortrait Portrait) Portray(float[] samples)
    {
        using var wav = new MemoryStream();
        WavWriter.Write(wav, samples, 1, Rate);
        wav.Position = 0;
        return SongAnalyzer.Portray(wav);
    }

    private static int Brightest(ReadOnlySpan<byte> cells)
    {
        var best = 0;
        for (var i = 1; i < cells.Length; i++)
        {
            best = cells[i] > cells[best] ? i : best;
        }

        return best;
    }
}
