namespace MusicRec.Web.Features.Shared;

/// <summary>A player of one sound.</summary>
/// <param name="Path">Path of the audio, beginning with <c>~/</c>.</param>
/// <param name="Name">What it plays, for those who cannot see the page.</param>
internal sealed record Player(string Path, string Name);
