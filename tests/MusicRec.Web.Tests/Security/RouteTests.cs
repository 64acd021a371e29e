using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Security;

public sealed partial class RouteTests(WebApp app) : IClassFixture<WebApp>
{
    private static readonly HashSet<string> Open =
    [
        "GET /", "HEAD /", "POST /", "GET /uploads/{id}", "GET /uploads/{id}/audio", "HEAD /uploads/{id}/audio",
        "GET /songs", "GET /songs/{id}", "GET /songs/{id}/audio", "HEAD /songs/{id}/audio",
        "GET /songs/{id}/cover", "HEAD /songs/{id}/cover",
        "GET /about", "POST /language", "GET /demo/progress", "ANY /error/{code}",
        "GET /account/login", "POST /account/login", "GET /account/setup", "POST /account/setup",
        "POST /api/v1/analyses", "GET /api/v1/analyses/{id}",
        "GET /api/v1/songs", "GET /api/v1/songs/{id}", "GET /api/v1/songs/{id}/similar",
        "GET /openapi/{documentName}.json", "ANY /health/live", "ANY /health/ready",
    ];

    [Fact]
    public void Endpoints_MarkedOpen_AreTheListedOnes()
    {
        var marked = Routes().Where(route => route.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(route => route.Name);

        Assert.Equal(Open.Order(StringComparer.Ordinal), marked.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Endpoints_NotOpen_SendStrangersToSignIn()
    {
        using var client = app.Visitor();
        var closed = Routes().Where(route => !Open.Contains(route.Name)).ToList();
        Assert.NotEmpty(closed);
        foreach (var (name, _) in closed)
        {
            var parts = name.Split(' ');
            var path = Parameter().Replace(parts[1], Guid.Empty.ToString());
            var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(parts[0]), path));

            Assert.True(answer.StatusCode == HttpStatusCode.Found, $"{name} answered {answer.StatusCode}");
            Assert.StartsWith("/account/login", answer.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        }
    }

    private IEnumerable<(string Name, RouteEndpoint Endpoint)> Routes()
    {
        var endpoints = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
        return from endpoint in endpoints
               from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
               let pattern = "/" + Constraint().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "{$1}")
               select ($"{method} {pattern}", endpoint);
    }

    [GeneratedRegex(@"\{(\w+):[^}]*\}")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
