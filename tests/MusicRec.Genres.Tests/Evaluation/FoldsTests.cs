using CsCheck;
using MusicRec.Genres.Evaluation;

namespace MusicRec.Genres.Tests.Evaluation;

public class FoldsTests
{
    private static readonly Gen<(int Label, int Group)[]> Songs = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 19]).Array[30, 120];

    [Fact]
    public void Make_AnySongs_NeverShareAGroupAndMeasureEverySongOncePerRepeat() => Songs.Sample(songs =>
    {
        var (labels, groups) = (songs.Select(song => song.Label).ToArray(), songs.Select(song => song.Group).ToArray());
        if (songs.GroupBy(song => song.Label).Any(label => label.Select(song => song.Group).Distinct().Count() < 2) || groups.Distinct().Count() < 5)
        {
            return;
        }

        var folds = Folds.Make(labels, groups, count: 5, repeats: 2, seed: 3);

        Assert.Equal(10, folds.Count);
        foreach (var fold in folds)
        {
            Assert.Empty(fold.Training.Select(song => groups[song]).Intersect(fold.Test.Select(song => groups[song])));
            Assert.Equal(Enumerable.Range(0, songs.Length), fold.Training.Concat(fold.Test).Order());
        }

        foreach (var repeat in folds.GroupBy(fold => fold.Repeat))
        {
            Assert.Equal(Enumerable.Range(0, songs.Length), repeat.SelectMany(fold => fold.Test).Order());
        }
    });

    [Fact]
    public void Make_SongsOfTheirOwn_StratifiesExactly()
    {
        var labels = Enumerable.Range(0, 90).Select(song => song % 3).ToArray();

        var folds = Folds.Make(labels, [.. Enumerable.Range(0, 90)], count: 10, repeats: 3, seed: 1);

        Assert.All(folds, fold => Assert.All([0, 1, 2], label => Assert.Equal(3, fold.Test.Count(song => labels[song] == label))));
    }

    [Fact]
    public void Make_GroupsOfUnequalSize_KeepsEveryGenreWithinAGroupOfItsShare()
    {
        var songs = (from label in new[] { 0, 1 } from artist in Enumerable.Range(0, 20) from song in Enumerable.Range(0, 1 + artist % 3) select (label, artistId: 100 * label + artist)).ToArray();
        var labels = songs.Select(song => song.label).ToArray();

        var folds = Folds.Make(labels, [.. songs.Select(song => song.artistId)], count: 4, repeats: 2, seed: 1);

        var share = labels.Count(label => label == 0) / 4.0;
        Assert.All(folds, fold => Assert.All([0, 1], label => Assert.InRange(fold.Test.Count(song => labels[song] == label), share - 3, share + 3)));
    }

    [Fact]
    public void Make_Seed_DecidesTheFolds()
    {
        var labels = Enumerable.Range(0, 60).Select(song => song % 2).ToArray();
        int[] groups = [.. Enumerable.Range(0, 60)];
        IReadOnlyList<int>[] Tests(int seed) => [.. Folds.Make(labels, groups, 5, 2, seed).Select(fold => fold.Test)];

        Assert.Equal(Tests(1), Tests(1));
        Assert.NotEqual(Tests(1), Tests(2));
        Assert.NotEqual(Tests(1)[..5], Tests(1)[5..]);
    }

    [Fact]
    public void Make_FewerGroupsThanFolds_Throws() =>
        Assert.Contains("3 groups", Assert.Throws<InvalidDataException>(() => Folds.Make([0, 1, 0, 1], [0, 1, 2, 2], 4, 1, 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void Make_GenreOfOneArtist_Throws() =>
        Assert.Contains("one artist", Assert.Throws<InvalidDataException>(() => Folds.Make([0, 0, 1, 1], [0, 1, 2, 2], 2, 1, 1)).Message, StringComparison.Ordinal);
}
