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
    public void BatchMaker_SameStep_DrawsTheSameAndTwoWindowsOfEachTrack()
    {
        var tracks = MadeUp.Tracks(6, 2);
        var maker = new BatchMaker(tracks, new TeacherTargets(tracks), 4, seed: 5);

        var batch = maker.Make(17);
        var again = maker.Make(17);

        Assert.Equal(8, batch.Windows);
        Assert.Equal(batch.Decibels, again.Decibels);
        Assert.Equal(batch.Sounds, again.Sounds);
        Assert.NotEqual(batch.Decibels, maker.Make(18).Decibels);
        Assert.Equal(4, batch.Tags.Chunk(160).Take(4).Select(tags => tags[0]).Distinct().Count());
    }
}
