using System.Diagnostics;
using System.Globalization;
using System.Net;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Postgres.Tests;

/// <summary>A server of its own is stopped and started again while the program runs.</summary>
public sealed class DatabaseAwayTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_StoppedAndStarted_IsSaidInWordsAndEndsByItself()
    {
        await using var server = await PostgresServer.StartOwnAsync();
        await server.ExecuteAsync("CREATE DATABASE away");
        await using var app = new Node(server.ConnectionString("away"));
        using var client = await app.AdministratorAsync();
        await AddAsync(client, 300);
        await IndexedSongs.WaitAsync(app, 1);

        await server.StopAsync();
        foreach (var path in (string[])["/songs", "/admin", "/api/v1/songs"])
        {
            foreach (var (language, words) in ((string, string)[])[("ko", "데이터베이스가 응답하지 않습니다"), ("en", "The database does not answer")])
            {
                await AssertAwayAsync(client, path, language, words);
            }
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live", Stop)).StatusCode);

        // Long enough for everything that works in the background to have failed.
        var seconds = int.Parse(Environment.GetEnvironmentVariable("MUSICREC_AWAY_SECONDS") ?? "4", CultureInfo.InvariantCulture);
        await Task.Delay(TimeSpan.FromSeconds(seconds), Stop);
        await server.StartAgainAsync();
        var clock = Stopwatch.StartNew();
        while ((await client.GetAsync("/songs", Stop)).StatusCode != HttpStatusCode.OK)
        {
            await Task.Delay(20, Stop);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"away for {seconds} s, pages again after {clock.Elapsed.TotalSeconds:F1} s"));
        await AddAsync(client, 500);
        await IndexedSongs.WaitAsync(app, 2);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"a new song indexed after {clock.Elapsed.TotalSeconds:F1} s"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/songs", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready", Stop)).StatusCode);
    }

    private static async Task AssertAwayAsync(HttpClient client, string path, string language, string words)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Language", language);
        var answer = await client.SendAsync(request, Stop);
        var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
        Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{path}: {answer.StatusCode}");
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter!.Delta);
        Assert.Contains(words, System.Text.RegularExpressions.Regex.Unescape(text.Replace("\\\"", "\"", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain("Npgsql", text, StringComparison.Ordinal);
    }

    private static async Task AddAsync(HttpClient client, double hertz)
    {
        var form = new Multipart().Field(Browser.TokenField, await client.TokenAsync("/admin/songs/add"));
        var answer = await client.PostAsync("/admin/songs/add", form.File("files", $"가수_{hertz}.wav", TestWav.Tone(hertz)).Content(), Stop);
        Assert.True((int)answer.StatusCode < 400, $"{answer.StatusCode}");
    }

    private sealed class Node(string connectionString) : WebApp
    {
        protected override Dictionary<string, string> Settings => new(base.Settings)
        {
            ["Catalog:Provider"] = "PostgreSql",
            ["Catalog:ConnectionString"] = connectionString,
        };
    }
}
