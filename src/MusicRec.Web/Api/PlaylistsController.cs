using System.ComponentModel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using MusicRec.Catalog;
using MusicRec.Catalog.Playlists;
using MusicRec.Web.Features.Playlists;
using MusicRec.Web.Problems;
using MusicRec.Web.Security;

namespace MusicRec.Web.Api;

/// <summary>Playlists for programs. There are no accounts: the identity of a playlist is the right to change it.</summary>
[ApiController]
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[EnableRateLimiting(RateLimits.Playlists)]
[Tags("Playlists")]
[Route("api/v1")]
[Produces("application/json")]
[ProducesResponseType<ProblemDetails>(429, "application/problem+json", Description = "Too many requests from this address; see `Retry-After`.")]
public sealed class PlaylistsController(Catalog.Playlists.Playlists playlists, ProblemTexts problems) : ControllerBase
{
    /// <summary>Makes a playlist.</summary>
    [HttpPost("playlists")]
    [EndpointName("createPlaylist")]
    [ProducesResponseType<PlaylistResponse>(201, Description = "Made; `Location` is its address.")]
    [ProducesResponseType<ProblemDetails>(400, "application/problem+json", Description = "The name is missing, or there are too many songs.")]
    [ProducesResponseType<ProblemDetails>(415, "application/problem+json", Description = "The body is no JSON.")]
    [ProducesResponseType<ProblemDetails>(409, "application/problem+json", Description = "This site keeps as many playlists as it can.")]
    public async Task<ActionResult<PlaylistResponse>> Create(PlaylistRequest request, CancellationToken cancellationToken)
    {
        if (!HasName(request))
        {
            return InvalidName();
        }

        var made = await playlists.CreateAsync(request.Name, request.Songs, cancellationToken);
        return CreatedAtAction(nameof(Get), new { id = made.Playlist.Id }, PlaylistResponse.Of(made));
    }

    /// <summary>A playlist.</summary>
    [HttpGet("playlists/{id:guid}")]
    [EndpointName("getPlaylist")]
    [ProducesResponseType<PlaylistResponse>(200, Description = "The playlist.")]
    [ProducesResponseType<ProblemDetails>(404, "application/problem+json", Description = "There is no such playlist.")]
    public async Task<ActionResult<PlaylistResponse>> Get([Description("Identity of the playlist.")] Guid id, CancellationToken cancellationToken) =>
        await playlists.FindAsync(id, cancellationToken) is { } found ? PlaylistResponse.Of(found) : NotFound();

    /// <summary>Replaces name and songs of a playlist: renames it, reorders, adds and removes songs in one step.</summary>
    [HttpPut("playlists/{id:guid}")]
    [EndpointName("replacePlaylist")]
    [ProducesResponseType<PlaylistResponse>(200, Description = "The playlist as it is now.")]
    [ProducesResponseType<ProblemDetails>(404, "application/problem+json", Description = "There is no such playlist.")]
    [ProducesResponseType<ProblemDetails>(400, "application/problem+json", Description = "The name is missing, or there are too many songs.")]
    [ProducesResponseType<ProblemDetails>(415, "application/problem+json", Description = "The body is no JSON.")]
    public async Task<ActionResult<PlaylistResponse>> Replace(
        [Description("Identity of the playlist.")] Guid id, PlaylistRequest request, CancellationToken cancellationToken)
    {
        if (!HasName(request))
        {
            return InvalidName();
        }

        return await playlists.ReplaceAsync(id, request.Name, request.Songs, cancellationToken) ? await Get(id, cancellationToken) : NotFound();
    }

    /// <summary>Deletes a playlist.</summary>
    [HttpDelete("playlists/{id:guid}")]
    [EndpointName("deletePlaylist")]
    [ProducesResponseType(204, Description = "Deleted.")]
    [ProducesResponseType<ProblemDetails>(404, "application/problem+json", Description = "There is no such playlist.")]
    public async Task<IActionResult> Delete([Description("Identity of the playlist.")] Guid id, CancellationToken cancellationToken) =>
        await playlists.DeleteAsync(id, cancellationToken) ? NoContent() : NotFound();

