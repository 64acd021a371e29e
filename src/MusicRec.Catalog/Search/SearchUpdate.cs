using Microsoft.EntityFrameworkCore;

namespace MusicRec.Catalog.Search;

/// <summary>Gives songs that an older program stored the search forms of this one.</summary>
internal static class SearchUpdate
{
    private const string Key = "search-forms";
    private const int SongsAtOnce = 1000;

    /// <summary>Does nothing if it was done before. Cut off, it begins again at the next start.</summary>
    public static async Task RunAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        if (await Setting.FindAsync(context, Key, cancellationToken) == SearchForms.Version)
        {
            return;
        }

        var last = Guid.Empty;
        while (await NextAsync(context, last, cancellationToken) is { Count: > 0 } songs)
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            foreach (var song in songs)
            {
                await UpdateAsync(context, song, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            last = songs[^1].Id;
        }

        await Setting.SetAsync(context, Key, SearchForms.Version, cancellationToken);
    }

    private static Task<List<Names>> NextAsync(CatalogContext context, Guid last, CancellationToken cancellationToken) => context.Songs
        .Where(song => song.Id > last)
        .OrderBy(song => song.Id)
        .Take(SongsAtOnce)
        .Select(song => new Names(song.Id, song.Title, song.Artist, song.Album, song.FileName))
        .ToListAsync(cancellationToken);

    /// <summary>Only these columns, so that a worker which has the song in hand is not disturbed.</summary>
    private static Task<int> UpdateAsync(CatalogContext context, Names song, CancellationToken cancellationToken)
    {
        var text = SearchForms.TextOf(song.Title, song.Artist, song.Album, song.FileName);
        var sound = SearchForms.SoundOf(song.Title, song.Artist, song.Album);
        return context.Songs.Where(row => row.Id == song.Id).ExecuteUpdateAsync(
            row => row.SetProperty(one => one.SearchText, text).SetProperty(one => one.SearchSound, sound), cancellationToken);
    }

    private sealed record Names(Guid Id, string Title, string Artist, string Album, string FileName);
}
