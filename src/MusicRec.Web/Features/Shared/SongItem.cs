using MusicRec.Catalog;
using MusicRec.Catalog.Similarity;

namespace MusicRec.Web.Features.Shared;

/// <summary>A song in a list.</summary>
/// <param name="Song">The song.</param>
/// <param name="Similarity">How similar it is to the song the page is about; null in other lists.</param>
/// <param name="Why">The same with what the similarity is made of; null in other lists.</param>
internal sealed record SongItem(Song Song, double? Similarity, SimilarSong? Why = null);
