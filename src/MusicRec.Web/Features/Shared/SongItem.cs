using MusicRec.Catalog;
using MusicRec.Catalog.Similarity;
using MusicRec.Web.Features.Why;

namespace MusicRec.Web.Features.Shared;

/// <summary>A song in a list.</summary>
/// <param name="Song">The song.</param>
/// <param name="Similarity">How similar it is to what was asked for; null in other lists and of the first song of a path.</param>
/// <param name="Why">What the similarity is made of, or null.</param>
internal sealed record SongItem(Song Song, double? Similarity, SongWhy? Why = null)
{
    /// <summary>A song of a list that is like something.</summary>
    public static SongItem Of(SimilarSong hit, WhyAsked asked) => asked == WhyAsked.SongBefore && hit.Why is null
        ? new SongItem(hit.Song, null)
        : new SongItem(hit.Song, hit.Similarity, hit.Why is { } why ? new SongWhy(hit.Song.Title, hit.Similarity, why, asked) : null);
}
