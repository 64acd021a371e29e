namespace MusicRec.Catalog.Tags;

/// <summary>What the tags of a file say; empty texts where they say nothing.</summary>
/// <param name="Title">Title, cleaned, at most <see cref="SongNames.MaxLength"/> units.</param>
/// <param name="Artist">Artist, else the album's artist.</param>
/// <param name="Album">Album.</param>
/// <param name="Cover">The front cover, else the first picture that is kept; null without one.</param>
/// <param name="Year">Year of release, 1900 to 2100; null without one.</param>
internal sealed record SongTags(string Title, string Artist, string Album, CoverPicture? Cover, int? Year);
