using CsCheck;

namespace MusicRec.Genres.Tests;

public sealed class RunningScalerTests
{
    [Fact]
    public void ToScaler_AnyRows_EqualsThatOfAllRowsTogether() =>
        Gen.Select(Gen.Double[-1e4, 1e4].Array[3].Array[1, 60], Gen.Double[0.001, 1000]).Sample((rows, size) =>
        {
            foreach (var row in rows)
            {
                (row[1], row[2]) = (row[1] * size, 0.1);
            }

            var expected = FeatureScaler.Fit([.. rows.Select(row => (ReadOnlyMemory<double>)row)]);
            var running = new RunningScaler(3);
            foreach (var row in rows)
            {
                running.Add(row);
            }

            var scaler = running.ToScaler();
            Assert.Equal(rows.Length, running.Count);
            Assert.Equal(1, scaler.Deviations[2]);
            for (var column = 0; column < 3; column++)
            {
                var tolerance = 1e-9 * Math.Max(1, Math.Abs(expected.Means[column]));
                Assert.Equal(expected.Means[column], scaler.Means[column], tolerance);
                Assert.Equal(expected.Deviations[column], scaler.Deviations[column], tolerance * Math.Max(1, expected.Deviations[column]));
            }
        });

    [Fact]
    public void ToScaler_NoRow_Throws() => Assert.Throws<InvalidOperationException>(() => new RunningScaler(2).ToScaler());

    [Fact]
    public void Add_RowOfAnotherLength_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new RunningScaler(2).Add([1, 2, 3]));
}