    /// <summary>Shares a playlist with readers.</summary>
    [HttpPut("playlists/{id:guid}/share")]
    [EndpointName("sharePlaylist")]
    [ProducesResponseType<PlaylistResponse>(200, Description = "The playlist with its `shareId`.")]
    [ProducesResponseType<ProblemDetails>(404, "application/problem+json", Description = "There is no such playlist.")]
    public async Task<ActionResult<PlaylistResponse>> Share([Description("Identity of the playlist.")] Guid id, CancellationToken cancellationToken) =>
        await playlists.ShareAsync(id, cancellationToken) ? await Get(id, cancellationToken) : NotFound();

    /// <summary>Takes a playlist back from its readers: its `shareId` is no more.</summary>
    [HttpDelete("playlists/{id:guid}/share")]
    [EndpointName("unsharePlaylist")]
    [ProducesResponseType(204, Description = "No longer shared.")]
    [ProducesResponseType<ProblemDetails>(404, "application/problem+json", Description = "There is no such playlist.")]
    public async Task<IActionResult> Unshare([Description("Identity of the playlist.")] Guid id, CancellationToken cancellationToken) =>
        await playlists.UnshareAsync(id, cancellationToken) ? NoContent() : NotFound();

    /// <summary>A playlist as a file.</summary>
    [HttpGet("playlists/{id:guid}/file")]
    [EndpointName("downloadPlaylist")]
    [Produces("audio/x-mpegurl", "text/csv", "application/json")]
    [ProducesResponseType(200, Description = "The file, as an attachment.")]
    [ProducesResponseType<ProblemDetails>(404, "application/problem+json", Description = "There is no such playlist.")]
    public async Task<IActionResult> Export(
        [Description("Identity of the playlist.")] Guid id,
        [Description("`M3u8` (addresses), `M3u8Files` (file names), `Csv` or `Json`.")] PlaylistFormat format,
        CancellationToken cancellationToken) =>
        await playlists.FindAsync(id, cancellationToken) is { } found ? Download.Of(this, format, found.Playlist.Name, found.Songs) : NotFound();

    /// <summary>A shared playlist.</summary>
    [HttpGet("shared-playlists/{shareId:guid}")]
    [EndpointName("getSharedPlaylist")]
    [ProducesResponseType<PlaylistResponse>(200, Description = "The playlist, without the identity by which it can be changed.")]
    [ProducesResponseType<ProblemDetails>(404, "application/problem+json", Description = "There is no such playlist.")]
    public async Task<ActionResult<PlaylistResponse>> GetShared(
        [Description("Identity for readers.")] Guid shareId, CancellationToken cancellationToken) =>
        await playlists.FindSharedAsync(shareId, cancellationToken) is { } found ? PlaylistResponse.ForReaders(found) : NotFound();

    /// <summary>A shared playlist as a file.</summary>
    [HttpGet("shared-playlists/{shareId:guid}/file")]
    [EndpointName("downloadSharedPlaylist")]
    [Produces("audio/x-mpegurl", "text/csv", "application/json")]
    [ProducesResponseType(200, Description = "The file, as an attachment.")]
    [ProducesResponseType<ProblemDetails>(404, "application/problem+json", Description = "There is no such playlist.")]
    public async Task<IActionResult> ExportShared(
        [Description("Identity for readers.")] Guid shareId,
        [Description("`M3u8` (addresses), `M3u8Files` (file names), `Csv` or `Json`.")] PlaylistFormat format,
        CancellationToken cancellationToken) =>
        await playlists.FindSharedAsync(shareId, cancellationToken) is { } found ? Download.Of(this, format, found.Playlist.Name, found.Songs) : NotFound();

    private static bool HasName(PlaylistRequest request) => SongNames.Clean(request.Name, Playlist.MaxNameLength).Length > 0;

    private StatusCodeResult InvalidName()
    {
        HttpContext.Items[typeof(Problem)] = problems.ForParameters([nameof(PlaylistRequest.Name)]);
        return StatusCode(StatusCodes.Status400BadRequest);
    }
}
