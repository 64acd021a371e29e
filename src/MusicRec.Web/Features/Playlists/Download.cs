using Microsoft.AspNetCore.Mvc;
using MusicRec.Catalog;
using MusicRec.Catalog.Playlists;

namespace MusicRec.Web.Features.Playlists;

/// <summary>A list of songs as a file to take away.</summary>
internal static class Download
{
    /// <summary>The answer with the file; songs have their full addresses on this site in it.</summary>
    public static IActionResult Of(ControllerBase controller, PlaylistFormat format, string name, IReadOnlyList<Song> songs)
    {
        if (!Enum.IsDefined(format))
        {
            return controller.NotFound();
        }

        var request = controller.Request;
        var site = $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}";
        var bytes = PlaylistFile.Write(format, name, songs, song => $"{site}/songs/{song.Id}/audio");
        return controller.File(bytes, PlaylistFile.MediaTypeOf(format), PlaylistFile.NameOf(format, name));
    }
}
