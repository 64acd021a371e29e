using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Admin;

public sealed class AdminTests : IAsyncLifetime
{
    private readonly WebApp _app = new();
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync() => _client = await _app.AdministratorAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Add_ManyFiles_TellsTheFateOfEach()
    {
        var answer = await AddAsync(new Multipart()
            .Field(Browser.TokenField, await _client.TokenAsync("/admin/songs/add"))
            .Field("label", "Trot")
            .File("files", "가수_첫노래.wav", TestWav.Tone(300))
            .File("files", "again.wav", TestWav.Tone(300))
            .File("files", "<b>program</b>.wav", TestWav.Executable())
            .File("files", "둘째.wav", TestWav.Tone(400)));

        var page = await answer.ReadPageAsync();
        Assert.Equal(["추가됨", "이미 있음", "거부됨", "추가됨"], page.QuerySelectorAll("tbody .badge").Select(badge => badge.TextContent));
        Assert.Contains("<b>program</b>.wav", page.QuerySelectorAll("tbody tr")[2].TextContent, StringComparison.Ordinal);
        Assert.Contains("WAV", page.QuerySelectorAll("tbody tr")[2].TextContent, StringComparison.Ordinal);
        var songs = await SongsAsync();
        Assert.Equal(2, songs.Count);
        Assert.All(songs, song => Assert.Equal("Trot", song.Label));
        Assert.Contains(songs, song => song is { Artist: "가수", Title: "첫노래" });
    }

    [Fact]
    public async Task Edit_Changed_IsStored()
    {
        var id = await AddOneAsync();

        var answer = await _client.SubmitAsync($"/admin/songs/{id}", new() { ["Title"] = " 새 제목 ", ["Artist"] = "", ["Label"] = "힙합" });

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var song = Assert.Single(await SongsAsync());
        Assert.Equal(("새 제목", "", "Hiphop"), (song.Title, song.Artist, song.Label));
    }

    [Theory]
    [InlineData("")]
    [InlineData("LONG")]
    [InlineData("\u200b")]
    public async Task Edit_BadTitle_IsRefused(string title)
    {
        var id = await AddOneAsync();

        var answer = await _client.SubmitAsync($"/admin/songs/{id}", new() { ["Title"] = title == "LONG" ? new string('x', 201) : title });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty((await answer.ReadPageAsync()).QuerySelector("span.error")!.TextContent);
        Assert.Equal("제목", Assert.Single(await SongsAsync()).Title);
    }

    [Fact]
    public async Task Delete_Confirmed_RemovesTheSongAndItsFile()
    {
        var id = await AddOneAsync();
        await _client.PageAsync($"/admin/songs/{id}/delete");

        var answer = await _client.SubmitAsync($"/admin/songs/{id}/delete", []);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Empty(await SongsAsync());
        Assert.Empty(Directory.GetFiles(_app.Storage.Songs, "*", SearchOption.AllDirectories));
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync($"/admin/songs/{id}")).StatusCode);
    }

    [Theory]
    [InlineData("?query=제목", 1)]
    [InlineData("?query=없는", 0)]
    [InlineData("?genre=Ballad", 0)]
    [InlineData("?status=Failed", 0)]
    [InlineData("?page=-5", 1)]
    public async Task Songs_Filtered_AreTheMatchingOnes(string filter, int expected)
    {
        await AddOneAsync();

        var page = await _client.PageAsync($"/admin/songs{filter}");

        Assert.Equal(expected, page.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task Songs_Failed_ShowTheReason()
    {
        await AddAsync(new Multipart().Field(Browser.TokenField, await _client.TokenAsync("/admin/songs/add"))
            .File("files", "nan.wav", TestWav.NotANumber()));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        IDocument page;
        do
        {
            await Task.Delay(50, patience.Token);
            page = await _client.PageAsync("/admin/songs?status=Failed");
        }
        while (page.QuerySelector("tbody tr") is null);

        Assert.Equal("잘못된 샘플 값", page.QuerySelector("tbody .error")!.TextContent);
        Assert.Equal("실패", page.QuerySelector("tbody .badge-danger")!.TextContent);
        Assert.Contains("not a number", Assert.Single(page.QuerySelectorAll("tbody [lang=en]"), reason => reason.Closest("details") is not null).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Indexing_Started_RunsToTheEnd()
    {
        await AddOneAsync();
        await IndexedSongs.WaitAsync(_app, 1);

        var answer = await _client.SubmitAsync("/admin/indexing", new() { ["scope"] = "All" }, "/admin/indexing/start");

        Assert.Equal("/admin/indexing", answer.Headers.Location!.OriginalString);
        var run = await FinishedRunAsync();
        Assert.Equal((1, 1, 0), (run.GetProperty("total").GetInt32(), run.GetProperty("finished").GetInt32(), run.GetProperty("failed").GetInt32()));
        Assert.Equal("끝남", run.GetProperty("state").GetString());
        Assert.NotNull((await _client.PageAsync("/admin/indexing")).QuerySelector("[data-run=finished]"));
        await _client.PageAsync("/admin");
    }

    [Fact]
    public async Task Indexing_NothingRunning_CancelDoesNothing()
    {
        var answer = await _client.SubmitAsync("/admin/indexing", [], "/admin/indexing/cancel");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await _client.GetAsync("/admin/indexing/progress")).StatusCode);
    }

    [Fact]
    public async Task Indexing_UnknownScope_IsRefused()
    {
        var answer = await _client.SubmitAsync("/admin/indexing", new() { ["scope"] = "Everything" }, "/admin/indexing/start");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private async Task<JsonElement> FinishedRunAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var run = JsonDocument.Parse(await _client.GetStringAsync("/admin/indexing/progress", patience.Token)).RootElement;
            if (!run.GetProperty("isRunning").GetBoolean())
            {
                return run;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    private async Task<Guid> AddOneAsync()
    {
        var answer = await AddAsync(new Multipart().Field(Browser.TokenField, await _client.TokenAsync("/admin/songs/add"))
            .File("files", "가수_제목.wav", TestWav.Tone()));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Assert.Single(await SongsAsync()).Id;
    }

    private Task<HttpResponseMessage> AddAsync(Multipart form) => _client.PostAsync("/admin/songs/add", form.Content());

    private async Task<List<Song>> SongsAsync()
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CatalogContext>().Songs.AsNoTracking().ToListAsync();
    }
}
