using Microsoft.EntityFrameworkCore;
using MusicRec.Genres;

namespace MusicRec.Catalog.Songs;

/// <summary>Songs of a genre.</summary>
/// <param name="Label">The shown genre; null for songs without one.</param>
/// <param name="Songs">How many.</param>
public sealed record GenreCount(string? Label, int Songs);

/// <summary>Songs that failed for the same reason.</summary>
/// <param name="Code">As <see cref="Song.FailureCode"/>.</param>
/// <param name="Songs">How many.</param>
public sealed record FailureCount(string Code, int Songs);

/// <summary>The catalog in numbers.</summary>
public sealed class CatalogOverview(IDbContextFactory<CatalogContext> contexts)
{
    /// <summary>Songs by shown genre in the usual order; those without one come last.</summary>
    public async Task<IReadOnlyList<GenreCount>> CountGenresAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = await context.Songs
            .GroupBy(song => song.Label ?? song.PredictedGenre)
            .Select(group => new GenreCount(group.Key, group.Count()))
            .ToListAsync(cancellationToken);
        var order = Genre.Order(counts.Select(count => count.Label).OfType<string>());
        return [.. order.Select(label => counts.Single(count => count.Label == label)), .. counts.Where(count => count.Label is null)];
    }

    /// <summary>Failed songs by reason, the most frequent first.</summary>
    public async Task<IReadOnlyList<FailureCount>> CountFailuresAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = await context.Songs
            .Where(song => song.Status == SongStatus.Failed)
            .GroupBy(song => song.FailureCode!)
            .Select(group => new FailureCount(group.Key, group.Count()))
            .ToListAsync(cancellationToken);
        return [.. counts.OrderByDescending(count => count.Songs).ThenBy(count => count.Code, StringComparer.Ordinal)];
    }
}
