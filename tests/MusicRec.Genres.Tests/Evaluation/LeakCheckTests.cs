using MusicRec.Genres.Evaluation;
using static MusicRec.Genres.Tests.Evaluation.EvaluationSongs;

namespace MusicRec.Genres.Tests.Evaluation;

public class LeakCheckTests
{
    [Fact]
    public void Find_PlantedLeaks_FindsThemAndNothingElse()
    {
        EvaluationSong[] songs =
        [
            Make("train/name.wav"), Make("h1.wav", hash: "0a"), Make("f1.wav", x: 7), Make("a1.wav", artist: "IU"), Make("clean1.wav", artist: "BoA", hash: "0b"),
            Make("test/name.mp3"), Make("h2.wav", hash: "0a"), Make("f2.wav", x: 7), Make("a2.wav", artist: "iu"), Make("clean2.wav", artist: "Bo", hash: "0c"),
        ];

        var leaks = LeakCheck.Find(songs, [new Fold(0, [0, 1, 2, 3, 4], [5, 6, 7, 8, 9])]);

        Assert.Equal(["file name", "file hash", "features", "artist"], leaks.Select(leak => leak.Kind));
        Assert.All(leaks, leak => Assert.Equal(1, leak.Songs));
        Assert.Equal(
            [("test/name.mp3", "train/name.wav"), ("h2.wav", "h1.wav"), ("f2.wav", "f1.wav"), ("a2.wav", "a1.wav")],
            leaks.Select(leak => (leak.Examples[0].Test, leak.Examples[0].Training)));
    }

    [Fact]
    public void Find_CopiesWithinOnePart_FindsNothing()
    {
        EvaluationSong[] songs = [Make("a.wav", artist: "X", x: 1), Make("a.wav", artist: "X", x: 1), Make("b.wav", artist: "Y"), Make("c.wav")];

        Assert.Empty(LeakCheck.Find(songs, [new Fold(0, [0, 1], [2, 3])]));
    }

    [Fact]
    public void Find_SongInBothParts_FindsIt() =>
        Assert.Contains(LeakCheck.Find([Make("a.wav"), Make("b.wav")], [new Fold(0, [0, 1], [1])]), leak => leak is { Kind: "file name", Songs: 1 });

    [Fact]
    public void Find_SeveralFolds_CountsASongOnce()
    {
        EvaluationSong[] songs = [Make("a.wav", x: 1), Make("b.wav", x: 1), Make("c.wav")];

        var leak = Assert.Single(LeakCheck.Find(songs, [new Fold(0, [0, 2], [1]), new Fold(1, [0], [1, 2]), new Fold(1, [1], [0])]));

        Assert.Equal(2, leak.Songs);
    }
}
