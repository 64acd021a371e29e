using MusicRec.Audio.Features;
using MusicRec.Catalog;
using MusicRec.Catalog.Similarity;

namespace MusicRec.Cli.Benchmarks;

/// <summary>Songs for measuring: the same ones each time. Their numbers spread as widely as those of real songs, column by column.</summary>
internal static class MadeUpSongs
{
    private const int Seed = 20_260_101;

    /// <summary>So many songs with all that they can be compared by.</summary>
    public static SongRows Rows(int count)
    {
        var builder = new SongRowsBuilder(FeatureVersion.Current);
        var random = new Random(Seed);
        var compared = new byte[SongVector.ComparedBytes(FeatureVersion.Current)];
        for (var song = 0; song < count; song++)
        {
            Vector(random).ToBytes().AsSpan(0, compared.Length).CopyTo(compared);
            builder.Add(new Guid(song, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), compared);
        }

        return builder.Build(1);
    }

    /// <summary>The next song.</summary>
    public static FeatureVector Vector(Random random)
    {
        Span<double> values = stackalloc double[FeatureVector.Length];
        Fill(random, values);
        Span<double> sound = stackalloc double[FeatureVector.SoundLength];
        Fill(random, sound);
        return new FeatureVector(values).WithSound([.. sound.ToArray().Select(value => (float)value / FeatureVector.SoundLength)]);
    }

    /// <summary>Writes numbers: bell-shaped, each column on a scale of its own.</summary>
    public static void Fill(Random random, Span<double> values)
    {
        for (var column = 0; column < values.Length; column++)
        {
            values[column] = (random.NextDouble() + random.NextDouble() + random.NextDouble()) * (1 + column);
        }
    }
}
