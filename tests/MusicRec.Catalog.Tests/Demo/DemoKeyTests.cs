using MusicRec.Audio;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Demo;
using MusicRec.Catalog.Demo.Synthesis;

namespace MusicRec.Catalog.Tests.Demo;

/// <summary>The key estimate on whole songs whose key is known, with drums, noise and chords from outside the scale.</summary>
public sealed class DemoKeyTests
{
    [Fact]
    public void KeyEstimate_DemoSongs_IsMostlyOneOfTheTwoBest()
    {
        var estimates = DemoSongs.Others(2, firstSeed: 9000).AsParallel().AsOrdered().Select(song =>
        {
            using var wav = new MemoryStream();
            DemoSongs.Write(song, wav);
            wav.Position = 0;
            var (tonic, isMinor) = SongSynthesizer.KeyOf(song.Genre, song.Seed);
            return (Song: song, Key: new MusicalKey(tonic, isMinor), Estimate: KeyEstimate.Of(SongAnalyzer.Portray(wav).Portrait.PitchClasses)!);
        }).ToList();

        // By chance one in 24 would be right, and one in 12 among the two best.
        Assert.InRange(estimates.Count(song => song.Estimate.Best == song.Key), 7, 16);
        Assert.InRange(estimates.Count(song => song.Estimate.Best == song.Key || song.Estimate.Second == song.Key), 12, 16);
    }
}
