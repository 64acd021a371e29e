using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.Extensions.WebEncoders;
using MusicRec.Web.Features.Admin.Dashboard;
using MusicRec.Web.Features.Map;
using MusicRec.Web.Features.Mix;
using MusicRec.Web.Features.Playlists;
using MusicRec.Web.Features.Sound;
using MusicRec.Web.Problems;
using MusicRec.Web.Uploads;

namespace MusicRec.Web.Pages;

/// <summary>Registers and maps MVC by feature folders.</summary>
internal static class PageServices
{
    /// <summary>Whether this process answers visitors (<c>Pages:Enabled</c>); one that does not works in the background and tells its health.</summary>
    /// <exception cref="InvalidOperationException">The setting is neither true nor false.</exception>
    public static bool AreOn(IConfiguration configuration) => configuration.GetValue("Pages:Enabled", defaultValue: true);

    /// <summary>Maps pages, API and sounds.</summary>
    public static void MapPages(this WebApplication app)
    {
        // An action that says nothing is closed; what is open says [AllowAnonymous].
        app.MapControllers().RequireAuthorization();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
    }

    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddSingleton<OwnPlaylists>();
        services.AddSingleton<SoundStories>();
        services.AddSingleton<ListsOnPages>();
        services.AddControllersWithViews(options =>
            {
                options.Filters.Add(new AutoValidateAntiforgeryTokenAttribute());
                // Forms say what is missing in the visitor's language, not by the attribute's English.
                options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
            })
            .AddViewLocalization()
            .AddJsonOptions(options => options.JsonSerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All))
            .ConfigureApiBehaviorOptions(options =>
            {
                options.SuppressMapClientErrors = true;
                options.InvalidModelStateResponseFactory = ProblemHandling.InvalidParameters;
            });

        // Hangul stays readable in the source of a page; markup is escaped as ever.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.Configure<RouteOptions>(options => options.LowercaseUrls = true);
        services.Configure<RazorViewEngineOptions>(options =>
        {
            options.ViewLocationFormats.Clear();
            options.ViewLocationFormats.Add("/Features/{1}/{0}.cshtml");
            options.ViewLocationFormats.Add("/Features/Admin/{1}/{0}.cshtml");
            options.ViewLocationFormats.Add("/Features/Shared/{0}.cshtml");
        });
        services.AddAntiforgery(options =>
        {
            options.FormFieldName = UploadedFileReader.TokenField;
            options.HeaderName = UploadedFileReader.TokenHeader;
            options.Cookie.Name = "musicrec.antiforgery";
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // The security headers middleware sets frame-ancestors and X-Frame-Options for every answer.
            options.SuppressXFrameOptionsHeader = true;
        });
        return services.AddSingleton<MapFiles>().AddSingleton<LiveProgress>();
    }
}
