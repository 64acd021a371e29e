using MusicRec.Training.Genres;

namespace MusicRec.Training.Tests;

public sealed class SliceSplitsTests
{
    /// <summary>Two genres, four groups of three songs of ten slices.</summary>
    private static readonly Slice[] Slices =
        [.. Enumerable.Range(0, 120).Select(i => new Slice([], i % 10, i / 60, i / 10, i / 30))];

    [Fact]
    public void Halve_EachWay_KeepsTogetherWhatItSays()
    {
        foreach (var (_, unit) in SliceSplits.All)
        {
            var halves = SliceSplits.Halve(Slices, unit, seed: 1);

            var units = Slices.Select((slice, i) => (Unit: unit(slice, i), Half: halves[i])).Distinct().ToArray();
            Assert.Equal(units.Length, units.DistinctBy(pair => pair.Unit).Count());
            Assert.All(Slices.Zip(halves).GroupBy(pair => pair.First.Genre), genre => Assert.Equal(2, genre.DistinctBy(pair => pair.Second).Count()));
        }
    }

    [Fact]
    public void Halve_BySlice_HasEverySongOnBothSides()
    {
        var halves = SliceSplits.Halve(Slices, SliceSplits.All[0].Unit, seed: 1);

        Assert.All(Slices.Zip(halves).GroupBy(pair => pair.First.Song), song => Assert.Equal(2, song.DistinctBy(pair => pair.Second).Count()));
    }
}
