using MusicRec.Catalog;
using MusicRec.Catalog.Similarity;

namespace MusicRec.Cli.Benchmarks;

/// <summary>Songs for measuring: the same ones each time. Their numbers spread as widely as those of real songs, column by column.</summary>
internal static class MadeUpSongs
{
    private const int Seed = 20_260_101;

    public static SongRows Rows(int count)
    {
        var builder = new SongRowsBuilder();
        var random = new Random(Seed);
        var values = new double[SongVector.ComparedCount];
        for (var song = 0; song < count; song++)
        {
            Fill(random, values);
            builder.Add(new Guid(song, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), values);
        }

        return builder.Build(1, 1);
    }

    /// <summary>Writes the numbers of the next song: bell-shaped, each column on a scale of its own.</summary>
    public static void Fill(Random random, Span<double> values)
    {
        for (var column = 0; column < values.Length; column++)
        {
            values[column] = (random.NextDouble() + random.NextDouble() + random.NextDouble()) * (1 + column);
        }
    }
}
