using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Admin;

public sealed class BackupTests : IAsyncLifetime
{
    private readonly WebApp _app = new();
    private HttpClient _client = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _client = await _app.AdministratorAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Restore_AfterSongsWereAdded_BringsTheOldCatalogBack()
    {
        await AddSongAsync(300);
        await SubmitAsync("create", []);
        var name = await WaitForBackupAsync();
        await AddSongAsync(400);
        Assert.Equal(2, await CountSongsAsync());

        Assert.Equal(HttpStatusCode.BadRequest, (await SubmitAsync("restore", new() { ["name"] = name })).StatusCode);
        Assert.Equal(2, await CountSongsAsync());
        Assert.Equal(HttpStatusCode.Found, (await SubmitAsync("restore", new() { ["name"] = name, ["confirmed"] = "true" })).StatusCode);
        var page = await WaitForEndAsync();

        Assert.Equal("끝남", page.QuerySelector("[data-field=state]")!.TextContent);
        Assert.Equal(1, await CountSongsAsync());
        Assert.Single(page.QuerySelectorAll("[data-backup^=restore-point]"));
    }

    [Fact]
    public async Task Download_Stored_IsAnArchive_AndDeleteRemovesIt()
    {
        await SubmitAsync("create", []);
        var name = await WaitForBackupAsync();

        using var answer = await _client.GetAsync($"/admin/backups/{name}", Stop);
        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("PK"u8.ToArray(), (await answer.Content.ReadAsByteArrayAsync(Stop))[..2]);

        Assert.Equal(HttpStatusCode.Found, (await SubmitAsync("delete", new() { ["name"] = name })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync($"/admin/backups/{name}", Stop)).StatusCode);
    }

    [Theory]
    [InlineData("..%2fcatalog.db")]
    [InlineData("catalog.db")]
    [InlineData("musicrec-.zip")]
    public async Task Download_AnythingElse_IsNotFound(string name) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync($"/admin/backups/{name}", Stop)).StatusCode);

    [Fact]
    public async Task Restore_DamagedFile_SaysWhyAndChangesNothing()
    {
        await AddSongAsync(300);
        var folder = _app.Services.GetRequiredService<Catalog.Files.StorageFolder>().Backups;
        await File.WriteAllTextAsync(Path.Combine(folder, "musicrec-copied.zip"), "damaged", Stop);

        await SubmitAsync("restore", new() { ["name"] = "musicrec-copied.zip", ["confirmed"] = "true" });
        var page = await WaitForEndAsync();

        Assert.Contains("이 프로그램의 백업 파일이 아닙니다", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await CountSongsAsync());
    }

    private Task<HttpResponseMessage> SubmitAsync(string action, Dictionary<string, string> fields) =>
        _client.SubmitAsync("/admin/backups", fields, $"/admin/backups/{action}");

    private async Task<string> WaitForBackupAsync() => (await WaitForEndAsync()).QuerySelector("[data-backup]")!.GetAttribute("data-backup")!;

    private async Task<IDocument> WaitForEndAsync()
    {
        while (true)
        {
            var page = await (await _client.GetAsync("/admin/backups", Stop)).ReadPageAsync();
            if (page.QuerySelector("[data-run=finished]") is not null)
            {
                return page;
            }

            await Task.Delay(50, Stop);
        }
    }

    private async Task AddSongAsync(double hertz)
    {
        using var content = new Multipart()
            .Field(Browser.TokenField, await _client.TokenAsync("/admin/songs/add"))
            .File("files", "가수_노래.wav", TestWav.Tone(hertz))
            .Content();
        Assert.Equal(HttpStatusCode.OK, (await _client.PostAsync("/admin/songs/add", content, Stop)).StatusCode);
    }

    private async Task<int> CountSongsAsync()
    {
        await using var context = await _app.Services.GetRequiredService<IDbContextFactory<CatalogContext>>().CreateDbContextAsync(Stop);
        return await context.Songs.CountAsync(Stop);
    }
}
