using MusicRec.Web.Features.Mix;
using MusicRec.Web.Features.Sound;

namespace MusicRec.Web.Features.Upload;

/// <summary>What the analysis of a visitor's song said.</summary>
/// <param name="Upload">The stored result.</param>
/// <param name="Similar">The most similar songs of the catalog, as the address shapes them.</param>
/// <param name="Story">What the page tells of its sound.</param>
internal sealed record UploadResult(Catalog.Uploads.Upload Upload, MixPage Similar, SoundStory Story);
