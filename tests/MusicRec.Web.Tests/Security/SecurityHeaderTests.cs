using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Security;

public sealed class SecurityHeaderTests(WebApp app) : IClassFixture<WebApp>
{
    private static readonly string[] OpenPages = ["/", "/songs", "/about", "/mix", "/mix/path", "/playlists", "/account/login", "/error/404", "/no-such-page", "/uploads/00000000-0000-0000-0000-000000000000"];
    private static readonly string[] AdminPages = ["/admin", "/admin/songs", "/admin/songs/add", "/admin/indexing"];
    private static readonly string[] Others = ["/api/v1/songs", "/api/v1/no-such", "/openapi/v1.json", "/health/ready", "/css/base.css", "/js/indexing.js"];

    [Fact]
    public async Task Answers_All_CarryTheHeaders()
    {
        using var client = await app.AdministratorAsync();
        var routes = Route.All(app).Where(route => route.Method is "GET" or "ANY").Select(route => route.Address());
        foreach (var path in (string[])[.. OpenPages, .. AdminPages, .. Others, .. routes])
        {
            var answer = await client.GetAsync(path);

            Assert.Equal(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; "
                + "font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
                answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
            Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.Equal("camera=(), microphone=(), geolocation=(), interest-cohort=()", answer.Headers.GetValues("Permissions-Policy").Single());
            Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
            Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
            Assert.False(answer.Headers.Contains("Server"));
            Assert.False(answer.Headers.Contains("X-Powered-By"));
        }
    }

    [Fact]
    public async Task Pages_All_HaveNothingTheirPolicyForbids()
    {
        using var client = await app.AdministratorAsync();
        foreach (var path in (string[])[.. OpenPages, .. AdminPages])
        {
            var page = await (await client.GetAsync(path)).ReadPageAsync();

            Assert.NotNull(page.QuerySelector("h1"));
            Assert.NotEmpty(page.Title!);
            Assert.Empty(page.QuerySelectorAll("script:not([src]), style, [style]"));
            Assert.DoesNotContain(page.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Https_Answers_AskTheBrowserToStay_AndCookiesGoNowhereElse()
    {
        using var client = app.Visitor();

        var answer = await client.GetAsync("https://music.example/");

        Assert.StartsWith("max-age=", answer.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);
        Assert.Contains("secure", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Cookies_All_AreClosedToScriptsAndOtherSites()
    {
        using var client = app.Visitor();
        var form = await client.SubmitAsync("/account/login", new() { ["Email"] = WebApp.Email, ["Password"] = WebApp.Password });
        var language = await client.SubmitAsync("/", new() { ["culture"] = "en", ["returnUrl"] = "/" }, "/language");

        foreach (var cookie in form.Headers.GetValues("Set-Cookie").Concat(language.Headers.GetValues("Set-Cookie")))
        {
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        }
    }
}
