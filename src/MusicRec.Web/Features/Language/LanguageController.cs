using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using MusicRec.Web.Localization;
using MusicRec.Web.Security;

namespace MusicRec.Web.Features.Language;

/// <summary>Keeps the chosen language in a cookie.</summary>
[AllowAnonymous]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class LanguageController : Controller
{
    [HttpPost("/language")]
    public IActionResult Choose(string? culture, string? returnUrl)
    {
        if (!Languages.Supported.Contains(culture))
        {
            return BadRequest();
        }

        Response.Cookies.Append(
            Languages.CookieName,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture!)),
            new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true, Secure = Request.IsHttps });
        return LocalRedirect(LocalAddress.Of(returnUrl) is { } address ? WithoutCulture(address) : "/");
    }

    /// <summary>A <c>culture</c> in the address would win over the cookie just set.</summary>
    private static string WithoutCulture(string url)
    {
        var parts = url.Split('?', 2);
        if (parts.Length == 1)
        {
            return url;
        }

        var kept = QueryHelpers.ParseQuery(parts[1]).Where(pair => pair.Key is not ("culture" or "ui-culture"));
        return QueryHelpers.AddQueryString(parts[0], kept);
    }
}
