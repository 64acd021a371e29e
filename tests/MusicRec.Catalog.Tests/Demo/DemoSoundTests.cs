using MusicRec.Audio.Features;
using MusicRec.Catalog.Demo;
using MusicRec.Catalog.Tests.Demo;
using MusicRec.Genres;
using MusicRec.Genres.Training;

[assembly: AssemblyFixture(typeof(DemoCatalogSongs))]

namespace MusicRec.Catalog.Tests.Demo;

public sealed class DemoSoundTests(DemoCatalogSongs catalog)
{
    [Fact]
    public void Write_EverySong_IsThirtySecondsOfStereo()
    {
        Assert.All(catalog.Songs, song =>
        {
            Assert.Equal(2, song.Info.Channels);
            Assert.Equal(44_100, song.Info.SampleRate);
            Assert.Equal(30 * 44_100, song.Info.Frames);
            Assert.Equal("16-bit PCM", song.Info.Encoding);
        });
    }

    [Fact]
    public void Write_EverySong_IsLoudEnoughAndNotClipped()
    {
        Assert.All(catalog.Songs, song =>
        {
            Assert.InRange(song.RootMeanSquare, 0.05, 0.35);
            Assert.InRange(song.Mean, -0.001, 0.001);
            Assert.InRange(song.LongestClip, 0, 3);
            Assert.InRange(song.LastSample, 0, 0.001);
        });
    }

    [Fact]
    public void Write_EverySong_DiffersFromTheOthers() =>
        Assert.Equal(catalog.Songs.Length, catalog.Songs.Select(song => song.Hash).Distinct().Count());

    [Fact]
    public void Write_AgainInAnotherThread_GivesTheSameBytes()
    {
        var songs = catalog.Songs.Where(song => song.Song.Seed % 12 == 0).ToArray();

        var again = new string[songs.Length];
        var threads = songs.Select((song, i) => new Thread(() => again[i] = RenderedSong.Of(song.Song).Hash)).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(songs.Select(song => song.Hash), again);
    }

    /// <summary>Fixed hashes show when an edit, a runtime or a processor changes the songs; after a deliberate edit they are taken anew.</summary>
    [Theory]
    [InlineData(1, "85E89584B74137D85D827A6FA8A632992C0EFC64AB6A6B5CB77635D68D619B32")]
    [InlineData(13, "D68DCE7FB7AFA90CDD35B06985B5C3121EE1E5D290DE72585ECF12EFD922C3FA")]
    [InlineData(31, "F729A6901416FFE200FE379A4FF99A7A98EC9DA5EE37C7C5ED4D0799CEDDF8A0")]
    public void Write_OnAnyMachine_GivesTheseBytes(int seed, string hash) => Assert.Equal(hash, catalog.Songs[seed - 1].Hash);

    [Fact]
    public void Analyze_Genres_DifferAsTheirMusicDoes()
    {
        var loudness = Genre.All.ToDictionary(genre => genre.Name, genre => catalog.Mean(genre.Name, song => song.RootMeanSquare));
        var brightness = Genre.All.ToDictionary(
            genre => genre.Name, genre => catalog.Mean(genre.Name, song => song.Analysis.Features[AudioFeature.SpectralCentroid]));

        Assert.All(["Dance", "Rock", "Hiphop"], loud => Assert.All(["Ballad", "Folk"], soft => Assert.True(loudness[loud] > 1.3 * loudness[soft])));
        Assert.All(["Dance", "Rock", "Indie"], bright => Assert.All(["Ballad", "RnB"], dark => Assert.True(brightness[bright] > 1.4 * brightness[dark])));
    }

    [Fact]
    public void Analyze_DanceSongs_HaveTheirTempo() =>
        Assert.All(catalog.Songs.Where(song => song.Song.Genre == "Dance"), song => Assert.InRange(song.Analysis.Tempo, 117, 136));

    [Fact]
    public void Train_OnOtherSongs_RecognisesTheCatalog()
    {
        var others = RenderedSong.OfAll(DemoSongs.Others(4, 1000));
        var dataset = Dataset.FromVectors(others.Select(song => (song.Song.Title, song.Analysis.Features, song.Song.Genre)));

        var model = GenreTrainer.Train(dataset, new TrainingOptions { HeldOutShare = 0, BatchSize = 8 }).Model;

        var right = catalog.Songs.Count(song => Best(model, song) == song.Song.Genre);
        Assert.True(right >= 0.8 * catalog.Songs.Length, $"{right} of {catalog.Songs.Length} songs were recognised.");
    }

    private static string Best(TrainedModel model, RenderedSong song)
    {
        var probabilities = model.Predict(song.Analysis.Features.Values);
        return model.Labels[Array.IndexOf(probabilities, probabilities.Max())];
    }
}
