using MusicRec.Audio.Features;
using MusicRec.Catalog;
using MusicRec.Web.Features.Mix;
using MusicRec.Web.Features.Sound;

namespace MusicRec.Web.Features.Songs;

/// <summary>One song of the catalog.</summary>
/// <param name="Song">The song.</param>
/// <param name="Features">Its 26 numbers, or null until it is analysed.</param>
/// <param name="Similar">Songs like it, as the address shapes them.</param>
/// <param name="Story">What the page tells of its sound; null until it is analysed.</param>
internal sealed record SongDetails(Song Song, FeatureVector? Features, MixPage Similar, SoundStory? Story);
