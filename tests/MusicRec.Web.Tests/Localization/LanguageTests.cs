using System.Net;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Localization;

public sealed class LanguageTests(WebApp app) : IClassFixture<WebApp>
{
    [Theory]
    [InlineData(null, "/account/login", "ko")]
    [InlineData("ko-KR,ko;q=0.9", "/account/login", "ko")]
    [InlineData("en-US,en;q=0.9", "/account/login", "en")]
    [InlineData("de-DE,de;q=0.9", "/account/login", "ko")]
    [InlineData("en", "/account/login?culture=ko", "ko")]
    [InlineData("ko", "/account/login?culture=en", "en")]
    [InlineData("ko", "/account/login?culture=xx", "ko")]
    public async Task Page_Asked_IsInTheLanguageWanted(string? accepted, string path, string expected)
    {
        using var client = app.Visitor();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", accepted);

        var page = await client.PageAsync(path);

        Assert.Equal(expected, page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(expected == "ko" ? "관리자 로그인" : "Administrator sign-in", page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Language_Chosen_IsKept()
    {
        using var client = app.Visitor();

        var answer = await client.SubmitAsync("/", new() { ["culture"] = "en", ["returnUrl"] = "/songs?query=a&culture=ko" }, "/language");

        Assert.Equal("/songs?query=a", answer.Headers.Location!.OriginalString);
        Assert.Equal("en", (await client.PageAsync("/songs")).DocumentElement.GetAttribute("lang"));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("")]
    public async Task Language_ForeignReturnAddress_StaysHere(string returnUrl)
    {
        using var client = app.Visitor();

        var answer = await client.SubmitAsync("/", new() { ["culture"] = "en", ["returnUrl"] = returnUrl }, "/language");

        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Language_ChosenOnAKoreanAddress_LeadsBackThere()
    {
        using var client = app.Visitor();

        var answer = await client.SubmitAsync("/", new() { ["culture"] = "en", ["returnUrl"] = "/가" }, "/language");

        Assert.Equal("/%EA%B0%80", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/songs?query=%EF%BF%BE")]
    [InlineData("/songs?query=LONG")]
    public async Task Search_EndlessOrBrokenWords_IsAnswered(string path)
    {
        using var client = app.Visitor();
        var endless = string.Join('+', Enumerable.Range(0, 2000));

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(path.Replace("LONG", endless, StringComparison.Ordinal))).StatusCode);
    }

    [Fact]
    public async Task Language_Unknown_IsRefused()
    {
        using var client = app.Visitor();

        var answer = await client.SubmitAsync("/", new() { ["culture"] = "xx" }, "/language");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
