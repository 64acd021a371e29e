using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Similarity.Pgvector;

namespace MusicRec.Catalog.Similarity;

/// <summary>
/// The index that answers now; replaced whole when a newer version is complete or another ranking is ready. Loading a version is
/// quick; local scaling is prepared beside it, while the index before answers on.
/// </summary>
/// <param name="contexts">The database.</param>
/// <param name="table">pgvector's table if the index is there and not in memory.</param>
/// <param name="logger">Told of damage.</param>
public sealed partial class LiveIndex(IDbContextFactory<CatalogContext> contexts, VectorTable? table = null, ILogger<LiveIndex>? logger = null)
{
    private readonly ILogger _logger = logger ?? NullLogger<LiveIndex>.Instance;
    private readonly Lock _lock = new();
    private volatile SimilarityIndex? _current;
    private MemoryIndex? _newest;
    private Ranking _chosen;
    private CancellationTokenSource? _preparation;

    /// <summary>Whether versions are loaded into memory, where they can be ranked either way.</summary>
    internal bool IsInMemory => table is null;

    /// <summary>The live version, or null while none was built.</summary>
    public SimilarityIndex? Current => _current;

    /// <summary>The live version with its vectors; null while none was built, and where the database ranks.</summary>
    internal MemoryIndex? InMemory => _current as MemoryIndex;

    /// <summary>
    /// Loads the newest version of the database, scaled as it was when it was built, unless it is loaded already. It answers at
    /// once if it is ranked by cosine or sound, as the administrator chose, or if nothing else answers; otherwise when
    /// <see cref="PrepareRanking"/> is done. Songs whose numbers are damaged are left out and queued; of a version whose scaler is damaged nothing is
    /// loaded, and it is published anew.
    /// </summary>
    public async Task LoadLatestAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await context.IndexVersions.AsNoTracking().OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken);
        if (last?.HasScaler() == false)
        {
            await PublishAnewAsync(context, last.Number, cancellationToken);
            return;
        }

        if (table is not null)
        {
            _current = await VectorTable.LoadAsync(context, cancellationToken);
            return;
        }

        var ranking = await RankingChoice.ReadAsync(context, cancellationToken);
        var atOnce = ranking == Ranking.LocalScaling ? Ranking.Cosine : ranking;
        var newest = last is null ? null : IsLoaded(last) ? RankedAtOnce(_newest!, atOnce) : await ReadAsync(context, atOnce, cancellationToken);
        var isReplaced = _newest is not null && await FindRowsAsync(context, cancellationToken) is null;
        lock (_lock)
        {
            _newest = newest;
            _chosen = ranking;
            if (ranking == atOnce || isReplaced)
            {
                _preparation?.Cancel();
                _current = newest;
            }
            else
            {
                _current ??= newest;
            }
        }
    }

    /// <summary>
    /// Ranks the newest version as the administrator chose, unless it is: seconds for ten thousand songs, minutes for a million.
    /// A newer version waits for its turn, or it would never be done while songs keep coming; choosing another ranking stops it.
    /// </summary>
    internal void PrepareRanking(CancellationToken cancellationToken)
    {
        MemoryIndex newest;
        using var preparation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (_lock)
        {
            if (_newest is null || _chosen != Ranking.LocalScaling || (_current!.Version == _newest.Version && _current.Ranking == _chosen))
            {
                return;
            }

            (newest, _preparation) = (_newest, preparation);
        }

        try
        {
            var ranked = newest.RankedBy(Ranking.LocalScaling, preparation.Token);
            lock (_lock)
            {
                if (!preparation.IsCancellationRequested)
                {
                    _current = ranked;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another ranking was chosen meanwhile, and answers already.
        }
        finally
        {
            lock (_lock)
            {
                _preparation = null;
            }
        }
    }

    /// <summary>
    /// The songs of the newest version that was loaded, whether it answers already or not. Null if the database knows nothing of it: it
    /// was replaced by a backup.
    /// </summary>
    internal async Task<SongRows?> FindRowsAsync(CatalogContext context, CancellationToken cancellationToken) =>
        _newest is { } known
        && await context.IndexVersions.AsNoTracking().SingleOrDefaultAsync(row => row.Number == known.Version, cancellationToken) is { } version
        && version.BuiltAt == known.BuiltAt
            ? known.Rows
            : null;

    /// <summary>The same version, ranked in a way that needs no preparation.</summary>
    private static MemoryIndex RankedAtOnce(MemoryIndex known, Ranking ranking) =>
        known.Ranking == ranking || !known.Rows.HasSound ? known : known.RankedBy(ranking, CancellationToken.None);

    private bool IsLoaded(IndexVersion version) => _newest is { } known && known.Version == version.Number && known.BuiltAt == version.BuiltAt;

    private async Task PublishAnewAsync(CatalogContext context, int version, CancellationToken cancellationToken)
    {
        if (await DamagedRows.PublishAnewAsync(context, cancellationToken))
        {
            LogDamagedScaler(version);
        }
    }

    private async Task<MemoryIndex> ReadAsync(CatalogContext context, Ranking ranking, CancellationToken cancellationToken)
    {
        var damaged = new List<Guid>();
        var read = await ReadAsync(context, ranking, damaged, cancellationToken);
        if (damaged.Count > 0)
        {
            LogDamaged(damaged.Count, damaged[0]);
            await DamagedRows.QueueSongsAsync(context, read.FeatureVersion, damaged, cancellationToken);
        }

        return read;
    }

    /// <summary>Version and songs of one moment: another process may just publish the next one.</summary>
    private Task<MemoryIndex> ReadAsync(CatalogContext context, Ranking ranking, List<Guid> damaged, CancellationToken cancellationToken) =>
        context.AtOneMomentAsync(
            async () =>
            {
                var version = await context.IndexVersions.AsNoTracking().OrderByDescending(row => row.Number).FirstAsync(cancellationToken);
                var known = await FindRowsAsync(context, cancellationToken);
                return new MemoryIndex(version, SongRowsReader.Read(context, version.FeatureVersion, version.Number, known, damaged, cancellationToken), ranking);
            },
            cancellationToken);

    [LoggerMessage(LogLevel.Error, "The stored vectors of {Count} songs are damaged, the first that of {SongId}; the songs are analysed again")]
    private partial void LogDamaged(int count, Guid songId);

    [LoggerMessage(LogLevel.Error, "The stored scaler of index version {Version} is damaged; the index is built anew")]
    private partial void LogDamagedScaler(int version);
}
