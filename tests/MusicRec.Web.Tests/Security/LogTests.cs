using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Security;

/// <summary>What visitors send cannot write lines of its own into the log, and no secret gets there.</summary>
public sealed class LogTests : IDisposable
{
    private const string Forged = "info: forged[0] An administrator signed in";
    private const string Secret = "hunter2-hunter2-hunter2";

    private readonly LoggedApp _app = new();

    [Fact]
    public async Task Requests_WithLineBreaks_WriteNoLineOfTheirOwn()
    {
        using var client = await _app.AdministratorAsync();
        var encoded = Uri.EscapeDataString("\r\n" + Forged);
        foreach (var path in (string[])["/songs?query=", "/songs/", "/api/v1/songs?page=", "/admin/model/", "/openapi/", "/no-such-page/", "/account/login?returnUrl="])
        {
            await client.GetAsync(path + encoded);
        }

        await client.SubmitAsync("/account/login", new() { ["Email"] = $"a\r\n{Forged}", ["Password"] = Secret, ["ReturnUrl"] = $"/\r\n{Forged}" });
        await client.SubmitAsync("/", new() { ["culture"] = $"en\r\n{Forged}", ["returnUrl"] = $"/\r\n{Forged}" }, "/language");
        await client.PostAsync("/api/v1/analyses", new Multipart().File("file", $"a\n{Forged}.wav", TestWav.Tone()).Content());
        await client.PostAsync("/api/v1/analyses", new Multipart().File("file", $"x.wav\"; filename*=UTF-8''{encoded}; x=\"", TestWav.Executable()).Content());
        var add = new Multipart().Field(Browser.TokenField, await client.TokenAsync("/admin/songs/add")).Field("label", $"Rock\r\n{Forged}");
        await client.PostAsync("/admin/songs/add", add.File("files", "a.wav", TestWav.Tone(333)).Content());
        await IndexedSongs.WaitAsync(_app, 1);

        Assert.NotEmpty(OurLines());
        // What the framework says of an address keeps its line breaks until the console escapes them.
        Assert.DoesNotContain("\n", string.Concat(OurLines().Select(line => line.ReplaceLineEndings("\n"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_RightOrWrong_LeavesNoSecretInTheLog()
    {
        using var client = await _app.AdministratorAsync();
        var token = await client.TokenAsync("/account/login");
        await client.SubmitAsync("/account/login", new() { ["Email"] = "someone@example.com", ["Password"] = Secret });
        await client.SubmitAsync("/account/login", new() { ["Email"] = Secret, ["Password"] = Secret });
        var cookie = Assert.Single((await client.SubmitAsync("/account/login", new() { ["Email"] = WebApp.Email, ["Password"] = WebApp.Password }))
            .Headers.GetValues("Set-Cookie"), value => value.StartsWith("musicrec.session", StringComparison.Ordinal));

        Assert.Contains(_app.Lines, line => line.Contains("An administrator signed in", StringComparison.Ordinal));
        foreach (var secret in (string[])[Secret, WebApp.Password, token, cookie.Split('=', ';')[1]])
        {
            Assert.DoesNotContain(_app.Lines, line => line.Contains(secret, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Fault_OfOurs_IsLoggedButNotShown()
    {
        using var client = _app.Visitor();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await File.WriteAllTextAsync(_app.Storage.Database, "no database any more");

        var answer = await client.GetAsync("/songs");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.DoesNotContain("Sqlite", await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(_app.Lines, line => line.Contains("unhandled exception", StringComparison.OrdinalIgnoreCase));
    }

    public void Dispose() => _app.Dispose();

    private IEnumerable<string> OurLines() => _app.Lines.Where(line => line.StartsWith("MusicRec.", StringComparison.Ordinal));

    /// <summary>More than the default is logged: what the framework says of each request, too.</summary>
    private sealed class LoggedApp : WebApp
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        protected override Dictionary<string, string> Settings => new(base.Settings) { ["Logging:LogLevel:Microsoft.AspNetCore"] = "Information" };

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.AddSingleton<ILoggerProvider>(new Keeper(Lines)));
        }
    }

    private sealed class Keeper(ConcurrentQueue<string> lines, string category = "") : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => new Keeper(lines, categoryName);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{category}: {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
