using Microsoft.AspNetCore.Localization;

namespace MusicRec.Web.Localization;

/// <summary>Korean first; English by <c>?culture=</c>, cookie or Accept-Language.</summary>
internal static class Languages
{
    public static readonly string[] Supported = ["ko", "en"];

    public static IServiceCollection AddLanguages(this IServiceCollection services)
    {
        services.AddLocalization();
        return services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(Supported[0]).AddSupportedCultures(Supported).AddSupportedUICultures(Supported);
            options.ApplyCurrentCultureToResponseHeaders = true;
            options.RequestCultureProviders.OfType<CookieRequestCultureProvider>().Single().CookieName = CookieName;
        });
    }

    public const string CookieName = "musicrec.culture";
}
