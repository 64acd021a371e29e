using System.Net;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Security;

public sealed class AntiforgeryTests(WebApp app) : IClassFixture<WebApp>
{
    [Theory]
    [InlineData("/account/login")]
    [InlineData("/account/logout")]
    [InlineData("/account/setup")]
    [InlineData("/language")]
    [InlineData("/admin/indexing/start")]
    [InlineData("/admin/indexing/cancel")]
    [InlineData("/admin/songs/00000000-0000-0000-0000-000000000000")]
    [InlineData("/admin/songs/00000000-0000-0000-0000-000000000000/delete")]
    public async Task Post_WithoutToken_IsRefused(string path)
    {
        using var client = await app.AdministratorAsync(address: $"192.0.2.{10 + path.Length}");

        var answer = await client.PostAsync(path, new FormUrlEncodedContent([new("culture", "en"), new("scope", "All")]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotNull((await answer.ReadPageAsync()).QuerySelector("h1"));
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
