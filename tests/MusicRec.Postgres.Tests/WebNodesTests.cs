using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Postgres.Tests;

/// <summary>Two web processes behind a balancer that sends every request to the other one than the one before.</summary>
public sealed class WebNodesTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("musicrec-nodes-");
    private TestDatabase _database = null!;
    private Node _one = null!;
    private Node _another = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateEmptyAsync();
        (_one, _another) = (new Node(_folder, _database, []), new Node(_folder, _database, []));

        // At once, as an orchestrator starts them: tables, account and keys are made by one of them.
        await Task.WhenAll(Task.Run(() => _one.Server), Task.Run(() => _another.Server));
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _another.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task SignIn_FormOfOneNodeSentToTheOther_CountsOnBoth()
    {
        using var browser = Browser();

        var answer = await browser.SubmitAsync("/account/login", new() { ["Email"] = WebApp.Email, ["Password"] = WebApp.Password });

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        await browser.PageAsync("/admin");
        await browser.PageAsync("/admin");
    }

    [Fact]
    public async Task SignIn_AddressWithAZeroInIt_IsWrongAndNoFault()
    {
        using var browser = Browser();

        var answer = await browser.SubmitAsync("/account/login", new() { ["Email"] = "a\0@example.com", ["Password"] = "b\0" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("/songs?query=%00&genre=%00")]
    [InlineData("/api/v1/songs?query=a%00b&genre=%00")]
    [InlineData("/api/v1/songs?query=%ED%A0%80")]
    public async Task Search_TextThatPostgresRefuses_IsNoFault(string path)
    {
        using var browser = Browser();

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Upload_ToOneNode_IsShownAndPlayedByBoth()
    {
        using var browser = Browser();
        var song = TestWav.Tone(330);

        var answer = await browser.PostAsync(
            "/", new Multipart().Field(Web.Tests.Hosting.Browser.TokenField, await browser.TokenAsync("/")).File("file", "가수_노래.wav", song).Content());

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var address = answer.Headers.Location!.OriginalString;
        for (var node = 0; node < 2; node++)
        {
            Assert.Contains("가수_노래.wav", (await browser.PageAsync(address)).Body!.TextContent, StringComparison.Ordinal);
        }

        for (var node = 0; node < 2; node++)
        {
            Assert.Equal(song, await browser.GetByteArrayAsync(address + "/audio"));
        }
    }

    [Fact]
    public async Task Import_OnOneNode_IsRecommendedTheSameByBoth()
    {
        using var browser = Browser();
        await browser.SubmitAsync("/account/login", new() { ["Email"] = WebApp.Email, ["Password"] = WebApp.Password });
        var form = new Multipart().Field(Web.Tests.Hosting.Browser.TokenField, await browser.TokenAsync("/admin/songs/add"));
        for (var i = 0; i < 8; i++)
        {
            form.File("files", $"가수_곡 {i}.wav", TestWav.Tone(300 + (40 * i)));
        }

        Assert.Equal(HttpStatusCode.OK, (await browser.PostAsync("/admin/songs/add", form.Content())).StatusCode);
        await IndexedSongs.WaitAsync(_one, 8);
        await IndexedSongs.WaitAsync(_another, 8);

        var songs = JsonDocument.Parse(await browser.GetStringAsync("/api/v1/songs")).RootElement.GetProperty("items").EnumerateArray();
        foreach (var id in songs.Select(song => song.GetProperty("id").GetGuid()))
        {
            var first = await browser.GetStringAsync($"/api/v1/songs/{id}/similar?count=7");
            var second = await browser.GetStringAsync($"/api/v1/songs/{id}/similar?count=7");
            Assert.Equal(7, JsonDocument.Parse(first).RootElement.GetArrayLength());
            Assert.Equal(first, second);
        }
    }

    /// <summary>A web node that leaves the analysis to others, and one of the others.</summary>
    [Fact]
    public async Task Import_WebNodeWithoutWorkers_IsIndexedByTheWorkerWithoutPages()
    {
        await using var web = new Node(_folder, _database, new() { ["Indexing:Workers"] = "0" });
        await _one.DisposeAsync();
        await _another.DisposeAsync();
        using var administrator = await web.AdministratorAsync();
        var form = new Multipart().Field(Web.Tests.Hosting.Browser.TokenField, await administrator.TokenAsync("/admin/songs/add"))
            .File("files", "가수_곡.wav", TestWav.Tone(300));
        await administrator.PostAsync("/admin/songs/add", form.Content());
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.Null(web.Services.GetRequiredService<Catalog.Similarity.LiveIndex>().Current);

        await using var worker = new Node(_folder, _database, new() { ["Pages:Enabled"] = "false" });
        using var visitor = worker.Visitor();

        await IndexedSongs.WaitAsync(web, 1);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/health/ready")).StatusCode);
        foreach (var path in (string[])["/", "/admin", "/account/login", "/account/setup", "/api/v1/songs", "/openapi/v1.json"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path)).StatusCode);
        }
    }

    private HttpClient Browser()
    {
        var client = new HttpClient(new CookieContainerHandler(new CookieContainer()) { InnerHandler = new Balancer(_one, _another) })
        {
            BaseAddress = new Uri("http://localhost"),
        };
        client.DefaultRequestHeaders.Add("X-Test-Address", "192.0.2.9");
        return client;
    }

    private sealed class Node(DirectoryInfo folder, TestDatabase database, Dictionary<string, string> settings) : WebApp(folder)
    {
        protected override Dictionary<string, string> Settings
        {
            get
            {
                var all = base.Settings;
                foreach (var (key, value) in database.Settings)
                {
                    all[key] = value!;
                }

                foreach (var (key, value) in settings)
                {
                    all[key] = value;
                }

                return all;
            }
        }
    }

    private sealed class Balancer(params Node[] nodes) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker[] _nodes = [.. nodes.Select(node => new HttpMessageInvoker(node.Server.CreateHandler()))];
        private int _requests;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _nodes[_requests++ % _nodes.Length].SendAsync(request, cancellationToken);
    }
}
