using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MusicRec.Web.Features.Shared;
using MusicRec.Web.Security;

namespace MusicRec.Web.Features.Theme;

/// <summary>Keeps the choice between light and dark in a cookie.</summary>
[AllowAnonymous]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class ThemeController : Controller
{
    [HttpPost("/theme")]
    public IActionResult Choose(string? theme, string? returnUrl)
    {
        if (!Appearance.Choices.Contains(theme))
        {
            return BadRequest();
        }

        var options = new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true, Secure = Request.IsHttps };
        if (theme == Appearance.System)
        {
            Response.Cookies.Delete(Appearance.CookieName, options);
        }
        else
        {
            Response.Cookies.Append(Appearance.CookieName, theme!, options);
        }

        return LocalRedirect(LocalAddress.Of(returnUrl) ?? "/");
    }
}
