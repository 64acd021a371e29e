using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Database;
using MusicRec.Catalog.Similarity;
using MusicRec.Genres;

namespace MusicRec.Catalog.Indexing;

/// <summary>Builds a new version of the index when the songs it waits for are done, and ends the run that asked for it.</summary>
internal sealed partial class IndexPublisher(IDbContextFactory<CatalogContext> contexts, LiveIndex index, TimeProvider time, ILogger<IndexPublisher> logger)
{
    /// <summary>While songs keep coming outside a run, new ones are searchable after this long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Publishes if it is time to.</summary>
    public async Task PublishIfDueAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await IsDueAsync(context, await FindRunAsync(context, cancellationToken), cancellationToken))
        {
            return;
        }

        // Of two processes one publishes, the other finds nothing left to do.
        await using var transaction = await context.BeginExclusiveAsync(IndexRuns.Subject, cancellationToken);
        var run = await FindRunAsync(context, cancellationToken);
        if (!await IsDueAsync(context, run, cancellationToken))
        {
            return;
        }

        // While songs wait for new features, also of a run that was cut short, the old index holds more songs than the new one would.
        var isWhole = !await context.Songs.AnyAsync(Song.IsOutdated, cancellationToken);
        if (isWhole && (run?.Scope == ReindexScope.All || await HasChangedAsync(context, cancellationToken)))
        {
            await PublishAsync(context, cancellationToken);
        }

        run?.Finish(IndexRunState.Completed, await IndexRuns.CountAsync(context, run.Id, cancellationToken), time.GetUtcNow());
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceAsync(News.IndexChanged, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static Task<IndexRun?> FindRunAsync(CatalogContext context, CancellationToken cancellationToken) =>
        context.IndexRuns.FirstOrDefaultAsync(row => row.State == IndexRunState.Running, cancellationToken);

    private static async Task<bool> HasChangedAsync(CatalogContext context, CancellationToken cancellationToken) =>
        await HasNewVectorsAsync(context, cancellationToken)
        || await Setting.FindAsync(context, Setting.SongsWereDeleted, cancellationToken) is not null;

    private static Task<bool> HasNewVectorsAsync(CatalogContext context, CancellationToken cancellationToken) =>
        context.Vectors.AnyAsync(row => row.FeatureVersion == FeatureVersion.Current && row.SinceVersion == null, cancellationToken);

    private async Task<bool> IsDueAsync(CatalogContext context, IndexRun? run, CancellationToken cancellationToken)
    {
        var open = context.Songs.Where(song => song.Status == SongStatus.Queued || song.Status == SongStatus.Analyzing);
        if (run is not null)
        {
            return !await open.AnyAsync(song => song.RunId == run.Id, cancellationToken);
        }

        if (!await HasChangedAsync(context, cancellationToken))
        {
            return false;
        }

        // Songs are often deleted one after the other, and a list without them needs no new version.
        var last = await context.IndexVersions.OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken);
        var age = time.GetUtcNow() - last?.BuiltAt;
        var isTime = age is null
            || age >= Patience
            || age < TimeSpan.Zero // The clock was set back.
            || (!await open.AnyAsync(cancellationToken) && await HasNewVectorsAsync(context, cancellationToken));

        return isTime && !await context.Songs.AnyAsync(Song.IsOutdated, cancellationToken);
    }

    /// <summary>Fits the scaler to all songs and writes the version; in memory, vectors of older feature versions are no longer needed.</summary>
    private async Task PublishAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        var number = 1 + (await context.IndexVersions.MaxAsync(row => (int?)row.Number, cancellationToken) ?? 0);
        var current = context.Vectors.Where(row => row.FeatureVersion == FeatureVersion.Current);
        await current
            .Where(row => row.SinceVersion == null)
            .ExecuteUpdateAsync(row => row.SetProperty(vector => vector.SinceVersion, number), cancellationToken);
        await context.Settings.Where(row => row.Key == Setting.SongsWereDeleted).ExecuteDeleteAsync(cancellationToken);
        var (scaler, songs) = index.IsInMemory ? await FitInMemoryAsync(context, number, cancellationToken) : await FitInPassingAsync(context, number, cancellationToken);
        if (scaler is null)
        {
            return;
        }

        context.IndexVersions.Add(new IndexVersion(number, FeatureVersion.Current, scaler, songs, time.GetUtcNow()));
        if (index.IsInMemory)
        {
            await context.Vectors.Where(row => row.FeatureVersion != FeatureVersion.Current).ExecuteDeleteAsync(cancellationToken);
        }

        LogPublished(number, songs);
    }

    private async Task<(FeatureScaler? Scaler, int Songs)> FitInMemoryAsync(CatalogContext context, int number, CancellationToken cancellationToken)
    {
        var damaged = new List<Guid>();
        var rows = SongRowsReader.Read(context, FeatureVersion.Current, number, await index.FindRowsAsync(context, cancellationToken), damaged, cancellationToken);
        await QueueDamagedAsync(context, damaged, cancellationToken);
        return (rows.Count == 0 ? null : FitTo(rows), rows.Count);
    }

    private static FeatureScaler FitTo(SongRows rows)
    {
        var numbers = new double[SongVector.ComparedCount(rows.FeatureVersion)];
        return FeatureScaler.Fit(rows.Count, row =>
        {
            rows.Copy(row, numbers);
            return numbers;
        });
    }

    /// <summary>Sees every vector once and keeps none. Those of older features answer until pgvector's table has the new ones, which then deletes them.</summary>
    private async Task<(FeatureScaler? Scaler, int Songs)> FitInPassingAsync(CatalogContext context, int number, CancellationToken cancellationToken)
    {
        var damaged = new List<Guid>();
        var numbers = new double[SongVector.ComparedCount(FeatureVersion.Current)];
        var scaler = new RunningScaler(numbers.Length);
        context.ReadVectors(
            new VectorRange(FeatureVersion.Current, 0, number),
            VectorParts.Compared,
            (id, bytes) =>
            {
                if (SongVector.TryGetCompared(bytes, out var compared) && compared.Length == SongVector.ComparedBytes(FeatureVersion.Current))
                {
                    SongVector.Copy(compared, numbers);
                    scaler.Add(numbers);
                }
                else
                {
                    damaged.Add(id);
                }
            },
            cancellationToken);
        await QueueDamagedAsync(context, damaged, cancellationToken);
        return (scaler.Count == 0 ? null : scaler.ToScaler(), scaler.Count);
    }

    private async Task QueueDamagedAsync(CatalogContext context, List<Guid> damaged, CancellationToken cancellationToken)
    {
        if (damaged.Count > 0)
        {
            LogDamaged(damaged.Count, damaged[0]);
            await DamagedRows.QueueSongsAsync(context, FeatureVersion.Current, damaged, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Error, "The stored vectors of {Count} songs are damaged, the first that of {SongId}; the songs are analysed again")]
    private partial void LogDamaged(int count, Guid songId);

    [LoggerMessage(LogLevel.Information, "Index version {Version} built from {Songs} songs")]
    private partial void LogPublished(int version, int songs);
}
