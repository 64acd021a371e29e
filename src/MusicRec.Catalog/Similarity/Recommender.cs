using MusicRec.Catalog.Uploads;

namespace MusicRec.Catalog.Similarity;

/// <summary>A hit with its score.</summary>
/// <param name="Song">The song.</param>
/// <param name="Similarity">Cosine of the scaled vectors, -1 to 1.</param>
public sealed record SimilarSong(Song Song, double Similarity);

/// <summary>The songs of the catalog that sound most like another, best first, ties by id; never the asked song itself.</summary>
public sealed class Recommender
{
    /// <summary>Neighbours of a catalog song; null if there is no such song; empty if it is not indexed.</summary>
    public Task<IReadOnlyList<SimilarSong>?> SimilarToSongAsync(Guid songId, int count, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Neighbours of an upload; a catalog song with the same bytes is the asked song itself and left out.</summary>
    public Task<IReadOnlyList<SimilarSong>> SimilarToUploadAsync(Upload upload, int count, CancellationToken cancellationToken) => throw new NotImplementedException();
}
