using MusicRec.Audio;
using MusicRec.Audio.Features;
using MusicRec.Genres.Embedding;
using MusicRec.Training.Corpus;

namespace MusicRec.Training.Tests;

public sealed class CorpusTests
{
    [Fact]
    public void Quantize_Song_LosesLessThanHalfAStep()
    {
        var samples = Enumerable.Range(0, Segment.Samples).Select(n => (float)(0.3 * Math.Sin(1e-8 * n * n * n))).ToArray();
        var mel = new SampleAnalyzer().Mel(samples);

        var steps = Segment.Quantize(mel);

        var loudest = Enumerable.Range(0, FeatureVersion.MelBands).Max(band => mel.Band(band)[..Segment.Frames].ToArray().Max());
        for (var i = 0; i < steps.Length; i += 7)
        {
            var expected = Math.Max(-80, mel.Band(i / Segment.Frames)[i % Segment.Frames] - loudest);
            Assert.Equal(expected, (steps[i] - 255) * Segment.Step, Segment.Step * 0.51);
        }
    }

    [Fact]
    public void Track_WrittenAndRead_IsTheSame()
    {
        var folder = Directory.CreateTempSubdirectory("musicrec-training-");
        try
        {
            var path = Path.Combine(folder.FullName, "a.track");
            var track = MadeUp.Tracks(1, 2)[0];
            track.Write(path);

            var read = CorpusTrack.Read(path);

            Assert.Equal((track.File, track.Package, 2), (read.File, read.Package, read.Segments.Count));
            Assert.Equal(track.Segments[1].Lossy, read.Segments[1].Lossy);
            Assert.Equal(track.Segments[1].Tags, read.Segments[1].Tags);
            Assert.Equal(track.Segments[1].Sounds, read.Segments[1].Sounds);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Augmenter_AnyDraw_StaysFiniteAndWithinEightyDecibels()
    {
        var segment = MadeUp.Tracks(1, 1)[0].Segments[0];
        var window = new float[MelWindows.Size];
        var plain = new float[MelWindows.Size];
        var unchanged = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            Augmenter.Make(segment, seed % Segment.Windows, new Random(seed), window);
            Augmenter.Copy(segment.Clean, seed % Segment.Windows, plain);

            Assert.All(window, value => Assert.True(float.IsFinite(value)));
            Assert.InRange(window.Max() - window.Min(), 0, 80.01f);
            unchanged += window.SequenceEqual(plain) ? 1 : 0;
        }

        Assert.InRange(unchanged, 0, 5);
    }

    [Fact]
    public void BatchMaker_SameStep_DrawsTheSameAndTwoWindowsOfEachTrackAndOneWithNoise()
    {
        var tracks = MadeUp.Tracks(6, 2);
        var maker = new BatchMaker(tracks, new TeacherTargets(tracks), 4, seed: 5);

        var batch = maker.Make(17);
        var again = maker.Make(17);

        Assert.Equal((4, 12), (batch.Tracks, batch.Windows));
        Assert.Equal(batch.Decibels, again.Decibels);
        Assert.Equal(batch.Sounds, again.Sounds);
        Assert.NotEqual(batch.Decibels, maker.Make(18).Decibels);
        Assert.Equal(4, batch.Tags.Chunk(160).Take(4).Select(tags => tags[0]).Distinct().Count());
        Assert.Equal(batch.Sounds[..(4 * 1024)], batch.Sounds[(8 * 1024)..]);
        Assert.All(Enumerable.Range(0, 4), track => Assert.NotEqual(Picture(batch, track), Picture(batch, 8 + track)));
    }

    /// <summary>What noise adds is above what was there, and so far below the window's power as was asked: by the power of real windows of music and noise.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(20)]
    public void Noise_OfOneLevel_LiesSoFarBelowTheWindow(double below)
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var window = new float[MelWindows.Size];
            Augmenter.Copy(MadeUp.Tracks(1, 1)[0].Segments[0].Clean, seed % Segment.Windows, window);
            var before = window.ToArray();

            MelNoise.Add(new Random(seed), below, below, window);

            Assert.All(before.Zip(window), pair => Assert.InRange(pair.Second - pair.First, -1e-3, 200));
            Assert.Equal(below, 10 * Math.Log10(Power(before) / (Power(window) - Power(before))), 0.5);
        }
    }

    /// <summary>The mel spectrogram of a song with white noise, made from sound, and that of the song to which the same was done: equal power in all bands.</summary>
    [Fact]
    public void Noise_White_IsThatOfTheWaveform()
    {
        var random = new Random(3);
        var tone = Enumerable.Range(0, 66_150).Select(n => (float)(0.3 * Math.Sin(0.1 * n))).ToArray();
        var power = tone.Average(sample => sample * sample);
        var noisy = Array.ConvertAll(tone, sample => sample + ((2 * random.NextSingle() - 1) * MathF.Sqrt(0.3f * power)));
        var (quiet, expected) = (new float[MelWindows.Size], new float[MelWindows.Size]);
        MelWindows.Copy(new SampleAnalyzer().Mel(tone), 0, quiet);
        MelWindows.Copy(new SampleAnalyzer().Mel(noisy), 0, expected);

        // A seed whose first draw asks for white noise.
        MelNoise.Add(new Random(Enumerable.Range(0, 100).First(seed => new Random(seed).NextDouble() < 0.5)), 10, 10, quiet);

        // Bands far from the tone, 350 Hz, have noise alone. A narrow one has some ninety independent draws in a window: 0.65 dB between two noises, four times that at most.
        var bands = Enumerable.Range(40, 88).ToArray();
        Assert.All(bands, band => Assert.Equal(Level(expected, band), Level(quiet, band), 2.6));
        // The power of a tone in narrow bands is taken for up to a decibel too much (MelBand.Width), so the noise is as much too loud; here 0.6.
        Assert.Equal(bands.Average(band => Level(expected, band)), bands.Average(band => Level(quiet, band)), 1.0);
    }

    private static float[] Picture(Batch batch, int window) => batch.Decibels.AsSpan(window * MelWindows.Size, MelWindows.Size).ToArray();

    private static double Power(float[] decibels) =>
        decibels.Select((value, i) => Math.Pow(10, value / 10) * MelBand.All[i / MelWindows.Frames].Width).Sum();

    private static double Level(float[] decibels, int band) =>
        10 * Math.Log10(decibels.AsSpan(band * MelWindows.Frames, MelWindows.Frames).ToArray().Average(value => Math.Pow(10, value / 10)));
}
