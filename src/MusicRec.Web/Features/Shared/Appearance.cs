namespace MusicRec.Web.Features.Shared;

/// <summary>Light or dark: what a visitor chose, in a cookie, so that the page comes as it shall look.</summary>
internal static class Appearance
{
    public const string CookieName = "musicrec.theme";

    /// <summary>As the visitor's device says; no cookie.</summary>
    public const string System = "system";

    public static readonly string[] Choices = ["light", "dark", System];

    /// <summary>The visitor's choice; null for the device's.</summary>
    public static string? Of(HttpRequest request) =>
        request.Cookies[CookieName] is { } chosen && chosen != System && Choices.Contains(chosen) ? chosen : null;
}
