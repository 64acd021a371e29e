using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Indexing;

namespace MusicRec.Catalog.Similarity.Quality;

/// <summary>The rankings measured on the songs of the catalog.</summary>
/// <param name="Songs">Songs of the live index.</param>
/// <param name="Cosine">Quality by cosine.</param>
/// <param name="LocalScaling">Quality with local scaling, on the same songs.</param>
/// <param name="Sound">Quality by features and embedding, on the same songs; null while songs have no embedding.</param>
public sealed record CatalogRankingQuality(int Songs, RankingMeasures Cosine, RankingMeasures LocalScaling, RankingMeasures? Sound);

/// <summary>
/// Measures the rankings on the catalog: genres as people gave them, for the model's own guess follows from the same vectors.
/// Of a large catalog a random part is measured, the same one each time.
/// </summary>
public sealed class CatalogQuality(IDbContextFactory<CatalogContext> contexts, LiveIndex index)
{
    /// <summary>Songs measured at most.</summary>
    internal const int MostSongs = 3000;

    private const int Seed = 1998;

    private volatile SongSample? _sample;

    /// <summary>Measures the rankings; null while nothing is indexed.</summary>
    public async Task<CatalogRankingQuality?> MeasureAsync(CancellationToken cancellationToken)
    {
        if (index.Current is not { Count: > 0 } live)
        {
            return null;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var version = await context.IndexVersions.AsNoTracking().SingleAsync(row => row.Number == live.Version, cancellationToken);
        var inIndex = context.Vectors.AsNoTracking().Where(row => row.FeatureVersion == version.FeatureVersion && row.SinceVersion <= version.Number);
        if (_sample is not { } sample || sample.Version != (version.Number, version.BuiltAt))
        {
            var (drawn, all) = await SampleAsync(inIndex.OrderBy(row => row.SongId).Select(row => row.SongId), cancellationToken);
            _sample = sample = new SongSample((version.Number, version.BuiltAt), drawn, all);
        }

        var chosen = sample.Songs;
        var songs = await inIndex
            .Where(row => EF.Parameter(chosen).Contains(row.SongId))
            .Join(context.Songs, row => row.SongId, song => song.Id, (row, song) => new MeasuredSong(row, song.Label, song.Artist))
            .ToListAsync(cancellationToken);
        return songs.Count == 0 ? null : Measure(version, sample.Of, [.. songs.OrderBy(song => song.Vector.SongId)], cancellationToken);
    }

    /// <summary>Songs drawn as they pass (Vitter 1985, algorithm R): a catalog beyond memory has too many ids to hold.</summary>
    private static async Task<(List<Guid> Chosen, int Count)> SampleAsync(IQueryable<Guid> ids, CancellationToken cancellationToken)
    {
        var (random, chosen, count) = (new Random(Seed), new List<Guid>(), 0);
        await foreach (var id in ids.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            count++;
            if (chosen.Count < MostSongs)
            {
                chosen.Add(id);
            }
            else if (random.Next(count) is var place && place < MostSongs)
            {
                chosen[place] = id;
            }
        }

        return (chosen, count);
    }

    private static CatalogRankingQuality Measure(IndexVersion version, int count, MeasuredSong[] songs, CancellationToken cancellationToken)
    {
        var features = Array.ConvertAll(songs, song => song.Vector.Features);
        var vectors = RankedBy(Ranking.Cosine);
        string?[] genres = [.. songs.Select(song => song.Label)];
        string?[] artists = [.. songs.Select(song => song.Artist)];
        return new CatalogRankingQuality(
            count,
            RankingMeter.Measure(vectors, genres, artists, Ranking.Cosine, cancellationToken),
            RankingMeter.Measure(vectors, genres, artists, Ranking.LocalScaling, cancellationToken),
            SongVector.HasSound(version.FeatureVersion)
                ? RankingMeter.Measure(RankedBy(Ranking.Sound), genres, artists, Ranking.Sound, cancellationToken)
                : null);

        UnitVectors RankedBy(Ranking ranking) =>
            UnitVectors.RankedBy(ranking, version.Scaler, songs.Length, (row, numbers) => features[row].CopyCompared(numbers));
    }

    /// <summary>The songs that are measured of an index version; among millions they take seconds to draw.</summary>
    private sealed record SongSample((int Number, DateTimeOffset BuiltAt) Version, List<Guid> Songs, int Of);

    private sealed record MeasuredSong(SongVector Vector, string? Label, string Artist);
}
