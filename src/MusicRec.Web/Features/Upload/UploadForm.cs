namespace MusicRec.Web.Features.Upload;

/// <summary>The form to upload a song with.</summary>
/// <param name="MaxBytes">Most bytes accepted.</param>
/// <param name="Error">What went wrong with the last attempt, in the reader's language; null if nothing.</param>
internal sealed record UploadForm(long MaxBytes, string? Error);
