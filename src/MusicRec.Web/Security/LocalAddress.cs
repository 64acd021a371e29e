namespace MusicRec.Web.Security;

/// <summary>An address to go back to, as a form sent it.</summary>
internal static class LocalAddress
{
    private static readonly Uri Site = new("http://this.site");

    /// <summary>The address, fit for a header, if it is one of this site; else null.</summary>
    public static string? Of(string? returnUrl) =>
        returnUrl is ['/', not ('/' or '\\'), ..] or "/" && Uri.TryCreate(Site, returnUrl, out var address) && address.Host == Site.Host
            ? address.PathAndQuery
            : null;
}
