using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Similarity.Pgvector;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Catalog.Similarity;

/// <summary>A hit with how similar it is.</summary>
/// <param name="Song">The song.</param>
/// <param name="Similarity">
/// Cosine of the scaled vectors, or the weighted sum of those of features and embedding, or of the features alone where no embedding can be compared, -1 to 1: it says how alike two songs are, where a locally scaled value
/// would only say how alike they are for their surroundings. With local scaling it need not fall down a list.
/// </param>
/// <param name="Why">What the similarity is made of, by the same version of the index; null if it is not in it, and of the first song of a path.</param>
public sealed record SimilarSong(Song Song, double Similarity, Explanation? Why);

/// <summary>The songs of the catalog that sound most like another, best first by the chosen ranking, ties by id; never the asked song itself.</summary>
public sealed class Recommender(IDbContextFactory<CatalogContext> contexts, LiveIndex index)
{
    // Beyond this many songs that are gone since the index was built, a shorter list is the better answer.
    private const int MostAsked = 1000;

    /// <summary>Neighbours of a catalog song; null if there is no such song; empty if it is not analysed yet.</summary>
    public Task<IReadOnlyList<SimilarSong>?> SimilarToSongAsync(Guid songId, int count, CancellationToken cancellationToken) =>
        AskNewestAsync(() => FindSimilarToSongAsync(songId, count, cancellationToken), cancellationToken);

    /// <summary>Neighbours of an upload; a catalog song with the same bytes is the asked song itself and left out.</summary>
    public Task<IReadOnlyList<SimilarSong>> SimilarToUploadAsync(Upload upload, int count, CancellationToken cancellationToken) =>
        AskNewestAsync(() => FindSimilarToUploadAsync(upload, count, cancellationToken), cancellationToken);

    /// <summary>Another process, or another thread of this one, may just have replaced what the index that answers here asks in the database.</summary>
    private async Task<T> AskNewestAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (TableReplacedException)
        {
            await index.LoadLatestAsync(cancellationToken);
            return await ask();
        }
    }

    private async Task<IReadOnlyList<SimilarSong>?> FindSimilarToSongAsync(Guid songId, int count, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.Songs.AnyAsync(song => song.Id == songId, cancellationToken))
        {
            return null;
        }

        if (index.Current is not { } live)
        {
            return [];
        }

        if ((await live.ReadNumbersAsync(context, [songId], cancellationToken)).TryGetValue(songId, out var numbers))
        {
            return await ToSongsAsync(
                context, live, numbers, async wanted => await live.NearestAsync(context, songId, wanted, cancellationToken) ?? [], count, null,
                cancellationToken);
        }

        return await live.FindNumbersAsync(context, songId, cancellationToken) is not { } found
            ? []
            : await ToSongsAsync(context, live, found, wanted => live.NearestAsync(context, found, wanted, cancellationToken), count, null, cancellationToken);
    }

    private async Task<IReadOnlyList<SimilarSong>> FindSimilarToUploadAsync(Upload upload, int count, CancellationToken cancellationToken)
    {
        if (index.Current is not { } live)
        {
            return [];
        }

        var numbers = live.NumbersOf(upload.Features, upload.FeatureVersion);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ToSongsAsync(
            context, live, numbers, wanted => live.NearestAsync(context, numbers, wanted, cancellationToken), count, upload.Sha256, cancellationToken);
    }

    /// <summary>
    /// Rows of the nearest songs, order kept. Songs deleted or broken since the index was built are left out, and further
    /// ones asked for in their place.
    /// </summary>
    private static async Task<IReadOnlyList<SimilarSong>> ToSongsAsync(
        CatalogContext context, SimilarityIndex live, double[] asked, Func<int, Task<IReadOnlyList<Hit>>> nearest, int count, string? exceptSha256,
        CancellationToken cancellationToken)
    {
        for (var wanted = count + 1; ; wanted *= 4)
        {
            var hits = await nearest(wanted);
            var ids = hits.Select(hit => hit.Id).ToList();
            var songs = await context.Songs.AsNoTracking()
                .Where(song => ids.Contains(song.Id) && song.Status != SongStatus.Failed && song.Sha256 != exceptSha256)
                .ToDictionaryAsync(song => song.Id, cancellationToken);
            if (songs.Count >= count || hits.Count < wanted || wanted >= MostAsked)
            {
                var found = hits.Where(hit => songs.ContainsKey(hit.Id)).Take(count).ToList();
                var numbers = await live.ReadNumbersAsync(context, found.ConvertAll(hit => hit.Id), cancellationToken);
                return
                [
                    .. found.Select(hit => new SimilarSong(
                        songs[hit.Id], hit.Similarity, numbers.TryGetValue(hit.Id, out var values) ? live.Explain(asked, values) : null)),
                ];
            }
        }
    }
}
