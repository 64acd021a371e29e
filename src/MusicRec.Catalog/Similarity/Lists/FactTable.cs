using Microsoft.EntityFrameworkCore;

namespace MusicRec.Catalog.Similarity.Lists;

/// <summary>
/// What lists ask of the songs of the index, in memory. It is read once; before every question only what changed since, by
/// <see cref="Song.FactsChangedAt"/>, so that a list always goes by what the catalog says now.
/// </summary>
public sealed class FactTable(IDbContextFactory<CatalogContext> contexts, TimeProvider time) : IDisposable
{
    // A song that is written at a moment can be read only a little later, and the clocks of two machines differ a little.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    private const int IdsAtOnce = 1000;
    private const int MostMissing = 20 * IdsAtOnce;

    private readonly SemaphoreSlim _turn = new(1);
    private Table? _table;

    /// <summary>Reads what lists need before the first one is asked for.</summary>
    public async Task PrepareAsync(LiveIndex index, CancellationToken cancellationToken)
    {
        if (index.InMemory is { } live)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await ReadAsync(context, live.Rows, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>The facts of each row, as they are now; not to be changed.</summary>
    internal async Task<SongFacts[]> ReadAsync(CatalogContext context, SongRows rows, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            var restored = await Setting.FindAsync(context, Setting.Restored, cancellationToken);

            // After the clock was set back, what changed since cannot be told by its time.
            var facts = _table is { } known && known.Restored == restored && known.ReadAt <= now
                ? await ContinueAsync(context, known, rows, cancellationToken)
                : await ReadAllAsync(context, rows, cancellationToken);
            _table = new Table(rows, facts, now, restored);
            return facts;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static async Task<SongFacts[]> ContinueAsync(CatalogContext context, Table known, SongRows rows, CancellationToken cancellationToken)
    {
        var facts = known.Facts;
        if (known.Rows != rows)
        {
            (facts, var missing) = Align(known, rows);
            if (missing.Count > MostMissing)
            {
                return await ReadAllAsync(context, rows, cancellationToken);
            }

            foreach (var ids in missing.Chunk(IdsAtOnce))
            {
                await FillAsync(context.Songs.Where(song => ids.Contains(song.Id)), rows, facts, cancellationToken);
            }
        }

        var since = known.ReadAt - Overlap;
        var changed = context.Songs.Where(song => song.FactsChangedAt >= since);
        if (known.Rows == rows && await changed.AnyAsync(cancellationToken))
        {
            // Others may be reading the table.
            facts = [.. facts];
        }

        await FillAsync(changed, rows, facts, cancellationToken);
        return facts;
    }

    private static async Task<SongFacts[]> ReadAllAsync(CatalogContext context, SongRows rows, CancellationToken cancellationToken)
    {
        var facts = new SongFacts[rows.Count];
        Array.Fill(facts, SongFacts.Unknown);
        await FillAsync(context.Songs, rows, facts, cancellationToken);
        return facts;
    }

    private static async Task FillAsync(IQueryable<Song> songs, SongRows rows, SongFacts[] facts, CancellationToken cancellationToken)
    {
        var read = songs.Select(song => new { song.Id, song.Artist, song.Title, Genre = song.Label ?? song.PredictedGenre, song.Tempo, song.Seconds, song.Year });
        await foreach (var song in read.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (rows.Find(song.Id) is >= 0 and var row)
            {
                facts[row] = SongFacts.Of(song.Artist, song.Title, song.Genre, song.Tempo, song.Seconds, song.Year);
            }
        }
    }

    /// <summary>The facts in the order of other rows; both are in the order of their ids.</summary>
    private static (SongFacts[] Facts, List<Guid> Missing) Align(Table known, SongRows rows)
    {
        var facts = new SongFacts[rows.Count];
        var missing = new List<Guid>();
        var ids = rows.Ids;
        var knownIds = known.Rows.Ids;
        var old = 0;
        for (var row = 0; row < facts.Length; row++)
        {
            while (old < knownIds.Length && knownIds[old].CompareTo(ids[row]) < 0)
            {
                old++;
            }

            var isKnown = old < knownIds.Length && knownIds[old] == ids[row];
            facts[row] = isKnown ? known.Facts[old] : SongFacts.Unknown;
            if (!isKnown)
            {
                missing.Add(ids[row]);
            }
        }

        return (facts, missing);
    }

    private sealed record Table(SongRows Rows, SongFacts[] Facts, DateTimeOffset ReadAt, string? Restored);
}
