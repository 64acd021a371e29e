using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using MusicRec.Catalog.Songs;
using MusicRec.Catalog.Tags;

namespace MusicRec.Web.Features.Covers;

/// <summary>The cover pictures of catalog songs. The type is the one that was found when the picture was stored, nothing else.</summary>
[AllowAnonymous]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class CoverController(SongCatalog songs) : Controller
{
    [HttpGet("/songs/{id:guid}/cover")]
    [HttpHead("/songs/{id:guid}/cover")]
    public async Task<IActionResult> Song(Guid id, CancellationToken cancellationToken)
    {
        if (await songs.FindAsync(id, cancellationToken) is not { Cover: { } kind } song || songs.OpenCover(id) is not { } picture)
        {
            return NotFound();
        }

        Response.Headers.CacheControl = "private, max-age=3600";
        return File(picture, TypeOf(kind), lastModified: null, new EntityTagHeaderValue($"\"{song.Sha256}\""));
    }

    private static string TypeOf(ImageKind kind) => kind switch
    {
        ImageKind.Jpeg => "image/jpeg",
        ImageKind.Png => "image/png",
        _ => "image/webp",
    };
}
