using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using MusicRec.Catalog.Map;
using MusicRec.Catalog.Songs;
using MusicRec.Catalog.Uploads;
using MusicRec.Web.Features.Sound;
using MusicRec.Web.Security;

namespace MusicRec.Web.Api;

/// <summary>How songs sound and where they lie, for programs that draw.</summary>
[ApiController]
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Api)]
[Tags("Sound")]
[Route("api/v1")]
[Produces("application/json")]
[ProducesResponseType<ProblemDetails>(404, "application/problem+json", Description = "There is no such thing, or it has expired.")]
[ProducesResponseType<ProblemDetails>(429, "application/problem+json", Description = "Too many requests from this address; see `Retry-After`.")]
public sealed class SoundsController(SoundStories stories, SongCatalog songs, UploadService uploads, SongMaps maps) : ControllerBase
{
    /// <summary>How a song of the catalog sounds.</summary>
    [HttpGet("songs/{id:guid}/sound")]
    [EndpointName("getSongSound")]
    [ProducesResponseType<SoundResponse>(200, Description = "Its sound.")]
    public async Task<ActionResult<SoundResponse>> Song([Description("Identity of the song.")] Guid id, CancellationToken cancellationToken) =>
        await songs.FindAsync(id, cancellationToken) is { } song && await songs.FindFeaturesAsync(id, cancellationToken) is { } features
            ? SoundResponse.Of(await stories.TellAsync(song, features, cancellationToken))
            : NotFound();

    /// <summary>How an analysed song sounds.</summary>
    [HttpGet("analyses/{id:guid}/sound")]
    [EndpointName("getAnalysisSound")]
    [ProducesResponseType<SoundResponse>(200, Description = "Its sound.")]
    public async Task<ActionResult<SoundResponse>> Analysis([Description("Identity of the analysis.")] Guid id, CancellationToken cancellationToken) =>
        await uploads.FindAsync(id, cancellationToken) is { } upload
            ? SoundResponse.Of(await stories.TellAsync(upload, cancellationToken))
            : NotFound();

    /// <summary>The catalog as a map.</summary>
    [HttpGet("map")]
    [EndpointName("getMap")]
    [ProducesResponseType<MapResponse>(200, Description = "A page of its songs.")]
    [ProducesResponseType<ProblemDetails>(400, "application/problem+json", Description = "A parameter is out of range; the detail names it.")]
    public async Task<ActionResult<MapResponse>> Map(
        CancellationToken cancellationToken,
        [Description("Number of the page.")][Range(1, 1_000_000)] int page = 1,
        [Description("Songs per page.")][Range(1, 10_000)] int pageSize = 1000) =>
        await maps.CurrentAsync(cancellationToken) is { } map ? MapResponse.Of(map, page, pageSize) : NotFound();
}
