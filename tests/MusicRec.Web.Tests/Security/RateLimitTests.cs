using System.Net;
using Microsoft.AspNetCore.RateLimiting;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Security;

public sealed class RateLimitTests(WebApp app) : IClassFixture<WebApp>
{
    [Theory]
    [InlineData("POST", "/account/login", 10)]
    [InlineData("POST", "/account/setup", 5)]
    [InlineData("POST", "/", 60)]
    [InlineData("POST", "/api/v1/analyses", 60)]
    [InlineData("GET", "/songs?query=a", 300)]
    [InlineData("GET", "/api/v1/songs?query=a", 600)]
    [InlineData("GET", "/songs/00000000-0000-0000-0000-000000000000/mel.png", 600)]
    [InlineData("GET", "/mix?find=a", 300)]
    [InlineData("POST", "/playlists", 180)]
    public async Task Burst_BeyondTheLimit_Is429AndSaysWhenToRetry(string method, string path, int permits)
    {
        using var client = app.Visitor($"203.0.113.{100 + (permits % 100) + path.Length}");

        var statuses = new List<HttpStatusCode>();
        HttpResponseMessage last;
        do
        {
            last = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            statuses.Add(last.StatusCode);
        }
        while (last.StatusCode != HttpStatusCode.TooManyRequests && statuses.Count <= 2 * permits);

        // A burst that falls on the change of the minute may have the permits of both.
        Assert.Equal(HttpStatusCode.TooManyRequests, last.StatusCode);
        Assert.InRange(statuses.Count - 1, permits, 2 * permits);
        Assert.InRange(last.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.NotEmpty(await last.Content.ReadAsStringAsync());
        using var other = app.Visitor($"203.0.113.{250 - (path.Length % 50)}");
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await other.SendAsync(new HttpRequestMessage(new HttpMethod(method), path))).StatusCode);
    }

    /// <summary>What strangers may send, and the API, are limited; a route added without a limit fails here.</summary>
    [Fact]
    public void OpenRoutes_ThatTakeFormsOrAnswerPrograms_HaveALimit()
    {
        var unlimited =
            from route in Route.All(app)
            where route.IsOpen && (route.Method == "POST" || route.Pattern.StartsWith("/api/", StringComparison.Ordinal))
            where route.Endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>() is null
            select route.Name;

        // Language and light or dark are cookies: nothing is read or stored.
        Assert.Equal(["POST /language", "POST /theme"], unlimited.Order(StringComparer.Ordinal));
    }
}
