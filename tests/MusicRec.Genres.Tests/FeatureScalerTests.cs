using CsCheck;

namespace MusicRec.Genres.Tests;

public class FeatureScalerTests
{
    [Fact]
    public void Fit_HandWorkedRows_HasMeanAndPopulationDeviation()
    {
        // Column 0: 2, 4, 4, 4, 5, 5, 7, 9 has mean 5 and deviation 2; column 1 is constant.
        double[] values = [2, 4, 4, 4, 5, 5, 7, 9];

        var scaler = FeatureScaler.Fit([.. values.Select(value => Row(value, 0.1))]);

        Assert.Equal(2, scaler.ColumnCount);
        Assert.Equal(5, scaler.Means[0], 1e-12);
        Assert.Equal(2, scaler.Deviations[0], 1e-12);
        Assert.Equal(0.1, scaler.Means[1], 1e-12);
        Assert.Equal(1, scaler.Deviations[1]);
        Span<double> scaled = stackalloc double[2];
        scaler.Scale([9, 0.6], scaled);
        Assert.Equal(2, scaled[0], 1e-12);
        Assert.Equal(0.5, scaled[1], 1e-12);
    }

    [Fact]
    public void Fit_OneRow_ScalesItToZero()
    {
        var scaler = FeatureScaler.Fit([Row(3, -7)]);

        Assert.Equal([1, 1], scaler.Deviations.ToArray());
        double[] row = [3, -7];
        scaler.Scale(row, row);
        Assert.Equal([0, 0], row);
    }

    [Fact]
    public void Fit_AnyRows_ScalesThemToMeanZeroAndDeviationOne() =>
        Gen.Select(Gen.Double[-1e6, 1e6].Array[2, 50], Gen.Double[0.001, 1000]).Sample((column, size) =>
        {
            var rows = column.Select(value => Row(value * size, size)).ToArray();
            var scaler = FeatureScaler.Fit(rows);
            var scaled = new double[column.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                double[] row = [0, 0];
                scaler.Scale(rows[i].Span, row);
                (scaled[i], var constant) = (row[0], row[1]);
                Assert.Equal(0, constant, 1e-9);
            }

            var mean = scaled.Average();
            Assert.Equal(0, mean, 1e-6);
            Assert.Equal(1, scaled.Average(value => (value - mean) * (value - mean)), 1e-6);
        });

    [Fact]
    public void Fit_ConstantColumnOfAnyValueAndLength_HasDeviationOne() =>
        Gen.Select(Gen.Double[-1e9, 1e9], Gen.Int[1, 2000]).Sample((value, count) =>
            Assert.Equal(1, FeatureScaler.Fit([.. Enumerable.Repeat(Row(value), count)]).Deviations[0]));

    [Fact]
    public void Fit_NearlyConstantColumn_KeepsItsDeviation()
    {
        var scaler = FeatureScaler.Fit([Row(1), Row(1 + 1e-9)]);

        Assert.Equal(5e-10, scaler.Deviations[0], 1e-15);
    }

    [Fact]
    public void Fit_NoRowOrUnequalRows_Throws()
    {
        Assert.Throws<ArgumentException>(() => FeatureScaler.Fit([]));
        Assert.Throws<ArgumentException>(() => FeatureScaler.Fit([Row(1, 2), Row(1)]));
    }

    [Fact]
    public void Fit_NotFinite_Throws()
    {
        Assert.Throws<ArgumentException>(() => FeatureScaler.Fit([Row(1), Row(double.NaN)]));
        Assert.Throws<ArgumentException>(() => FeatureScaler.Fit([Row(1), Row(double.PositiveInfinity)]));
    }

    [Theory]
    [InlineData(new double[0], new double[0])]
    [InlineData(new double[] { 1 }, new double[] { 1, 1 })]
    [InlineData(new double[] { 1 }, new double[] { 0 })]
    [InlineData(new double[] { 1 }, new double[] { -1 })]
    [InlineData(new double[] { 1 }, new[] { double.NaN })]
    [InlineData(new double[] { 1 }, new[] { double.PositiveInfinity })]
    [InlineData(new[] { double.NaN }, new double[] { 1 })]
    public void Constructor_ValuesThatDoNotFit_Throws(double[] means, double[] deviations) =>
        Assert.Throws<ArgumentException>(() => new FeatureScaler(means, deviations));

    [Fact]
    public void Constructor_ArraysChangedAfterwards_KeepsItsOwn()
    {
        double[] means = [1];
        var scaler = new FeatureScaler(means, [2]);
        means[0] = 9;

        Assert.Equal(1, scaler.Means[0]);
    }

    [Fact]
    public void FromBytes_WhatToBytesWrote_IsTheSame()
    {
        var scaler = new FeatureScaler([0.1, -2e9, 1e-300], [1.0 / 3, 5e-324, 1e300]);

        var read = FeatureScaler.FromBytes(scaler.ToBytes());

        Assert.Equal(scaler.Means.ToArray(), read.Means.ToArray());
        Assert.Equal(scaler.Deviations.ToArray(), read.Deviations.ToArray());
        Assert.Equal(3 * 2 * sizeof(double), scaler.ToBytes().Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(16)]
    public void FromBytes_NoScaler_Throws(int length) =>
        Assert.Throws<ArgumentException>(() => FeatureScaler.FromBytes(new byte[length]));

    [Fact]
    public void Scale_WrongLength_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureScaler([0, 0], [1, 1]).Scale([1], new double[2]));

    private static ReadOnlyMemory<double> Row(params double[] values) => values;
}
