using System.Net;
using System.Text.Json;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Uploads;

public sealed class UploadTests(UploadTests.SmallLimit app) : IClassFixture<UploadTests.SmallLimit>
{
    private const int Limit = 1 << 20;

    [Fact]
    public async Task Create_AtTheLimit_IsAccepted()
    {
        using var client = app.Visitor();

        var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "a.wav", TestWav.OfLength(Limit)).Content());

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task Create_OneByteOverTheLimit_IsTooLarge()
    {
        using var client = app.Visitor();
        var before = app.UploadedFiles().Length;

        var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "a.wav", [.. TestWav.OfLength(Limit), 0]).Content());

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("FileTooLarge", problem.GetProperty("code").GetString());
        Assert.Contains("1 MB", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, app.UploadedFiles().Length);
    }

    [Fact]
    public async Task Post_Form_LeadsToTheResultPage()
    {
        using var client = app.Visitor();
        var token = await client.TokenAsync("/");

        var answer = await client.PostAsync("/", new Multipart().Field(Browser.TokenField, token).File("file", "가수_노래.wav", TestWav.Tone(300)).Content());

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var page = await client.PageAsync(answer.Headers.Location!.OriginalString);
        Assert.Contains("가수_노래.wav", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("audio"));
    }

    [Fact]
    public async Task Post_TokenAsHeader_IsAccepted()
    {
        using var client = app.Visitor();
        client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", await client.TokenAsync("/"));

        var answer = await client.PostAsync("/", new Multipart().File("file", "a.wav", TestWav.Tone(310)).Content());

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task Post_NoFileChosen_SaysSo()
    {
        using var client = app.Visitor();
        var token = await client.TokenAsync("/");

        var answer = await client.PostAsync("/", new Multipart().Field(Browser.TokenField, token).File("file", "", []).Content());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Post_FieldTooLong_IsRefused()
    {
        using var client = app.Visitor();

        var answer = await client.PostAsync("/", new Multipart().Field(Browser.TokenField, new string('a', 5000)).File("file", "a.wav", TestWav.Tone()).Content());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    public sealed class SmallLimit : WebApp
    {
        protected override Dictionary<string, string> Settings => new(base.Settings) { ["Upload:MaxBytes"] = "1048576" };
    }
}
