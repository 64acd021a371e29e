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
        }
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
}
