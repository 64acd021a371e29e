using System.Net.Mime;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using MusicRec.Audio.Decoding;
using MusicRec.Catalog.Songs;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Web.Features.Audio;

/// <summary>The sound of catalog songs and uploads, whole or in ranges, so that a player can seek.</summary>
[AllowAnonymous]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class AudioController(SongCatalog songs, UploadService uploads) : Controller
{
    [HttpGet("/songs/{id:guid}/audio")]
    [HttpHead("/songs/{id:guid}/audio")]
    public async Task<IActionResult> Song(Guid id, CancellationToken cancellationToken)
    {
        var song = await songs.FindAsync(id, cancellationToken);
        return Audio(song is null ? null : await songs.OpenAudioAsync(id, cancellationToken), song?.Sha256);
    }

    [HttpGet("/uploads/{id:guid}/audio")]
    [HttpHead("/uploads/{id:guid}/audio")]
    public async Task<IActionResult> Upload(Guid id, CancellationToken cancellationToken)
    {
        var upload = await uploads.FindAsync(id, cancellationToken);
        return Audio(upload is null ? null : await uploads.OpenAudioAsync(upload, cancellationToken), upload?.Sha256);
    }

    private IActionResult Audio(Stream? audio, string? sha256)
    {
        if (audio is null)
        {
            return NotFound();
        }

        Response.Headers.CacheControl = "private, max-age=3600";

        // By the bytes alone: what a visitor sends is never served as a page.
        var mediaType = AudioFormat.Recognize(audio)?.MediaType ?? MediaTypeNames.Application.Octet;
        return File(audio, mediaType, lastModified: null, new EntityTagHeaderValue($"\"{sha256}\""), enableRangeProcessing: true);
    }
}
