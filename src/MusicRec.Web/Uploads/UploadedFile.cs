namespace MusicRec.Web.Uploads;

/// <summary>One file of a multipart request, while the request is being read.</summary>
/// <param name="FileName">The name the sender gave: anything at all. To be shown, never used as a path.</param>
/// <param name="Content">The bytes as they arrive; read once, before the next file is asked for.</param>
/// <param name="Fields">Text fields of the form that came before the file.</param>
public sealed record UploadedFile(string FileName, Stream Content, IReadOnlyDictionary<string, string> Fields);
