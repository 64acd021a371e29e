using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace MusicRec.Catalog.Backups;

/// <summary>Copies all rows from one database to another that may be of another kind.</summary>
internal static class TableCopy
{
    private const int RowsAtOnce = 1000;

    private static readonly MethodInfo CopyTable = typeof(TableCopy).GetMethod(nameof(CopyAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static readonly MethodInfo ReadTable = typeof(TableCopy).GetMethod(nameof(ReadAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The tables of a model, each after those that it refers to.</summary>
    public static IReadOnlyList<IEntityType> InOrder(IModel model)
    {
        var ordered = new List<IEntityType>();
        var left = model.GetEntityTypes().Where(type => !type.IsOwned()).OrderBy(type => type.Name, StringComparer.Ordinal).ToList();
        while (left.Count > 0)
        {
            var next = left.First(type => type.GetForeignKeys().All(key => key.PrincipalEntityType == type || ordered.Contains(key.PrincipalEntityType)));
            ordered.Add(next);
            left.Remove(next);
        }

        return ordered;
    }

    /// <summary>Copies into empty tables.</summary>
    public static async Task CopyAllAsync(CatalogContext from, CatalogContext to, CancellationToken cancellationToken)
    {
        to.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var type in InOrder(from.Model))
        {
            await (Task)CopyTable.MakeGenericMethod(type.ClrType).Invoke(null, [from, to, cancellationToken])!;
        }
    }

    /// <summary>Reads a row of each table.</summary>
    public static async Task ReadSomeAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        foreach (var type in InOrder(context.Model))
        {
            await (Task)ReadTable.MakeGenericMethod(type.ClrType).Invoke(null, [context, cancellationToken])!;
        }
    }

    private static Task<List<TRow>> ReadAsync<TRow>(CatalogContext context, CancellationToken cancellationToken)
        where TRow : class =>
        context.Set<TRow>().AsNoTracking().Take(1).ToListAsync(cancellationToken);

    private static async Task CopyAsync<TRow>(CatalogContext from, CatalogContext to, CancellationToken cancellationToken)
        where TRow : class
    {
        var rows = 0;
        await foreach (var row in from.Set<TRow>().AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            to.Add(row);
            if (++rows % RowsAtOnce == 0)
            {
                await SaveAsync(to, cancellationToken);
            }
        }

        await SaveAsync(to, cancellationToken);
    }

    private static async Task SaveAsync(CatalogContext to, CancellationToken cancellationToken)
    {
        await to.SaveChangesAsync(cancellationToken);
        to.ChangeTracker.Clear();
    }
}
