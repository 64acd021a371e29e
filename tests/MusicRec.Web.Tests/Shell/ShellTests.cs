using System.Buffers.Binary;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Shell;

/// <summary>What every page has around it.</summary>
public sealed partial class ShellTests(WebApp app) : IClassFixture<WebApp>
{
    private const int MostBytes = 150_000;

    [Theory]
    [InlineData("/")]
    [InlineData("/map")]
    [InlineData("/about")]
    public async Task FirstPage_WithEverythingItLoads_StaysSmall(string path)
    {
        using var client = app.Visitor();
        var page = await client.PageAsync(path);
        var loaded = new Dictionary<string, int> { [path] = (await client.GetByteArrayAsync(path)).Length };
        var waiting = new Queue<string>(page
            .QuerySelectorAll("link[rel=stylesheet], link[rel=icon], link[rel=manifest], script[src], img[src]")
            .Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!));
        while (waiting.TryDequeue(out var address))
        {
            if (!loaded.ContainsKey(address))
            {
                var content = await client.GetByteArrayAsync(address);
                loaded.Add(address, content.Length);
                if (address.Contains(".js", StringComparison.Ordinal))
                {
                    var from = new Uri(new Uri("http://site"), address);
                    Import().Matches(Encoding.UTF8.GetString(content)).ToList().ForEach(import => waiting.Enqueue(new Uri(from, import.Groups[1].Value).AbsolutePath));
                }
            }
        }

        Assert.True(loaded.Count > 5, "hardly anything was found to load: the search is broken");
        Assert.True(loaded.Values.Sum() < MostBytes, string.Join(", ", loaded.OrderByDescending(file => file.Value).Select(file => $"{file.Key} {file.Value}")));
    }

    [Fact]
    public async Task Manifest_AndItsIcons_AreThereInTheirSizes()
    {
        using var client = app.Visitor();
        var answer = await client.GetAsync("/manifest.webmanifest");
        Assert.Equal("application/manifest+json", answer.Content.Headers.ContentType?.MediaType);
        using var manifest = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        foreach (var icon in manifest.RootElement.GetProperty("icons").EnumerateArray())
        {
            var picture = await client.GetAsync("/" + icon.GetProperty("src").GetString());
            Assert.Equal(icon.GetProperty("type").GetString(), picture.Content.Headers.ContentType?.MediaType);
            if (icon.GetProperty("sizes").GetString() is { } sizes && sizes != "any")
            {
                var bytes = await picture.Content.ReadAsByteArrayAsync();
                Assert.Equal(sizes, $"{BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16))}x{BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20))}");
            }
        }
    }

    [Theory]
    [InlineData("ko", "연결되지 않았습니다")]
    [InlineData("en", "You are offline")]
    public async Task Offline_Page_IsTheSameForEverybody(string culture, string title)
    {
        using var stranger = app.Visitor();
        using var administrator = await app.AdministratorAsync("192.0.2.80");

        var answer = await stranger.GetAsync($"/offline?culture={culture}");
        var html = await answer.Content.ReadAsStringAsync();

        Assert.Contains(title, WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain(Browser.TokenField, html, StringComparison.Ordinal);
        Assert.Equal(html, await administrator.GetStringAsync($"/offline?culture={culture}"));
    }

    [Fact]
    public async Task Theme_Chosen_ComesWithThePageUntilTheDeviceDecidesAgain()
    {
        using var client = app.Visitor("192.0.2.81");
        Assert.Equal("", (await client.PageAsync("/")).DocumentElement.GetAttribute("data-theme"));

        foreach (var (choice, expected) in new[] { ("dark", "dark"), ("light", "light"), ("system", "") })
        {
            var answer = await client.SubmitAsync("/about", new() { ["theme"] = choice, ["returnUrl"] = "/about" }, "/theme");
            Assert.Equal("/about", answer.Headers.Location?.OriginalString);
            var page = await client.PageAsync("/about");
            Assert.Equal(expected, page.DocumentElement.GetAttribute("data-theme"));
            Assert.Equal(choice, page.QuerySelector("[data-theme-form] [aria-pressed=true]")?.GetAttribute("value"));
        }
    }

    [Fact]
    public async Task Theme_UnknownOrElsewhere_RefusedAndNotFollowed()
    {
        using var client = app.Visitor("192.0.2.82");

        Assert.Equal(HttpStatusCode.BadRequest, (await client.SubmitAsync("/about", new() { ["theme"] = "pink\" onload=\"x" }, "/theme")).StatusCode);
        var answer = await client.SubmitAsync("/about", new() { ["theme"] = "dark", ["returnUrl"] = "//evil.example" }, "/theme");
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
    }

    [GeneratedRegex("""from '([^']+)'""")]
    private static partial Regex Import();
}
