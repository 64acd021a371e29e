using MusicRec.Catalog;

namespace MusicRec.Web.Features.Songs;

/// <summary>One page of the catalog.</summary>
/// <param name="Query">Words looked for, or null.</param>
/// <param name="Genre">Label of the genre looked for, or null.</param>
/// <param name="Genres">Labels to choose from.</param>
/// <param name="Page">Counted from 1.</param>
/// <param name="PageCount">1 or more.</param>
/// <param name="Total">Songs on all pages.</param>
/// <param name="Songs">The songs of this page.</param>
internal sealed record SongList(
    string? Query, string? Genre, IReadOnlyList<string> Genres, int Page, int PageCount, int Total, IReadOnlyList<Song> Songs)
{
    /// <summary>Whether only some songs were asked for.</summary>
    public bool IsFiltered => Query is not null || Genre is not null;
}
