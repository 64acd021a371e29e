using MusicRec.Catalog.Tags;

namespace MusicRec.Catalog.Import;

/// <summary>What a song's file says of itself.</summary>
/// <param name="FileName">As <see cref="SongNames.CleanFileName"/> makes it.</param>
/// <param name="Sha256">Hash of the bytes.</param>
/// <param name="Seconds">Length.</param>
/// <param name="Album">From the tags; empty when unknown.</param>
/// <param name="Cover">Kind of the picture in the tags; null without one.</param>
internal sealed record SongFile(string FileName, string Sha256, double Seconds, string Album, ImageKind? Cover);
