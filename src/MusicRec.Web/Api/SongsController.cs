using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Songs;
using MusicRec.Web.Security;

namespace MusicRec.Web.Api;

/// <summary>The catalog for programs.</summary>
[ApiController]
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Api)]
[Tags("Songs")]
[Route("api/v1/songs")]
[Produces("application/json")]
[ProducesResponseType<ProblemDetails>(400, "application/problem+json", Description = "A parameter is out of range; the detail names it.")]
[ProducesResponseType<ProblemDetails>(429, "application/problem+json", Description = "Too many requests from this address; see `Retry-After`.")]
public sealed class SongsController(SongCatalog songs, Recommender recommender) : ControllerBase
{
    /// <summary>Songs of the catalog, by artist and title.</summary>
    [HttpGet]
    [EndpointName("listSongs")]
    [ProducesResponseType<SongPageResponse>(200, Description = "A page of songs.")]
    public async Task<SongPageResponse> List(
        [Description("Part of title, artist or file name.")][StringLength(200)] string? query,
        [Description("A genre label, for example `Ballad`.")][StringLength(200)] string? genre,
        CancellationToken cancellationToken,
        [Description("Number of the page.")][Range(1, 1_000_000)] int page = 1,
        [Description("Songs per page.")][Range(1, 100)] int pageSize = 20)
    {
        var found = await songs.ListAsync(query, genre, status: null, page, pageSize, cancellationToken);
        return new SongPageResponse(found.Total, [.. found.Items.Select(SongResponse.Of)]);
    }

    /// <summary>One song with its features.</summary>
    [HttpGet("{id:guid}")]
    [EndpointName("getSong")]
    [ProducesResponseType<SongDetailsResponse>(200, Description = "The song.")]
    [ProducesResponseType<ProblemDetails>(404, "application/problem+json", Description = "There is no such song.")]
    public async Task<ActionResult<SongDetailsResponse>> Get(
        [Description("Identity of the song.")] Guid id, CancellationToken cancellationToken) =>
        await songs.FindAsync(id, cancellationToken) is { } song
            ? SongDetailsResponse.Of(song, await songs.FindFeaturesAsync(id, cancellationToken))
            : NotFound();

    /// <summary>The songs that sound most like one of the catalog, best first.</summary>
    [HttpGet("{id:guid}/similar")]
    [EndpointName("listSimilarSongs")]
    [ProducesResponseType<IReadOnlyList<SimilarSongResponse>>(200, Description = "Best first; empty while the song is not indexed.")]
    [ProducesResponseType<ProblemDetails>(404, "application/problem+json", Description = "There is no such song.")]
    public async Task<ActionResult<IReadOnlyList<SimilarSongResponse>>> Similar(
        [Description("Identity of the song.")] Guid id,
        CancellationToken cancellationToken,
        [Description("How many songs.")][Range(1, 50)] int count = 5) =>
        await recommender.SimilarToSongAsync(id, count, cancellationToken) is { } similar
            ? similar.Select(SimilarSongResponse.Of).ToArray()
            : NotFound();
}
