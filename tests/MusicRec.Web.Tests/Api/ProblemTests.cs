using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog.Uploads;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Api;

public sealed class ProblemTests(WebApp app) : IClassFixture<WebApp>
{
    [Theory]
    [InlineData("ko", "GET", "/api/v1/no-such", 404, "찾을 수 없습니다")]
    [InlineData("en", "GET", "/api/v1/no-such", 404, "Not found")]
    [InlineData("en", "GET", "/api/v1/analyses/7f2c0c5e-5d54-4f7e-9b5a-0d8f6f6f0001", 404, "Not found")]
    [InlineData("en", "DELETE", "/api/v1/songs", 405, "Method not allowed")]
    [InlineData("en", "POST", "/api/v1/analyses", 415, "Not a form with a file")]
    [InlineData("ko", "POST", "/api/v1/analyses", 415, "파일 양식이 아닙니다")]
    public async Task Api_Error_IsProblemDetailsInTheLanguageWanted(string language, string method, string path, int status, string title)
    {
        using var client = app.Visitor();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Accept-Language", language);

        var answer = await client.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(language, Assert.Single(answer.Content.Headers.ContentLanguage));
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(["type", "title", "status", "detail", "code"], problem.EnumerateObject().Select(property => property.Name));
        Assert.Equal(title, problem.GetProperty("title").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Page_Unknown_IsAFriendlyPage()
    {
        using var client = app.Visitor();

        var page = await client.PageAsync("/no-such-page", HttpStatusCode.NotFound);

        Assert.Equal("찾을 수 없습니다", page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Handler_AnalysisBusy_Says503AndWhenToRetry()
    {
        var handler = app.Services.GetServices<IExceptionHandler>().Single();
        var context = new DefaultHttpContext();

        var handled = await handler.TryHandleAsync(context, new AnalysisBusyException(TimeSpan.FromSeconds(12.3)), CancellationToken.None);

        Assert.True(handled);
        Assert.Equal(503, context.Response.StatusCode);
        Assert.Equal("13", context.Response.Headers.RetryAfter.ToString());
    }

    [Fact]
    public async Task Handler_FaultOfOurs_IsLeftToTheLog()
    {
        var handler = app.Services.GetServices<IExceptionHandler>().Single();

        Assert.False(await handler.TryHandleAsync(new DefaultHttpContext(), new InvalidOperationException("a secret path"), CancellationToken.None));
    }

    [Fact]
    public async Task Api_ManyUploads_AreStoppedWithAMessage()
    {
        using var client = app.Visitor("203.0.113.5");
        HttpResponseMessage? answer = null;
        for (var i = 0; i < 61; i++)
        {
            answer = await client.PostAsync("/api/v1/analyses", content: null);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, answer!.StatusCode);
        Assert.True(answer.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal("Http429", JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task OpenApi_Served_DescribesEveryOperationAndItsErrors()
    {
        using var client = app.Visitor();

        var document = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json")).RootElement;

        var paths = document.GetProperty("paths").EnumerateObject().ToDictionary(path => path.Name, path => path.Value);
        Assert.Equal(
            ["/api/v1/analyses", "/api/v1/analyses/{id}", "/api/v1/analyses/{id}/sound", "/api/v1/lists", "/api/v1/map", "/api/v1/paths", "/api/v1/playlists", "/api/v1/playlists/{id}",
                "/api/v1/playlists/{id}/file", "/api/v1/playlists/{id}/share", "/api/v1/shared-playlists/{shareId}", "/api/v1/shared-playlists/{shareId}/file",
                "/api/v1/songs", "/api/v1/songs/{id}", "/api/v1/songs/{id}/similar", "/api/v1/songs/{id}/sound"],
            paths.Keys.Order(StringComparer.Ordinal));
        Assert.All(paths.Values.SelectMany(path => path.EnumerateObject()), operation =>
            Assert.NotEmpty(operation.Value.GetProperty("summary").GetString()!));
        var create = paths["/api/v1/analyses"].GetProperty("post");
        Assert.Equal(
            ["201", "400", "413", "415", "422", "429", "503", "507"],
            create.GetProperty("responses").EnumerateObject().Select(response => response.Name).Order(StringComparer.Ordinal));
        Assert.True(create.GetProperty("requestBody").GetProperty("content").GetProperty("multipart/form-data")
            .GetProperty("schema").GetProperty("properties").TryGetProperty("file", out _));
    }

    [Fact]
    public async Task Health_Ready_NamesTheChecksAndNoSecrets()
    {
        using var client = app.Visitor();

        var text = await (await client.GetAsync("/health/ready")).Content.ReadAsStringAsync();

        var checks = JsonDocument.Parse(text).RootElement.GetProperty("checks");
        Assert.Equal(["database", "storage", "songs", "model", "index"], checks.EnumerateObject().Select(check => check.Name));
        Assert.Equal("Healthy", checks.GetProperty("database").GetString());
        Assert.Equal("Healthy", checks.GetProperty("storage").GetString());
        Assert.DoesNotContain(app.Storage.Root, text, StringComparison.Ordinal);
    }
}
