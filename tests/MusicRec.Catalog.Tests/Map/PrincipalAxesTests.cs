using CsCheck;
using MusicRec.Catalog.Map;

namespace MusicRec.Catalog.Tests.Map;

public sealed class PrincipalAxesTests
{
    [Fact]
    public void Fit_PointsAlongALine_FindsTheLineAndAllOfTheVariation()
    {
        double[][] rows = [.. Enumerable.Range(-5, 11).Select(i => new double[] { 3 * i, 4 * i, 0 })];

        var axes = Fit(rows);

        Assert.Equal([0.6, 0.8, 0], axes.X.Weights.Select(weight => Math.Round(weight, 12)));
        Assert.Equal(1, axes.X.Share, 1e-12);
        Assert.Equal(0, axes.Y.Share);
        Assert.Equal(5, axes.X.Place(new double[] { 3, 4, 0 }), 1e-12);
    }

    /// <summary>Variances 9 and 4 along two known directions, 1 along the third: shares worked out by hand.</summary>
    [Fact]
    public void Fit_KnownVariances_TellsTheirShares()
    {
        var half = Math.Sqrt(0.5);
        double[][] rows =
        [
            .. new[] { -1, 1 }.SelectMany(sign => new double[][]
            {
                [sign * 3 * half, sign * 3 * half, 0], [sign * 2 * half, -sign * 2 * half, 0], [0, 0, sign],
            }),
        ];

        var axes = Fit(rows);

        Assert.Equal(9.0 / 14, axes.X.Share, 1e-12);
        Assert.Equal(4.0 / 14, axes.Y.Share, 1e-12);
        Assert.Equal(half, axes.X.Weights[0], 1e-12);
        Assert.Equal(half, axes.X.Weights[1], 1e-12);
    }

    /// <summary>The variation along the axes is what the projection really keeps, and the axes stand at right angles.</summary>
    [Fact]
    public void Fit_AnyTable_ProjectionKeepsTheShareThatIsTold() => Tables.Sample(rows =>
    {
        var axes = Fit(rows);

        var all = Enumerable.Range(0, rows[0].Length).Sum(column => Variance(rows.Select(row => row[column])));
        Assert.Equal(axes.X.Share * all, Variance(rows.Select(row => axes.X.Place(row))), 1e-6 * Math.Max(1, all));
        Assert.Equal(axes.Y.Share * all, Variance(rows.Select(row => axes.Y.Place(row))), 1e-6 * Math.Max(1, all));
        Assert.Equal(0, axes.X.Weights.Zip(axes.Y.Weights, (x, y) => x * y).Sum(), 1e-9);
        Assert.True(axes.X.Share >= axes.Y.Share && axes.X.Share + axes.Y.Share <= 1 + 1e-9);
    });

    /// <summary>Which way an axis points is no accident of the numbers' order.</summary>
    [Fact]
    public void Fit_RowsInAnotherOrder_PointsTheSameWay() => Tables.Sample(rows =>
    {
        var (first, second) = (Fit(rows), Fit([.. rows.Reverse()]));
        if (first.X.Share - first.Y.Share > 0.05 && Math.Abs(first.X.Weights.Sum(weight => weight * weight * weight)) > 0.01)
        {
            Assert.True(first.X.Weights.Zip(second.X.Weights, (x, y) => x * y).Sum() > 0.99);
        }
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Fit_NothingDiffers_ZeroAxes(int count)
    {
        var axes = Fit([.. Enumerable.Repeat(new double[] { 1, 2, 3 }, count)], columns: 3);

        Assert.All([axes.X, axes.Y], axis => Assert.Equal((0, 0), (axis.Share, axis.Place(new double[] { 5, -5, 5 }))));
    }

    private static Gen<double[][]> Tables => Gen.Double[-10, 10].Array[4].Array[2, 30];

    private static PrincipalAxes Fit(double[][] rows, int columns = 0) =>
        PrincipalAxes.Fit(rows.Length, columns > 0 ? columns : rows[0].Length, (row, values) => rows[row].CopyTo(values), CancellationToken.None);

    private static double Variance(IEnumerable<double> values)
    {
        var all = values.ToList();
        var mean = all.Average();
        return all.Average(value => (value - mean) * (value - mean));
    }
}
