using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog.Import;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Api;

public sealed class ApiPageTests(WebApp app) : IClassFixture<WebApp>
{
    [Fact]
    public async Task Page_EveryOperationOfTheDocument_IsShownInKorean()
    {
        using var client = app.Visitor();
        using var document = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json"));
        var operations = document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => method.Value)).ToList();

        var page = await client.PageAsync("/api?culture=ko");

        Assert.NotEmpty(operations);
        foreach (var operation in operations)
        {
            var section = page.GetElementById(operation.GetProperty("operationId").GetString()!)!;
            Assert.Matches(@"\p{IsHangulSyllables}", section.QuerySelector("h2")!.TextContent);
            Assert.All(section.QuerySelectorAll("tbody td:nth-child(2), dd"), cell => Assert.Matches(@"\p{IsHangulSyllables}", cell.TextContent));
            Assert.NotEmpty(section.QuerySelectorAll("pre"));
            Assert.Equal(
                Problems(operation).OrderBy(problem => problem.GetProperty("status").GetInt32()).Select(problem => problem.GetProperty("code").GetString()), section.QuerySelectorAll("dd code").Select(code => code.TextContent));
        }

        using var shown = JsonDocument.Parse(page.QuerySelector("[data-problem]")!.TextContent);
        Assert.Matches(@"\p{IsHangulSyllables}", shown.RootElement.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task Document_EveryBodyAndEveryError_HasAnExampleOfItsShape()
    {
        using var client = app.Visitor();
        using var document = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json"));
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        var bodies = 0;

        foreach (var operation in document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(method => method.Value))
        {
            var name = operation.GetProperty("operationId").GetString();
            if (operation.TryGetProperty("requestBody", out var body))
            {
                bodies++;
                Assert.All(body.GetProperty("content").EnumerateObject(), media =>
                {
                    var schema = media.Value.GetProperty("schema");
                    var fields = (schema.TryGetProperty("$ref", out var place) ? schemas.GetProperty(place.GetString()!.Split('/')[^1]) : schema).GetProperty("properties");
                    Assert.True(media.Value.TryGetProperty("example", out var example), $"{name} takes {media.Name} and shows none");
                    Assert.Equal(fields.EnumerateObject().Select(field => field.Name), example.EnumerateObject().Select(field => field.Name));
                });
            }

            var errors = operation.GetProperty("responses").EnumerateObject().Where(response => response.Name[0] is '4' or '5').ToList();
            Assert.NotEmpty(errors);
            Assert.Equal(errors.Select(error => error.Name), Problems(operation).Select(problem => problem.GetProperty("status").GetRawText()));
            Assert.All(Problems(operation), problem =>
            {
                Assert.Equal(["type", "title", "status", "detail", "code"], problem.EnumerateObject().Select(field => field.Name));
                Assert.All(["title", "detail", "code"], field => Assert.DoesNotMatch(@"^$|^Problem\.|\{0\}", problem.GetProperty(field).GetString()!));
            });
        }

        Assert.Equal(3, bodies);
    }

    [Fact]
    public async Task Document_ExamplesOfBodyAndError_AreWhatIsTakenAndAnswered()
    {
        using var client = app.Visitor();
        using var document = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json"));
        var operation = document.RootElement.GetProperty("paths").GetProperty("/api/v1/playlists").GetProperty("post");
        var body = operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example");

        using var made = await client.PostAsJsonAsync("/api/v1/playlists", body);
        using var refused = await client.PostAsJsonAsync("/api/v1/playlists", new { name = " ", songs = Array.Empty<Guid>() });

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        using var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync());
        Assert.True(JsonElement.DeepEquals(problem.RootElement, Problems(operation).First(example => example.GetProperty("status").GetInt32() == 400)));
    }

    /// <summary>What the page and the document promise is what comes: the same names in the same places.</summary>
    [Fact]
    public async Task Examples_OfTheDocument_HaveTheShapeOfRealAnswers()
    {
        var song = (await app.Services.GetRequiredService<SongImporter>().ImportAsync(
            new MemoryStream(TestWav.Tone(333)), "가수_곡.wav", "Folk", CancellationToken.None)).Song!;
        await IndexedSongs.WaitAsync(app, 1);
        using var client = app.Visitor();
        using var document = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json"));

        foreach (var (path, address) in new[] { ("/api/v1/songs", "/api/v1/songs"), ("/api/v1/songs/{id}", $"/api/v1/songs/{song.Id}") })
        {
            var example = document.RootElement.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("responses").GetProperty("200")
                .GetProperty("content").GetProperty("application/json").GetProperty("example");
            using var answer = JsonDocument.Parse(await client.GetStringAsync(address));

            Assert.Equal(answer.RootElement.EnumerateObject().Select(property => property.Name), example.EnumerateObject().Select(property => property.Name));
        }
    }

    private static List<JsonElement> Problems(JsonElement operation) =>
        [.. operation.GetProperty("responses").EnumerateObject()
            .Where(response => response.Name[0] is '4' or '5' && response.Value.TryGetProperty("content", out var content) && content.EnumerateObject().First().Value.TryGetProperty("example", out _))
            .Select(response => response.Value.GetProperty("content").GetProperty("application/problem+json").GetProperty("example"))];
}
