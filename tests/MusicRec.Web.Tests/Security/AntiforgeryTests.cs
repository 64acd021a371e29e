using System.Net;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Security;

public sealed class AntiforgeryTests(WebApp app) : IClassFixture<WebApp>
{
    /// <summary>The API has no cookies, hence nothing to forge; the error page only shows.</summary>
    private static readonly HashSet<string> WithoutToken =
    [
        "POST /api/v1/analyses", "POST /api/v1/playlists", "PUT /api/v1/playlists/{id}", "DELETE /api/v1/playlists/{id}",
        "PUT /api/v1/playlists/{id}/share", "DELETE /api/v1/playlists/{id}/share",
    ];

    [Fact]
    public async Task EveryForm_WithoutToken_IsRefused()
    {
        var forms = Route.All(app).Where(route => route.Method is not ("GET" or "HEAD" or "ANY")).ToList();
        Assert.Superset(WithoutToken, forms.Select(route => route.Name).ToHashSet());
        var address = 0;
        foreach (var route in forms.Where(route => !WithoutToken.Contains(route.Name)))
        {
            using var client = await app.AdministratorAsync(address: $"203.0.113.{++address}");
            using var request = route.Request();
            request.Content = route.Pattern is "/" or "/admin/songs/add"
                ? new Multipart().File("file", "a.wav", TestWav.Tone()).Content()
                : new FormUrlEncodedContent([new("culture", "en"), new("scope", "All"), new("ranking", "Cosine"), new("version", "x")]);

            var answer = await client.SendAsync(request);

            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{route.Name} answered {answer.StatusCode}");
            Assert.NotNull((await answer.ReadPageAsync()).QuerySelector("h1"));
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/admin/songs/add")]
    public async Task Upload_WithoutToken_StoresNothing(string path)
    {
        using var client = await app.AdministratorAsync();

        var answer = await client.PostAsync(path, new Multipart().File("file", "a.wav", TestWav.Tone()).Content());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(app.UploadedFiles());
        Assert.Empty(Directory.GetFiles(app.Storage.Songs, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Upload_TokenAfterTheFile_StoresNothing()
    {
        using var client = app.Visitor();
        var token = await client.TokenAsync("/");

        var answer = await client.PostAsync("/", new Multipart().File("file", "a.wav", TestWav.Tone()).Field(Browser.TokenField, token).Content());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(app.UploadedFiles());
    }

    [Fact]
    public async Task Upload_TokenOfAnotherVisitor_IsRefused()
    {
        using var other = app.Visitor();
        using var client = app.Visitor();
        await client.TokenAsync("/");
        var token = await other.TokenAsync("/");

        var answer = await client.PostAsync("/", new Multipart().Field(Browser.TokenField, token).File("file", "a.wav", TestWav.Tone()).Content());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
