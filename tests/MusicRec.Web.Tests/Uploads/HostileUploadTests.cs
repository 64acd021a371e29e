using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Uploads;

public sealed class HostileUploadTests : IDisposable
{
    private readonly WebApp _app = new();

    public static TheoryData<string, int, string> BadFiles => new()
    {
        { nameof(TestWav.Executable), 415, "UnknownFormat" },
        { nameof(TestWav.TruncatedHeader), 422, "DamagedHeader" },
        { nameof(TestWav.ZeroChannels), 422, "ChannelCount" },
        { nameof(TestWav.FourGigabytesClaimed), 422, "NoSamples" },
        { nameof(TestWav.NoSamples), 422, "NoSamples" },
        { nameof(TestWav.NotANumber), 422, "NonFiniteSamples" },
        { "Empty", 422, "EmptyFile" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task Create_BadFile_IsRefusedAndLeavesNothing(string kind, int status, string code)
    {
        using var client = _app.Visitor();

        var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "노래.wav", Make(kind)).Content());

        Assert.Equal(status, (int)answer.StatusCode);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(code, JsonDocument.Parse(body).RootElement.GetProperty("code").GetString());
        Assert.DoesNotContain("{0}", body, StringComparison.Ordinal);
        await AssertNothingStoredAsync();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);
    }

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task Post_BadFileByForm_ShowsWhy(string kind, int status, string code)
    {
        using var client = _app.Visitor();
        var token = await client.TokenAsync("/");

        var answer = await client.PostAsync("/", new Multipart().Field(Browser.TokenField, token).File("file", $"{code}.wav", Make(kind)).Content());

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.NotEmpty((await answer.ReadPageAsync()).QuerySelector("[role=alert]")!.TextContent.Trim());
        await AssertNothingStoredAsync();
    }

    [Fact]
    public async Task Create_BodyCutOff_IsRefusedAndLeavesNothing()
    {
        using var client = _app.Visitor();

        var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "a.wav", TestWav.Tone()).Content(complete: false));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await AssertNothingStoredAsync();
    }

    [Theory]
    [InlineData("../../../etc/passwd.wav")]
    [InlineData("..\\..\\windows\\system.wav")]
    [InlineData("C:\\Users\\me\\song.wav")]
    [InlineData("a\0b.wav")]
    [InlineData("\ufffe노래.wav")]
    [InlineData("CON.wav")]
    [InlineData("-rf.wav")]
    [InlineData("<script>alert(1)</script>.wav")]
    [InlineData("‮vaw.exe.wav")]
    [InlineData("LONG")]
    [InlineData("NFD")]
    public async Task Create_HostileName_IsOnlyText(string name)
    {
        name = name switch
        {
            "LONG" => new string('가', 300) + ".wav",
            "NFD" => "아이유_밤편지.wav".Normalize(NormalizationForm.FormD),
            _ => name,
        };
        using var client = _app.Visitor();

        var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", name, TestWav.Tone()).Content());

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var analysis = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        var shown = analysis.GetProperty("fileName").GetString()!;
        Assert.True(shown.Length <= 255 && shown.IsNormalized() && !shown.Any(char.IsControl), shown);
        Assert.DoesNotContain("..", shown, StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{64}", Path.GetFileName(Assert.Single(_app.UploadedFiles())));
        var page = await client.PageAsync($"/uploads/{analysis.GetProperty("id").GetString()}");
        Assert.Empty(page.QuerySelectorAll("script:not([src])"));
    }

    public void Dispose() => _app.Dispose();

    private static byte[] Make(string kind) => kind switch
    {
        nameof(TestWav.Executable) => TestWav.Executable(),
        nameof(TestWav.TruncatedHeader) => TestWav.TruncatedHeader(),
        nameof(TestWav.ZeroChannels) => TestWav.ZeroChannels(),
        nameof(TestWav.FourGigabytesClaimed) => TestWav.FourGigabytesClaimed(),
        nameof(TestWav.NoSamples) => TestWav.NoSamples(),
        nameof(TestWav.NotANumber) => TestWav.NotANumber(),
        _ => [],
    };

    private async Task AssertNothingStoredAsync()
    {
        Assert.Empty(_app.UploadedFiles());
        await using var scope = _app.Services.CreateAsyncScope();
        Assert.Equal(0, await scope.ServiceProvider.GetRequiredService<CatalogContext>().Uploads.CountAsync());
    }
}
