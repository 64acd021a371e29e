using System.Net;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Web.Accounts;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Accounts;

public sealed class SetupTests : IDisposable
{
    private readonly NoAccount _app = new();

    [Fact]
    public async Task Setup_RightCode_MakesTheAccountSignsInAndCloses()
    {
        using var client = _app.Visitor();

        var answer = await client.SubmitAsync("/account/setup", Form(Code.ToLowerInvariant().Insert(4, "-")));

        Assert.Equal("/admin", answer.Headers.Location!.OriginalString);
        await client.PageAsync("/admin");
        using var next = _app.Visitor();
        Assert.Equal(HttpStatusCode.NotFound, (await next.GetAsync("/account/setup")).StatusCode);
        var again = await next.SubmitAsync("/account/login", Form("ABCD-2345"), "/account/setup");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA-AAAA")]
    [InlineData("-")]
    public async Task Setup_WrongCode_MakesNothing(string code)
    {
        using var client = _app.Visitor();

        var answer = await client.SubmitAsync("/account/setup", Form(code));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True(await _app.Services.GetRequiredService<FirstAccount>().IsOpenAsync());
    }

    [Theory]
    [InlineData("admin@example.com", "short")]
    [InlineData("admin@example.com", "aaaaaaaaaaaaaaaa")]
    [InlineData("no address", "correct horse battery")]
    [InlineData("", "correct horse battery")]
    public async Task Setup_WeakPasswordOrBadAddress_SaysSoAndStaysOpen(string email, string password)
    {
        using var client = _app.Visitor();

        var answer = await client.SubmitAsync("/account/setup", new() { ["Code"] = Code, ["Email"] = email, ["Password"] = password });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.ReadPageAsync();
        Assert.Contains(page.QuerySelectorAll("span.error"), error => error.TextContent.Trim().Length > 0);
        Assert.True(await _app.Services.GetRequiredService<FirstAccount>().IsOpenAsync());
    }

    [Fact]
    public async Task Setup_ManyGuesses_AreStopped()
    {
        using var client = _app.Visitor();
        var token = await client.TokenAsync("/account/setup");
        HttpResponseMessage? answer = null;
        for (var i = 0; i < 6; i++)
        {
            answer = await client.PostAsync("/account/setup", new FormUrlEncodedContent([new("Code", $"GUESS00{i}"), new(Browser.TokenField, token)]));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, answer!.StatusCode);
    }

    [Fact]
    public async Task Login_BeforeSetup_LeadsToSetup()
    {
        using var client = _app.Visitor();

        var answer = await client.GetAsync("/account/login");

        Assert.Equal("/account/setup", answer.Headers.Location!.OriginalString);
    }

    public void Dispose() => _app.Dispose();

    private string Code => _app.Services.GetRequiredService<FirstAccount>().Code!;

    private static Dictionary<string, string> Form(string code) =>
        new() { ["Code"] = code, ["Email"] = WebApp.Email, ["Password"] = WebApp.Password };

    private sealed class NoAccount : WebApp
    {
        protected override Dictionary<string, string> Settings => [];
    }
}
