using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Database;
using MusicRec.Catalog.Indexing;

namespace MusicRec.Catalog.Similarity;

/// <summary>The ranking that the administrator chose, in the database: every process on it follows within seconds.</summary>
public sealed class RankingChoice(IDbContextFactory<CatalogContext> contexts, IndexingSignal signal)
{
    private const string Key = "ranking";

    /// <summary>The chosen ranking; the cosine until one is chosen.</summary>
    public async Task<Ranking> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ReadAsync(context, cancellationToken);
    }

    /// <summary>Chooses; the index that answers is ranked anew in the background, its version stays.</summary>
    public async Task ChooseAsync(Ranking ranking, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await Setting.SetAsync(context, Key, ranking.ToString(), cancellationToken);
        await signal.SetAsync(context, News.IndexChanged, cancellationToken);
    }

    internal static async Task<Ranking> ReadAsync(CatalogContext context, CancellationToken cancellationToken) =>
        Enum.TryParse<Ranking>(await Setting.FindAsync(context, Key, cancellationToken), out var ranking) && Enum.IsDefined(ranking)
            ? ranking
            : Ranking.Cosine;
}
