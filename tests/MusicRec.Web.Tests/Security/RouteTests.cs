using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Security;

/// <summary>Who may ask for what, walked from the program's own route table: a new route without a rule fails here.</summary>
public sealed class RouteTests(WebApp app) : IClassFixture<WebApp>
{
    private const string MemberEmail = "member@example.com";

    private static readonly HashSet<string> Open =
    [
        "GET /", "HEAD /", "POST /", "GET /uploads/{id}", "GET /uploads/{id}/audio", "HEAD /uploads/{id}/audio",
        "GET /songs", "GET /songs/{id}", "GET /songs/{id}/audio", "HEAD /songs/{id}/audio",
        "GET /uploads/{id}/mel.png", "HEAD /uploads/{id}/mel.png", "GET /uploads/{id}/chroma.png", "HEAD /uploads/{id}/chroma.png",
        "GET /songs/{id}/mel.png", "HEAD /songs/{id}/mel.png", "GET /songs/{id}/chroma.png", "HEAD /songs/{id}/chroma.png",
        "GET /songs/{id}/cover", "HEAD /songs/{id}/cover",
        "GET /map", "GET /map/points", "GET /map/{tag}/songs/{point}", "GET /map/{tag}/search", "GET /map/list",
        "GET /about", "GET /api", "GET /offline", "POST /theme", "POST /language", "GET /demo/progress", "ANY /error/{code}",
        "GET /account/login", "POST /account/login", "GET /account/setup", "POST /account/setup",
        "POST /api/v1/analyses", "GET /api/v1/analyses/{id}",
        "GET /api/v1/songs", "GET /api/v1/songs/{id}", "GET /api/v1/songs/{id}/similar", "GET /api/v1/songs/{id}/sound", "GET /api/v1/analyses/{id}/sound", "GET /api/v1/map",
        "GET /mix", "GET /mix/path", "GET /mix/file", "GET /playlists", "GET /playlists/add", "POST /playlists",
        "GET /playlists/{id}", "GET /playlists/{id}/file", "POST /playlists/{id}/name", "POST /playlists/{id}/songs", "POST /playlists/{id}/remove",
        "POST /playlists/{id}/move", "POST /playlists/{id}/share", "POST /playlists/{id}/unshare", "POST /playlists/{id}/delete",
        "GET /shared/{id}", "GET /shared/{id}/file",
        "GET /api/v1/lists", "GET /api/v1/paths", "POST /api/v1/playlists", "GET /api/v1/playlists/{id}", "PUT /api/v1/playlists/{id}",
        "DELETE /api/v1/playlists/{id}", "PUT /api/v1/playlists/{id}/share", "DELETE /api/v1/playlists/{id}/share",
        "GET /api/v1/playlists/{id}/file", "GET /api/v1/shared-playlists/{shareId}", "GET /api/v1/shared-playlists/{shareId}/file",
        "GET /openapi/{documentName}.json", "ANY /health/live", "ANY /health/ready",
    ];

    [Fact]
    public void Endpoints_MarkedOpen_AreTheListedOnes()
    {
        var marked = Route.All(app).Where(route => route.IsOpen).Select(route => route.Name);

        Assert.Equal(Open.Order(StringComparer.Ordinal), marked.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Endpoints_NotOpen_SendStrangersToSignIn()
    {
        using var client = app.Visitor();
        foreach (var route in Closed())
        {
            var answer = await client.SendAsync(route.Request());

            Assert.True(answer.StatusCode == HttpStatusCode.Found, $"{route.Name} answered {answer.StatusCode}");
            Assert.StartsWith("/account/login", answer.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Endpoints_NotOpen_AreForbiddenToAccountsWithoutTheRole()
    {
        using var client = await MemberAsync();
        foreach (var route in Closed())
        {
            var answer = await client.SendAsync(route.Request());

            Assert.True(answer.StatusCode == HttpStatusCode.Found, $"{route.Name} answered {answer.StatusCode}");
            Assert.StartsWith("/error/403", answer.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Endpoints_NotOpen_LetTheAdministratorIn()
    {
        using var client = await app.AdministratorAsync();
        foreach (var route in Closed().Where(route => route.Pattern != "/account/logout"))
        {
            var answer = await client.SendAsync(route.Request());

            // A form without its token is 400, without its file 415, an id that nothing has 404: all of that comes after the door.
            Assert.True(
                answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent or HttpStatusCode.BadRequest
                    or HttpStatusCode.NotFound or HttpStatusCode.UnsupportedMediaType,
                $"{route.Name} answered {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Endpoints_Open_AnswerStrangersWithoutSignIn()
    {
        using var client = app.Visitor("203.0.113.60");
        foreach (var route in Route.All(app).Where(route => route.IsOpen && route.Method != "POST"))
        {
            var answer = await client.SendAsync(route.Request());

            Assert.DoesNotContain(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.Found, HttpStatusCode.InternalServerError, HttpStatusCode.TooManyRequests]);
        }
    }

    private List<Route> Closed()
    {
        var closed = Route.All(app).Where(route => !Open.Contains(route.Name)).ToList();
        Assert.NotEmpty(closed);
        return closed;
    }

    /// <summary>Somebody with an account who is no administrator.</summary>
    private async Task<HttpClient> MemberAsync()
    {
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>();
            var created = await users.CreateAsync(new IdentityUser(MemberEmail) { Email = MemberEmail, EmailConfirmed = true }, WebApp.Password);
            Assert.True(created.Succeeded);
        }

        var client = app.Visitor("203.0.113.61");
        var answer = await client.SubmitAsync("/account/login", new() { ["Email"] = MemberEmail, ["Password"] = WebApp.Password });
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return client;
    }
}
