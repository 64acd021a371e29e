using MusicRec.Genres.Evaluation;
using static MusicRec.Genres.Tests.Evaluation.EvaluationSongs;

namespace MusicRec.Genres.Tests.Evaluation;

public class SongGroupsTests
{
    [Fact]
    public void Of_ArtistsAndCopies_JoinsThemEvenByWayOfOthers()
    {
        EvaluationSong[] songs =
        [
            Make("a.wav", artist: "The Band"), Make("b.wav", artist: "the band", x: 5), Make("c.wav", artist: "Other", x: 5),
            Make("d.wav", artist: "Third", hash: "h"), Make("e.wav", hash: "h"), Make("f.wav"), Make("folder/f.mp3"),
        ];

        var groups = SongGroups.Of(songs);

        Assert.Equal(3, groups.Distinct().Count());
        Assert.Equal(groups[0], groups[1]);
        Assert.Equal(groups[0], groups[2]);
        Assert.Equal(groups[3], groups[4]);
        Assert.Equal(groups[5], groups[6]);
    }

    [Fact]
    public void Of_NoArtistKnown_LeavesEverySongAlone() =>
        Assert.Equal([0, 1, 2], SongGroups.Of([Make("a.wav", x: 1), Make("b.wav", x: 1), Make("c.wav", hash: "h")]));
}
