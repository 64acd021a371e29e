using MusicRec.Genres.Evaluation;
using static MusicRec.Genres.Tests.Evaluation.EvaluationSongs;

namespace MusicRec.Genres.Tests.Evaluation;

public class EvaluationDesignTests
{
    private static readonly EvaluationSong[] Songs = [Make("a/1.wav", "A"), Make("a/2.wav", "A"), Make("b/3.wav", "B"), Make("b/4.wav", "B"), Make("c/5.wav", "C")];

    [Fact]
    public void FixedSplit_Lists_MatchesByNameAndLeavesOthersOut()
    {
        var design = EvaluationDesign.FixedSplit(Columns, Songs, ["1", "3"], ["4"], 1);

        Assert.Equal(["a/1.wav", "b/3.wav", "b/4.wav"], design.Songs.Select(song => song.FileName));
        Assert.Equal(["A", "B"], design.Labels);
        var fold = Assert.Single(design.Folds);
        Assert.Equal([0, 1], fold.Training);
        Assert.Equal([2], fold.Test);
    }

    [Fact]
    public void FixedSplit_SongNotInTheTable_ThrowsAndNamesIt() => Assert.Contains(
        "nobody",
        Assert.Throws<InvalidDataException>(() => EvaluationDesign.FixedSplit(Columns, Songs, ["1", "nobody"], ["4"], 1)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void FixedSplit_OneGenre_Throws() =>
        Assert.Throws<InvalidDataException>(() => EvaluationDesign.FixedSplit(Columns, Songs, ["1"], ["2"], 1));

    [Fact]
    public void CrossValidation_ArtistsKnown_LeaksNothing()
    {
        var design = EvaluationDesign.CrossValidation(Columns, Many(18, 3, withArtists: true), 5, 2, 1);

        Assert.Equal(10, design.Folds.Count);
        Assert.Contains("18 groups", design.Description, StringComparison.Ordinal);
        Assert.Empty(LeakCheck.Find(design.Songs, design.Folds));
    }

    [Fact]
    public void CrossValidation_NoArtistKnown_SaysSo() => Assert.Contains(
        "not grouped", EvaluationDesign.CrossValidation(Columns, Many(6, 2, withArtists: false), 3, 1, 1).Description, StringComparison.Ordinal);
}
