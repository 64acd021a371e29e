namespace MusicRec.Web.Features.Shared;

/// <summary>Where a reader stands in a list of several pages.</summary>
/// <param name="Page">Counted from 1.</param>
/// <param name="PageCount">1 or more.</param>
/// <param name="Address">Address of a page.</param>
internal sealed record Pager(int Page, int PageCount, Func<int, string?> Address);
