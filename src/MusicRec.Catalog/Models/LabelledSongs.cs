using Microsoft.EntityFrameworkCore;
using MusicRec.Audio.Features;
using MusicRec.Genres;

namespace MusicRec.Catalog.Models;

/// <summary>Songs of the catalog that have a genre by a person's word and a stored feature vector.</summary>
/// <param name="Label">The genre.</param>
/// <param name="Songs">How many.</param>
public sealed record LabelCount(string Label, int Songs)
{
    /// <summary>Fewer songs of a genre teach a model nothing that could be measured.</summary>
    public const int Least = 10;

    /// <summary>Whether there are enough songs to train on.</summary>
    public bool IsEnough => Songs >= Least;
}

/// <summary>A song to train on.</summary>
internal sealed record LabelledSong(Guid Id, string Artist, string Label, FeatureVector Features);

/// <summary>Reads what a model can be trained on; nothing is decoded.</summary>
internal static class LabelledSongs
{
    /// <summary>Genres in the order used everywhere.</summary>
    public static async Task<IReadOnlyList<LabelCount>> CountAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        var counts = await Query(context)
            .GroupBy(pair => pair.Song.Label!)
            .Select(group => new { Label = group.Key, Songs = group.Count() })
            .ToDictionaryAsync(group => group.Label, group => group.Songs, cancellationToken);
        return [.. Genre.Order(counts.Keys).Select(label => new LabelCount(label, counts[label]))];
    }

    /// <summary>The songs of the given genres by id, without those whose vectors are damaged.</summary>
    public static async Task<IReadOnlyList<LabelledSong>> ReadAsync(
        CatalogContext context, IReadOnlyList<string> labels, CancellationToken cancellationToken)
    {
        var rows = await Query(context)
            .Where(pair => labels.Contains(pair.Song.Label!))
            .OrderBy(pair => pair.Song.Id)
            .Select(pair => new { pair.Song.Id, pair.Song.Artist, pair.Song.Label, pair.Vector.Bytes })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => (Row: row, Features: SongVector.TryRead(row.Bytes)))
                .Where(song => song.Features is not null)
                .Select(song => new LabelledSong(song.Row.Id, song.Row.Artist, song.Row.Label!, song.Features!)),
        ];
    }

    /// <summary>Of each song the newest numbers: models learn from means and deviations, which are the same since version 2, so that songs which wait to be heard take part.</summary>
    private static IQueryable<Pair> Query(CatalogContext context) =>
        from song in context.Songs.AsNoTracking()
        join vector in context.Vectors.AsNoTracking() on song.Id equals vector.SongId
        where song.Label != null
            && vector.FeatureVersion >= FeatureVersion.WithDeviations
            && !context.Vectors.Any(newer => newer.SongId == song.Id && newer.FeatureVersion > vector.FeatureVersion)
        select new Pair { Song = song, Vector = vector };

    private sealed class Pair
    {
        public required Song Song { get; init; }

        public required SongVector Vector { get; init; }
    }
}
