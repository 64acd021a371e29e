using Microsoft.EntityFrameworkCore;

namespace MusicRec.Catalog;

/// <summary>Something to remember that was chosen or happened while the program runs.</summary>
internal sealed class Setting
{
    /// <summary>The index is to be built anew: songs its scaler is fitted to were deleted, or the scaler is damaged.</summary>
    public const string SongsWereDeleted = "songs-were-deleted";

    /// <summary>Changes whenever a backup replaced the database: what was read before counts no more.</summary>
    public const string Restored = "restored";
    /// <summary>No song is taken from the queue, by any process.</summary>
    public const string IndexingIsPaused = "indexing-is-paused";

    private Setting()
    {
    }

    private Setting(string key, string value)
    {
        Key = key;
        Value = value;
    }

    public string Key { get; private set; } = "";

    public string Value { get; private set; } = "";

    /// <summary>The value of a key, or null.</summary>
    public static async Task<string?> FindAsync(CatalogContext context, string key, CancellationToken cancellationToken) =>
        (await context.Settings.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellationToken))?.Value;

    /// <summary>Writes a value at once, new or instead of an old one.</summary>
    public static async Task SetAsync(CatalogContext context, string key, string value, CancellationToken cancellationToken)
    {
        if (await context.Settings.Where(row => row.Key == key).ExecuteUpdateAsync(row => row.SetProperty(setting => setting.Value, value), cancellationToken) > 0)
        {
            return;
        }

        try
        {
            context.Settings.Add(new Setting(key, value));
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another process was first; the later value wins.
            context.ChangeTracker.Clear();
            await context.Settings.Where(row => row.Key == key).ExecuteUpdateAsync(row => row.SetProperty(setting => setting.Value, value), cancellationToken);
        }
    }
}
