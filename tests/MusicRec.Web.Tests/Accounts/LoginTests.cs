using System.Net;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Accounts;

public sealed class LoginTests : IDisposable
{
    private readonly WebApp _app = new();

    [Fact]
    public async Task Login_RightPassword_LeadsWhereOneWanted()
    {
        using var client = _app.Visitor();

        var answer = await SignInAsync(client, WebApp.Password, "/admin/songs");

        Assert.Equal("/admin/songs", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task Login_ForeignReturnAddress_StaysHere(string returnUrl)
    {
        using var client = _app.Visitor();

        var answer = await SignInAsync(client, WebApp.Password, returnUrl);

        Assert.Equal("/admin", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Login_FiveWrongPasswords_LockTheAccount()
    {
        using var client = _app.Visitor();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await SignInAsync(client, "wrong password")).StatusCode);
        }

        var answer = await SignInAsync(client, WebApp.Password);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("15", (await answer.ReadPageAsync()).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await client.GetAsync("/admin")).StatusCode);
    }

    [Fact]
    public async Task Login_ManyTries_AreStoppedWithAMessage()
    {
        using var client = _app.Visitor();
        HttpResponseMessage? answer = null;
        for (var i = 0; i < 11; i++)
        {
            answer = await client.SubmitAsync("/account/login", new() { ["Email"] = $"nobody{i}@example.com", ["Password"] = "x" });
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, answer!.StatusCode);
        Assert.True(answer.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal("요청이 너무 많습니다", (await answer.ReadPageAsync()).QuerySelector("h1")!.TextContent);
        using var neighbour = _app.Visitor("198.51.100.7");
        Assert.Equal(HttpStatusCode.Found, (await SignInAsync(neighbour, WebApp.Password)).StatusCode);
    }

    [Fact]
    public async Task Login_UnknownAddress_SaysTheSameAsAWrongPassword()
    {
        using var client = _app.Visitor();
        var wrong = await SignInAsync(client, "wrong password");
        var unknown = await client.SubmitAsync("/account/login", new() { ["Email"] = "nobody@example.com", ["Password"] = "x" });

        Assert.Equal(wrong.StatusCode, unknown.StatusCode);
        Assert.Equal(await AlertAsync(wrong), await AlertAsync(unknown));
    }

    [Fact]
    public async Task Logout_EndsTheSession()
    {
        using var client = await _app.AdministratorAsync();

        await client.SubmitAsync("/admin", [], "/account/logout");

        Assert.Equal(HttpStatusCode.Found, (await client.GetAsync("/admin")).StatusCode);
    }

    public void Dispose() => _app.Dispose();

    private static async Task<string> AlertAsync(HttpResponseMessage answer) =>
        (await answer.ReadPageAsync()).QuerySelector("[role=alert]")!.TextContent.Trim();

    private static Task<HttpResponseMessage> SignInAsync(HttpClient client, string password, string returnUrl = "") =>
        client.SubmitAsync("/account/login", new() { ["Email"] = WebApp.Email, ["Password"] = password, ["ReturnUrl"] = returnUrl });
}
