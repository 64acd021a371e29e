using MusicRec.Audio.Features;

namespace MusicRec.Catalog.Tests;

public sealed class SongVectorTests
{
    public static TheoryData<int> Versions => [FeatureVersion.MeansOnly, FeatureVersion.WithDeviations, FeatureVersion.Current];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Bytes_AnyBitFlipped_AreDamaged(int version)
    {
        var bytes = Vector(version).Bytes;
        Assert.True(SongVector.TryGetCompared(bytes, out _));
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.False(SongVector.TryGetCompared(bytes, out _), $"bit {bit}");
            Assert.Null(SongVector.TryRead(bytes));

            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Bytes_CutOff_AreDamagedOrThoseOfTheFirstPrograms(int version)
    {
        var bytes = Vector(version).Bytes;

        var readable = Enumerable.Range(0, bytes.Length + 1).Where(length => SongVector.TryGetCompared(bytes.AsSpan(0, length), out _));

        // Where a vector of this version is read, those that have too few numbers to compare are refused. The numbers alone, which an early program wrote so; of a whole vector the means alone are what PostgreSQL hands out.
        int[] whole = version switch { FeatureVersion.MeansOnly => [208, 212], FeatureVersion.WithDeviations => [208, 416, 424], _ => [208, 416, 552] };
        Assert.Equal(whole, readable);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Features_WithOrWithoutChecksums_AreTheSame(int version)
    {
        var vector = Vector(version);

        Assert.Equal(Features(version), vector.Features);
        Assert.True(SongVector.TryGetCompared(vector.Bytes, out var compared));
        Assert.Equal(SongVector.ComparedBytes(version), compared.Length);
        Assert.Equal(Features(version).Means, SongVector.MeansOf(compared));
        var (read, expected) = (new double[SongVector.ComparedCount(version)], new double[SongVector.ComparedCount(version)]);
        SongVector.Copy(compared, read);
        Features(version).CopyCompared(expected);
        Assert.Equal(expected, read);

        // As PostgreSQL hands it out.
        byte[] part = [.. vector.Bytes[..compared.Length], .. vector.Bytes.AsSpan(SongVector.WholeBytes(version), Checksum.Length)];
        Assert.True(SongVector.TryGetCompared(part, out var same) && same.SequenceEqual(compared));
        if (version < FeatureVersion.Current)
        {
            Assert.Equal(Features(version), SongVector.TryRead(Features(version).ToBytes()));
        }
    }

    private static SongVector Vector(int version) => new(Guid.NewGuid(), Features(version));

    private static FeatureVector Features(int version)
    {
        var features = new FeatureVector([.. Enumerable.Range(0, version == FeatureVersion.MeansOnly ? FeatureVector.FeatureCount : FeatureVector.Length).Select(k => Math.Sin(k + 1) * 100)]);
        return version == FeatureVersion.Current ? features.WithSound([.. Enumerable.Range(0, FeatureVector.SoundLength).Select(k => MathF.Sin(k + 1))]) : features;
    }
}
