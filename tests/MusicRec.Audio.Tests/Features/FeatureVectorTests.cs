using MusicRec.Audio.Features;

namespace MusicRec.Audio.Tests.Features;

public sealed class FeatureVectorTests
{
    private static readonly double[] Values = [.. Enumerable.Range(0, 26).Select(i => i * Math.PI - 40), .. Enumerable.Range(0, 26).Select(i => i * 0.7)];

    [Fact]
    public void Names_EveryFeature_AreTheColumnsOfTheField()
    {
        Assert.Equal(FeatureVector.FeatureCount, Enum.GetValues<AudioFeature>().Length);
        Assert.Equal(
            ["chroma_stft", "rmse", "spectral_centroid", "spectral_bandwidth", "rolloff", "zero_crossing_rate", "mfcc1", "mfcc2"],
            FeatureVector.Names.Take(8));
        Assert.Equal("mfcc20", FeatureVector.Names[(int)AudioFeature.Mfcc20]);
        Assert.Equal("rolloff", FeatureVector.Names[(int)AudioFeature.SpectralRolloff]);
        Assert.Equal([.. FeatureVector.Names, .. FeatureVector.Names.Select(name => $"{name}_std")], FeatureVector.ColumnNames);
    }

    [Fact]
    public void FromBytes_OfToBytes_IsTheSameVector()
    {
        var vector = new FeatureVector(Values);
        var copy = FeatureVector.FromBytes(vector.ToBytes());
        Assert.Equal(vector, copy);
        Assert.Equal(vector.GetHashCode(), copy.GetHashCode());
        Assert.Equal(Values, copy.Values.ToArray());
        Assert.Equal(Values[6], copy[AudioFeature.Mfcc1]);
        Assert.Equal(416, vector.ToBytes().Length);
        Assert.Equal(2, copy.Version);
    }

    /// <summary>The means stand first, so that a reader of the means needs not know the version.</summary>
    [Fact]
    public void Constructor_MeansAlone_AreAVectorOfVersionOne()
    {
        var means = new FeatureVector(Values.AsSpan(0, 26));
        var whole = new FeatureVector(Values);

        Assert.Equal(1, means.Version);
        Assert.True(means.Deviations.IsEmpty);
        Assert.Equal(means.Means, whole.Means);
        Assert.Equal(Values[26..], whole.Deviations.ToArray());
        Assert.Equal(means, FeatureVector.FromBytes(whole.ToBytes().AsSpan(0, 208)));
        Assert.NotEqual(means, whole);
    }

    [Fact]
    public void Equals_OneValueDiffers_IsFalse()
    {
        var other = Values.ToArray();
        other[25] = Math.BitIncrement(other[25]);
        Assert.NotEqual(new FeatureVector(Values), new FeatureVector(other));
        Assert.False(new FeatureVector(Values).Equals(null));
    }

    [Theory]
    [InlineData(25)]
    [InlineData(27)]
    [InlineData(51)]
    [InlineData(53)]
    [InlineData(0)]
    public void Constructor_AnotherNumberOfValues_Throws(int length) =>
        Assert.Throws<ArgumentException>(() => new FeatureVector(new double[length]));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Constructor_ValueThatIsNoNumber_Throws(double bad)
    {
        var values = Values.ToArray();
        values[13] = bad;
        Assert.Throws<ArgumentException>(() => new FeatureVector(values));
    }

    [Fact]
    public void FromBytes_WrongLength_Throws() => Assert.Throws<ArgumentException>(() => FeatureVector.FromBytes(new byte[207]));

    [Fact]
    public void Values_ArrayOfTheCallerChanges_StayTheSame()
    {
        var values = Values.ToArray();
        var vector = new FeatureVector(values);
        values[0] = 99;
        Assert.Equal(Values[0], vector[AudioFeature.ChromaStft]);
    }
}
