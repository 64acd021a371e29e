using CsCheck;
using MusicRec.Genres.Training;

namespace MusicRec.Genres.Tests.Training;

public class StratifiedSplitTests
{
    private static readonly Gen<(int[] Labels, double Share, int Seed)> Cases =
        Gen.Select(Gen.Int[0, 6].Array[1, 200], Gen.Double[0.001, 0.9], Gen.Int[0, 1_000_000]);

    [Fact]
    public void Make_AnyLabels_PartsAreDisjointCompleteAndInOrder() => Cases.Sample((labels, share, seed) =>
    {
        var split = StratifiedSplit.Make(labels, share, new Random(seed));

        Assert.Equal(Enumerable.Range(0, labels.Length), split.Training.Concat(split.HeldOut).Order());
        Assert.Equal(split.Training.Order(), split.Training);
        Assert.Equal(split.HeldOut.Order(), split.HeldOut);
    });

    [Fact]
    public void Make_AnyLabels_HoldsOutTheShareOfEachLabelWithinOneSong() => Cases.Sample((labels, share, seed) =>
    {
        var split = StratifiedSplit.Make(labels, share, new Random(seed));

        foreach (var group in labels.GroupBy(label => label))
        {
            var heldOut = split.HeldOut.Count(row => labels[row] == group.Key);
            Assert.InRange(heldOut - share * group.Count(), -1, 1);
            Assert.InRange(heldOut, group.Count() == 1 ? 0 : 1, group.Count() == 1 ? 0 : group.Count() - 1);
        }
    });

    [Fact]
    public void Make_SameSeed_IsTheSameSplit() => Cases.Sample((labels, share, seed) =>
    {
        var first = StratifiedSplit.Make(labels, share, new Random(seed));
        var second = StratifiedSplit.Make(labels, share, new Random(seed));

        Assert.Equal(first.Training, second.Training);
        Assert.Equal(first.HeldOut, second.HeldOut);
    });

    [Fact]
    public void Make_OtherSeed_IsAnotherSplit()
    {
        var labels = Enumerable.Range(0, 200).Select(row => row % 4).ToArray();

        Assert.NotEqual(
            StratifiedSplit.Make(labels, 0.2, new Random(1)).HeldOut,
            StratifiedSplit.Make(labels, 0.2, new Random(2)).HeldOut);
    }

    [Fact]
    public void Make_EveryRow_IsHeldOutBySomeSeed()
    {
        int[] labels = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];

        var heldOut = Enumerable.Range(0, 200).SelectMany(seed => StratifiedSplit.Make(labels, 0.2, new Random(seed)).HeldOut).ToHashSet();

        Assert.Equal(labels.Length, heldOut.Count);
    }

    [Fact]
    public void Make_ShareZero_HoldsOutNothing()
    {
        var split = StratifiedSplit.Make([0, 1, 0, 1], 0, new Random(1));

        Assert.Equal([0, 1, 2, 3], split.Training);
        Assert.Empty(split.HeldOut);
    }

    [Fact]
    public void Make_SmallLabels_KeepOneForTrainingAndHoldOneOutOfTwo()
    {
        var split = StratifiedSplit.Make([0, 1, 1], 0.9, new Random(1));

        Assert.Contains(0, split.Training);
        Assert.Single(split.HeldOut);
    }
}
