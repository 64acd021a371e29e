using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace MusicRec.Web.Features.Playlists;

/// <summary>
/// The playlists that a browser remembers as its own: their ids in a cookie that only this site can read or write. Forgetting them loses
/// no playlist whose address was kept.
/// </summary>
public sealed class OwnPlaylists(IDataProtectionProvider protection)
{
    /// <summary>Playlists that one browser remembers at most: a cookie is small.</summary>
    public const int Most = 50;

    private const string CookieName = "musicrec.playlists";
    private const int IdBytes = 16;

    private readonly IDataProtector _protector = protection.CreateProtector("MusicRec.OwnPlaylists.v1");

    /// <summary>The remembered ids, the newest first; none if the cookie is missing or not ours.</summary>
    public IReadOnlyList<Guid> Read(HttpRequest request)
    {
        if (request.Cookies[CookieName] is not { } cookie)
        {
            return [];
        }

        try
        {
            var bytes = _protector.Unprotect(WebEncoders.Base64UrlDecode(cookie));
            return [.. bytes.Chunk(IdBytes).Where(id => id.Length == IdBytes).Select(id => new Guid(id))];
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return [];
        }
    }

    /// <summary>Remembers a playlist; if there are too many already, it is only known by its address.</summary>
    public void Remember(HttpContext context, Guid id)
    {
        var ids = Read(context.Request);
        if (!ids.Contains(id) && ids.Count < Most)
        {
            Write(context, [id, .. ids]);
        }
    }

    /// <summary>Forgets playlists that are gone.</summary>
    public void Forget(HttpContext context, IReadOnlyCollection<Guid> gone)
    {
        if (gone.Count > 0)
        {
            Write(context, [.. Read(context.Request).Except(gone)]);
        }
    }

    private void Write(HttpContext context, IReadOnlyList<Guid> ids) => context.Response.Cookies.Append(
        CookieName,
        WebEncoders.Base64UrlEncode(_protector.Protect([.. ids.SelectMany(id => id.ToByteArray())])),
        new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true, Secure = context.Request.IsHttps });
}
