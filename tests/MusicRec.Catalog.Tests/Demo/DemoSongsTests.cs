using MusicRec.Catalog.Demo;
using MusicRec.Genres;

namespace MusicRec.Catalog.Tests.Demo;

public sealed class DemoSongsTests
{
    [Fact]
    public void Catalog_EveryGenre_HasSixSongsWithSeedsOneToFortyEight()
    {
        Assert.Equal(
            Genre.All.Select(genre => (genre.Name, 6)),
            DemoSongs.Catalog.GroupBy(song => song.Genre).Select(songs => (songs.Key, songs.Count())));
        Assert.Equal(Enumerable.Range(1, 48), DemoSongs.Catalog.Select(song => song.Seed));
    }

    [Fact]
    public void Catalog_Titles_AreUnique() =>
        Assert.Equal(48, DemoSongs.Catalog.Select(song => song.Title).Distinct().Count());

    [Fact]
    public void Catalog_EveryArtist_HasTwoOrThreeSongsOfOneGenre()
    {
        foreach (var songs in DemoSongs.Catalog.GroupBy(song => song.Artist))
        {
            Assert.InRange(songs.Count(), 2, 3);
            Assert.Single(songs.Select(song => song.Genre).Distinct());
        }
    }

    [Fact]
    public void Others_ThreeOfEachGenre_TakeSeedsOfTheirOwn()
    {
        var others = DemoSongs.Others(3, 1000);

        Assert.Equal(Enumerable.Range(1000, 24), others.Select(song => song.Seed));
        Assert.Equal(Genre.All.Select(genre => (genre.Name, 3)), others.GroupBy(song => song.Genre).Select(songs => (songs.Key, songs.Count())));
        Assert.Equal(24, others.Select(song => song.Title).Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(48)]
    [InlineData(-7)]
    public void Others_SeedsOfTheCatalog_Throws(int firstSeed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DemoSongs.Others(2, firstSeed));

    [Theory]
    [InlineData(49)]
    [InlineData(-15)]
    public void Others_SeedsBesideTheCatalog_AreTaken(int firstSeed) => Assert.Equal(16, DemoSongs.Others(2, firstSeed).Count);

    [Fact]
    public void Others_SeedsBeyondTheIntegers_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DemoSongs.Others(2, int.MaxValue - 3));

    [Fact]
    public void Write_UnknownGenre_Throws() =>
        Assert.Throws<ArgumentException>(() => DemoSongs.Write(new DemoSong("Polka", "나", "노래", 1), Stream.Null));
}
