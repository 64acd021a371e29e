using System.Net;
using System.Text.Json;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Uploads;

/// <summary>Limits that the real server sets before our code sees a byte; the test server has none.</summary>
public sealed class RequestLimitTests : IDisposable
{
    private readonly UploadTests.SmallLimit _app = new();

    public RequestLimitTests()
    {
        _app.UseKestrel(0);
        _app.StartServer();
    }

    [Fact]
    public async Task Create_BodyFarOverTheLimit_IsTooLargeInWords()
    {
        using var client = _app.Visitor();
        // The client waits for the server's word before it sends the body.
        client.DefaultRequestHeaders.ExpectContinue = true;

        var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "a.wav", TestWav.OfLength(8 << 20)).Content());

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("FileTooLarge", JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString());
        Assert.Empty(_app.UploadedFiles());
    }

    [Fact]
    public async Task Create_FileAtTheLimit_IsAccepted()
    {
        using var client = _app.Visitor();

        var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "a.wav", TestWav.OfLength(1 << 20)).Content());

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task Add_ManyFilesOverTheLimitTogether_AreAccepted()
    {
        using var client = await _app.AdministratorAsync();
        var form = new Multipart().Field(Browser.TokenField, await client.TokenAsync("/admin/songs/add"));
        for (var i = 0; i < 4; i++)
        {
            form.File("files", $"{i}.wav", TestWav.Tone(300 + i, samples: 400_000));
        }

        var page = await (await client.PostAsync("/admin/songs/add", form.Content())).ReadPageAsync();

        Assert.All(page.QuerySelectorAll("tbody .badge"), badge => Assert.Equal("추가됨", badge.TextContent));
        Assert.Equal(4, page.QuerySelectorAll("tbody .badge").Length);
    }

    public void Dispose() => _app.Dispose();
}
