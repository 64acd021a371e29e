using Microsoft.EntityFrameworkCore;

namespace MusicRec.Catalog.Similarity;

/// <summary>The ranking that the administrator chose, in the database: every process on it follows within seconds.</summary>
public sealed class RankingChoice(IDbContextFactory<CatalogContext> contexts)
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

        // The transaction takes the write lock first, so of two that choose at once one waits for the other.
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await context.Settings.FindAsync([Key], cancellationToken) is { } setting)
        {
            setting.Value = ranking.ToString();
        }
        else
        {
            context.Add(new Setting(Key, ranking.ToString()));
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    internal static async Task<Ranking> ReadAsync(CatalogContext context, CancellationToken cancellationToken) =>
        await context.Settings.AsNoTracking().SingleOrDefaultAsync(setting => setting.Key == Key, cancellationToken) is { } setting
        && Enum.TryParse<Ranking>(setting.Value, out var ranking) && Enum.IsDefined(ranking)
            ? ranking
            : Ranking.Cosine;
}
