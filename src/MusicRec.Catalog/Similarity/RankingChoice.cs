using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Database;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Similarity.Pgvector;

namespace MusicRec.Catalog.Similarity;

/// <summary>The ranking that the administrator chose, in the database: every process on it follows within seconds.</summary>
/// <param name="contexts">The database.</param>
/// <param name="signal">Wakes who ranks.</param>
/// <param name="table">pgvector's table if the index is there and not in memory.</param>
public sealed class RankingChoice(IDbContextFactory<CatalogContext> contexts, IndexingSignal signal, VectorTable? table = null)
{
    /// <summary>How a new catalog ranks; one that had songs before keeps its order until another is chosen.</summary>
    internal const Ranking OfNewCatalogs = Ranking.Sound;

    private const string Key = "ranking";

    /// <summary>Whether a ranking can be chosen: local scaling needs all vectors in memory.</summary>
    public bool CanChoose(Ranking ranking) => table is null || ranking != Ranking.LocalScaling;

    /// <summary>The chosen ranking; the cosine where none is chosen, or it is not possible.</summary>
    public async Task<Ranking> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var chosen = await ReadAsync(context, cancellationToken);
        return CanChoose(chosen) ? chosen : Ranking.Cosine;
    }

    /// <summary>Chooses; the index that answers is ranked anew in the background, its version stays.</summary>
    /// <exception cref="InvalidOperationException">It is not possible (<see cref="CanChoose"/>).</exception>
    public async Task ChooseAsync(Ranking ranking, CancellationToken cancellationToken)
    {
        if (!CanChoose(ranking))
        {
            throw new InvalidOperationException("With Similarity:Index 'Pgvector' songs cannot be ranked by local scaling.");
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await Setting.SetAsync(context, Key, ranking.ToString(), cancellationToken);
        await signal.SetAsync(context, News.IndexChanged, cancellationToken);
    }

    /// <summary>Has a catalog without songs rank as new ones do, unless another ranking was chosen.</summary>
    internal static async Task SetFirstAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        if (!await context.Songs.AnyAsync(cancellationToken) && await Setting.FindAsync(context, Key, cancellationToken) is null)
        {
            await Setting.SetAsync(context, Key, OfNewCatalogs.ToString(), cancellationToken);
        }
    }

    internal static async Task<Ranking> ReadAsync(CatalogContext context, CancellationToken cancellationToken) =>
        Enum.TryParse<Ranking>(await Setting.FindAsync(context, Key, cancellationToken), out var ranking) && Enum.IsDefined(ranking)
            ? ranking
            : Ranking.Cosine;
}
