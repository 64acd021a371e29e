using MusicRec.Web.Problems;

namespace MusicRec.Web.Features.Upload;

/// <summary>The form to upload a song with.</summary>
/// <param name="MaxBytes">Most bytes accepted.</param>
/// <param name="Problem">What went wrong with the last attempt; null if nothing.</param>
internal sealed record UploadForm(long MaxBytes, Problem? Problem);
