using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Net.Http.Headers;
using MusicRec.Audio.Portraits;
using MusicRec.Catalog.Songs;
using MusicRec.Catalog.Uploads;
using MusicRec.Web.Security;

namespace MusicRec.Web.Features.Sound;

/// <summary>Pictures of sounds, for whoever may hear them: of catalog songs for all, of an upload for those who know its address.</summary>
[AllowAnonymous]
[ApiExplorerSettings(IgnoreApi = true)]
[EnableRateLimiting(RateLimits.Api)]
public sealed class PicturesController(SongCatalog songs, UploadService uploads, SoundStories stories) : Controller
{
    /// <summary>Counts up when the pictures of the same sound come to look different.</summary>
    private const int Look = 1;

    [HttpGet("/songs/{id:guid}/mel.png")]
    [HttpHead("/songs/{id:guid}/mel.png")]
    public Task<IActionResult> SongMel(Guid id, CancellationToken cancellationToken) => SongAsync(id, SoundPictures.Mel, cancellationToken);

    [HttpGet("/songs/{id:guid}/chroma.png")]
    [HttpHead("/songs/{id:guid}/chroma.png")]
    public Task<IActionResult> SongChroma(Guid id, CancellationToken cancellationToken) => SongAsync(id, SoundPictures.Chroma, cancellationToken);

    [HttpGet("/uploads/{id:guid}/mel.png")]
    [HttpHead("/uploads/{id:guid}/mel.png")]
    public Task<IActionResult> UploadMel(Guid id, CancellationToken cancellationToken) => UploadAsync(id, SoundPictures.Mel, cancellationToken);

    [HttpGet("/uploads/{id:guid}/chroma.png")]
    [HttpHead("/uploads/{id:guid}/chroma.png")]
    public Task<IActionResult> UploadChroma(Guid id, CancellationToken cancellationToken) => UploadAsync(id, SoundPictures.Chroma, cancellationToken);

    private async Task<IActionResult> SongAsync(Guid id, Func<SongPortrait, byte[]> draw, CancellationToken cancellationToken) =>
        await songs.FindAsync(id, cancellationToken) is { } song
            ? Picture(await stories.FindPortraitAsync(song, cancellationToken), song.Sha256, draw)
            : NotFound();

    private async Task<IActionResult> UploadAsync(Guid id, Func<SongPortrait, byte[]> draw, CancellationToken cancellationToken)
    {
        if (await uploads.FindAsync(id, cancellationToken) is not { } upload)
        {
            return NotFound();
        }

        Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        return Picture(await stories.FindPortraitAsync(upload, cancellationToken), upload.Sha256, draw);
    }

    private IActionResult Picture(SongPortrait? portrait, string sha256, Func<SongPortrait, byte[]> draw)
    {
        if (portrait is null)
        {
            return NotFound();
        }

        Response.Headers.CacheControl = "private, max-age=3600";
        return File(draw(portrait), "image/png", lastModified: null, new EntityTagHeaderValue($"\"{sha256}-{Look}\""));
    }
}
