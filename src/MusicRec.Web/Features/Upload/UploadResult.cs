using MusicRec.Catalog.Similarity;

namespace MusicRec.Web.Features.Upload;

/// <summary>What the analysis of a visitor's song said.</summary>
/// <param name="Upload">The stored result.</param>
/// <param name="Similar">The most similar songs of the catalog, best first.</param>
internal sealed record UploadResult(Catalog.Uploads.Upload Upload, IReadOnlyList<SimilarSong> Similar);
