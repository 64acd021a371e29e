using MusicRec.Audio.Features;

namespace MusicRec.Audio.Tests.Features;

public sealed class QuickSelectTests
{
    /// <summary>Random, few different, all equal, sorted, reversed, and one hill: what partitions stumble over.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(33)]
    public void Smallest_EveryRank_IsTheOneOfTheSortedValues(int length)
    {
        var random = new Random(length);
        for (var round = 0; round < 20; round++)
        {
            float[] values = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle())];
            AssertEveryRank(values);
            AssertEveryRank([.. values.Select(value => MathF.Round(value * 3))]);
            AssertEveryRank([.. values.Order()]);
            AssertEveryRank([.. values.OrderDescending()]);
            AssertEveryRank([.. Enumerable.Range(0, length).Select(i => (float)Math.Min(i, length - i))]);
            AssertEveryRank(new float[length]);
        }
    }

    [Fact]
    public void Smallest_ManyValues_IsTheOneOfTheSortedValues()
    {
        var values = Signals.Noise(100_000, seed: 3);
        var sorted = values.Order().ToArray();
        foreach (var rank in new[] { 0, 1, 49_999, 50_000, 99_998, 99_999 })
        {
            Assert.Equal(sorted[rank], QuickSelect.Smallest(values, rank));
        }
    }

    private static void AssertEveryRank(float[] values)
    {
        var sorted = values.Order().ToArray();
        for (var rank = 0; rank < values.Length; rank++)
        {
            var reordered = values.ToArray();
            var selected = QuickSelect.Smallest(reordered, rank);

            Assert.Equal(sorted[rank], selected);
            Assert.Equal(sorted[rank], reordered[rank]);
            Assert.All(reordered[..rank], value => Assert.True(value <= selected));
            Assert.All(reordered[rank..], value => Assert.True(value >= selected));
            Assert.Equal(sorted, reordered.Order());
        }
    }
}
