using Microsoft.EntityFrameworkCore;

namespace MusicRec.Catalog.Indexing;

/// <summary>What is done about rows of the index that a failing disk or a stranger's hand has changed: they are made again.</summary>
internal static class DamagedRows
{
    /// <summary>
    /// Drops damaged vectors and queues their songs, whose files are decoded again. A vector with an empty id stands for rows that belong to no song any
    /// more; the songs that miss one are theirs. Doing it twice does no harm.
    /// </summary>
    public static async Task QueueSongsAsync(CatalogContext context, int featureVersion, IReadOnlyCollection<Guid> songs, CancellationToken cancellationToken)
    {
        await context.Vectors.Where(row => row.FeatureVersion == featureVersion && songs.Contains(row.SongId)).ExecuteDeleteAsync(cancellationToken);
        if (songs.Contains(Guid.Empty))
        {
            await context.Vectors.Where(row => !context.Songs.Any(song => song.Id == row.SongId)).ExecuteDeleteAsync(cancellationToken);
            var vectors = context.Vectors.Where(row => row.FeatureVersion == featureVersion);
            await QueueAsync(
                context.Songs.Where(song => song.FeatureVersion == featureVersion && !vectors.Any(row => row.SongId == song.Id)), cancellationToken);
        }

        await QueueAsync(context.Songs.Where(song => songs.Contains(song.Id)), cancellationToken);
    }

    private static Task<int> QueueAsync(IQueryable<Song> songs, CancellationToken cancellationToken) =>
        songs
            .Where(song => song.Status == SongStatus.Indexed || song.Status == SongStatus.Failed)
            .ExecuteUpdateAsync(
                song => song
                    .SetProperty(row => row.Status, SongStatus.Queued)
                    .SetProperty(row => row.Attempts, 0)
                    .SetProperty(row => row.DecodeAgain, true),
                cancellationToken);

    /// <summary>Has the index published anew. Returns false if that is wanted already.</summary>
    public static async Task<bool> PublishAnewAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        if (await Setting.FindAsync(context, Setting.SongsWereDeleted, cancellationToken) is not null)
        {
            return false;
        }

        await Setting.SetAsync(context, Setting.SongsWereDeleted, "yes", cancellationToken);
        return true;
    }
}
