using MusicRec.Catalog.Models;

namespace MusicRec.Catalog.Tests.Models;

public sealed class HeldOutSplitTests
{
    [Fact]
    public void Make_ManyArtists_KeepsThemApartAndHoldsOutAFifthOfEachGenre()
    {
        var songs = Songs(("Ballad", 60, 3), ("Trot", 40, 2));

        var split = HeldOutSplit.Make(songs);

        Assert.True(split.IsByArtist);
        Assert.Empty(split.Training.Select(song => song.Artist).Intersect(split.HeldOut.Select(song => song.Artist)));
        Assert.Equal((12, 8), (split.HeldOut.Count(song => song.Label == "Ballad"), split.HeldOut.Count(song => song.Label == "Trot")));
        Assert.Equal(songs.Count, split.Training.Concat(split.HeldOut).Distinct().Count());
    }

    [Fact]
    public void Make_SpellingOfAnArtistDiffers_IsOneArtist()
    {
        var songs = Songs(("Ballad", 40, 2), ("Trot", 40, 2)).Select((song, i) => i % 2 == 0 ? song : song with { Artist = song.Artist.ToUpperInvariant() }).ToList();

        var split = HeldOutSplit.Make(songs);

        var held = split.HeldOut.Select(song => song.Artist).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain(split.Training, song => held.Contains(song.Artist));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(10)]
    public void Make_ArtistsTooLarge_DrawsSongsAndSaysSo(int songsPerArtist)
    {
        var split = HeldOutSplit.Make(Songs(("Ballad", 20, songsPerArtist), ("Trot", 20, songsPerArtist)));

        Assert.False(split.IsByArtist);
        Assert.Equal((4, 4), (split.HeldOut.Count(song => song.Label == "Ballad"), split.HeldOut.Count(song => song.Label == "Trot")));
    }

    [Fact]
    public void Make_NoArtistKnown_SaysThatTheyAreNotKeptApart()
    {
        var songs = Songs(("Ballad", 20, 1), ("Trot", 20, 1)).Select(song => song with { Artist = "" }).ToList();

        var split = HeldOutSplit.Make(songs);

        Assert.False(split.IsByArtist);
        Assert.Equal(8, split.HeldOut.Count);
    }

    [Fact]
    public void Make_Again_IsTheSameInAnyOrder()
    {
        var songs = Songs(("Ballad", 60, 3), ("Trot", 40, 2));

        var (first, second) = (HeldOutSplit.Make(songs), HeldOutSplit.Make([.. songs.Reverse()]));

        Assert.Equal(first.HeldOut.Select(song => song.Id).Order(), second.HeldOut.Select(song => song.Id).Order());
    }

    private static IReadOnlyList<LabelledSong> Songs(params (string Label, int Count, int PerArtist)[] genres) =>
    [
        .. genres.SelectMany(genre => Enumerable.Range(0, genre.Count).Select(i => new LabelledSong(
            new Guid(i, (short)genre.Label.Length, 0, new byte[8]), $"artist {genre.Label} {i / genre.PerArtist}", genre.Label, ModelFolder.Features(0, i)))),
    ];
}
