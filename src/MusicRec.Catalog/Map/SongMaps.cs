using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Similarity;
using MusicRec.Genres;

namespace MusicRec.Catalog.Map;

/// <summary>Makes the map of the index that answers, when it is asked for, and keeps it.</summary>
public sealed class SongMaps(IDbContextFactory<CatalogContext> contexts, LiveIndex live, TimeProvider time) : IDisposable
{
    /// <summary>How long genres that were changed and songs that were deleted stay as they were.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Genres that can be told apart on a map; songs of further ones are one group.</summary>
    public const int MostGenres = 10;

    private readonly SemaphoreSlim _making = new(1, 1);
    private volatile Made? _made;

    /// <summary>Whether there can be a map: not where the vectors stay in the database.</summary>
    public bool IsPossible => live.IsInMemory;

    /// <summary>The map, or null while there is no index.</summary>
    public async Task<SongMap?> CurrentAsync(CancellationToken cancellationToken)
    {
        if (live.InMemory is not { } index)
        {
            return null;
        }

        if (Find(index) is { } known)
        {
            return known;
        }

        await _making.WaitAsync(cancellationToken);
        try
        {
            if (Find(index) is { } justMade)
            {
                return justMade;
            }

            var places = _made is { Map: var old } && old.IsOf(index) ? old.Places : MapPlaces.Of(index, cancellationToken);
            var map = await ColourAsync(index, places, cancellationToken);
            _made = new Made(map, time.GetTimestamp());
            return map;
        }
        finally
        {
            _making.Release();
        }
    }

    /// <summary>Songs of points, in their order; one that is gone meanwhile is left out.</summary>
    public async Task<IReadOnlyList<(int Point, Song Song)>> SongsAsync(SongMap map, IReadOnlyList<int> points, CancellationToken cancellationToken)
    {
        var ids = points.Select(map.SongAt).OfType<Guid>().ToList();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var songs = await context.Songs.AsNoTracking().Where(song => ids.Contains(song.Id)).ToDictionaryAsync(song => song.Id, cancellationToken);
        return [.. points.Where(point => map.SongAt(point) is { } id && songs.ContainsKey(id)).Select(point => (point, songs[map.SongAt(point)!.Value]))];
    }

    /// <inheritdoc/>
    public void Dispose() => _making.Dispose();

    private SongMap? Find(MemoryIndex index) =>
        _made is { } made && made.Map.IsOf(index) && time.GetElapsedTime(made.At) < Patience ? made.Map : null;

    private async Task<SongMap> ColourAsync(MemoryIndex index, MapPlaces places, CancellationToken cancellationToken)
    {
        var genres = await ReadGenresAsync(index.Rows, cancellationToken);
        var counts = genres.OfType<string>().GroupBy(label => label).ToDictionary(group => group.Key, group => group.Count());
        var ordered = Genre.Order(counts.Keys.Where(label => label.Length > 0));
        var own = ordered.OrderByDescending(label => counts[label]).Take(MostGenres).ToHashSet();
        var groups = ordered.Where(own.Contains).Select(label => new MapGroup(MapGroupKind.Genre, label, counts[label])).ToList();
        var numbers = groups.Select((group, number) => (group.Label, number)).ToDictionary(pair => pair.Label, pair => (byte)pair.number);
        Add(MapGroupKind.OtherGenres, ordered.Where(label => !own.Contains(label)));
        Add(MapGroupKind.Unknown, counts.Keys.Where(label => label.Length == 0));
        return new SongMap(index, places, groups, Array.ConvertAll(genres, label => label is null ? SongMap.Hidden : numbers[label]));

        void Add(MapGroupKind kind, IEnumerable<string> labels)
        {
            var members = labels.ToList();
            if (members.Count > 0)
            {
                members.ForEach(label => numbers[label] = (byte)groups.Count);
                groups.Add(new MapGroup(kind, "", members.Sum(label => counts[label])));
            }
        }
    }

    /// <summary>Of each row the label of its song, empty if it has none; null if the song is gone or broken.</summary>
    private async Task<string?[]> ReadGenresAsync(SongRows rows, CancellationToken cancellationToken)
    {
        var genres = new string?[rows.Count];
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var songs = context.Songs.AsNoTracking()
            .Where(song => song.Status != SongStatus.Failed)
            .Select(song => new { song.Id, Genre = song.Label ?? song.PredictedGenre });
        await foreach (var song in songs.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (rows.Find(song.Id) is >= 0 and var row)
            {
                genres[row] = song.Genre ?? "";
            }
        }

        return genres;
    }

    private sealed record Made(SongMap Map, long At);
}
