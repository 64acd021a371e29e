using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Admin;

public sealed class ImportTests : IAsyncLifetime
{
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    private readonly ImportApp _app = new();
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync() => _client = await _app.AdministratorAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Import_Folder_ReportsEveryFileAndLabelsByFolder()
    {
        _app.Write("K-pop/발라드/하나.wav", TestWav.Tone(300));
        _app.Write("K-pop/둘.wav", TestWav.Tone(300));
        _app.Write("K-pop/=1+1.wav", TestWav.Executable());
        _app.Write("elsewhere.wav", TestWav.Tone(500));
        Assert.Contains("K-pop", (await _client.PageAsync("/admin/import")).QuerySelector(".folders")!.TextContent, StringComparison.Ordinal);

        await ImportAsync("K-pop");

        var page = await _client.PageAsync("/admin/import");
        Assert.Equal(["3", "3", "1", "1", "0", "1"], page.QuerySelectorAll("[data-run=finished] tbody td").Take(6).Select(cell => cell.TextContent));
        Assert.Equal(["거부됨", "추가됨"], page.QuerySelectorAll(".table-files .badge").Select(badge => badge.TextContent));
        var report = await _client.GetStringAsync("/admin/import/report");
        Assert.Contains("\"'=1+1.wav\"", report, StringComparison.Ordinal);
        Assert.Equal(4, report.TrimEnd().Split("\r\n").Length);
        Assert.DoesNotContain(_app.Music, report, StringComparison.Ordinal);

        await ImportAsync("K-pop");

        using var progress = JsonDocument.Parse(await _client.GetStringAsync("/admin/import/progress"));
        Assert.Equal((0, 2, 1), (Number(progress, "added"), Number(progress, "alreadyThere"), Number(progress, "refused")));
    }

    [Theory]
    [InlineData("0", "..")]
    [InlineData("0", "missing")]
    [InlineData("7", "")]
    [InlineData("-1", "")]
    [InlineData("0", "../../etc")]
    public async Task Start_FolderThatIsNotOffered_IsRefused(string root, string folder)
    {
        var answer = await _client.SubmitAsync("/admin/import", new() { ["root"] = root, ["folder"] = folder }, "/admin/import/start");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotNull((await answer.ReadPageAsync()).QuerySelector("[role=alert]"));
        Assert.Equal(HttpStatusCode.NoContent, (await _client.GetAsync("/admin/import/progress")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync("/admin/import/report")).StatusCode);
    }

    [Fact]
    public async Task Cover_OfTaggedSong_IsShownWithItsTypeAndNeverAsAnotherOne()
    {
        _app.Write("1.wav", TestWav.Tagged("그림 있는 노래", "앨범 이름", Png, 300));
        _app.Write("2.wav", TestWav.Tagged("그림 없는 노래", "", "<svg onload='alert(1)'/>"u8.ToArray(), 400));

        await ImportAsync("");

        var songs = await SongsAsync();
        var (with, without) = (songs.Single(song => song.Cover is not null), songs.Single(song => song.Cover is null));
        using var visitor = _app.Visitor();
        var cover = await visitor.GetAsync($"/songs/{with.Id}/cover");
        Assert.Equal("image/png", cover.Content.Headers.ContentType!.ToString());
        Assert.Equal("nosniff", cover.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(Png, await cover.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/songs/{without.Id}/cover")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/songs/{Guid.NewGuid()}/cover")).StatusCode);

        var image = Assert.Single((await visitor.PageAsync("/songs")).QuerySelectorAll(".song img"));
        Assert.Equal(("lazy", "“그림 있는 노래” 표지"), (image.GetAttribute("loading"), image.GetAttribute("alt")));
        var page = await visitor.PageAsync($"/songs/{with.Id}");
        Assert.NotNull(page.QuerySelector("img.cover-large"));
        Assert.Contains("앨범 이름", page.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.Single((await visitor.PageAsync("/songs?query=ㅇㅂㅇㄹ")).QuerySelectorAll(".song"));
        Assert.Contains("앨범 이름", (await _client.PageAsync($"/admin/songs/{with.Id}")).QuerySelector("[data-field=album]")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await _client.PageAsync($"/admin/songs/{without.Id}")).QuerySelector("[data-field=album]"));
        foreach (var path in (string[])[$"/api/v1/songs/{with.Id}", $"/api/v1/songs/{without.Id}"])
        {
            using var json = System.Text.Json.JsonDocument.Parse(await visitor.GetStringAsync(path));
            var song = path.EndsWith($"{with.Id}", StringComparison.Ordinal) ? with : without;
            Assert.Equal(song.Album, json.RootElement.GetProperty("album").GetString());
            Assert.Equal(song.Cover is null ? null : $"/songs/{song.Id}/cover", json.RootElement.GetProperty("coverUrl").GetString());
        }
    }

    [Fact]
    public async Task Add_OneFileByScript_AnswersWithItsFate()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/admin/songs/add")
        {
            Content = new Multipart().Field(Browser.TokenField, await _client.TokenAsync("/admin/songs/add")).Field("label", "발라드")
                .File("files", "x.wav", TestWav.Executable()).Content(),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));

        var answer = await _client.SendAsync(request);

        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var file = json.RootElement.GetProperty("files")[0];
        Assert.Equal(("Refused", "거부됨"), (file.GetProperty("outcome").GetString(), file.GetProperty("outcomeText").GetString()));
        Assert.NotEmpty(file.GetProperty("reason").GetString()!);
    }

    private async Task ImportAsync(string folder)
    {
        var answer = await _client.SubmitAsync("/admin/import", new() { ["root"] = "0", ["folder"] = folder, ["folderLabels"] = "true" }, "/admin/import/start");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            using var progress = JsonDocument.Parse(await _client.GetStringAsync("/admin/import/progress", patience.Token));
            if (!progress.RootElement.GetProperty("isRunning").GetBoolean())
            {
                return;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    private static int Number(JsonDocument json, string name) => json.RootElement.GetProperty(name).GetInt32();

    private async Task<List<Song>> SongsAsync()
    {
        await using var context = await _app.Services.GetRequiredService<IDbContextFactory<CatalogContext>>().CreateDbContextAsync();
        return await context.Songs.AsNoTracking().ToListAsync();
    }

    private sealed class ImportApp : WebApp
    {
        private readonly DirectoryInfo _music = Directory.CreateTempSubdirectory("musicrec-music-");

        public string Music => _music.FullName;

        protected override Dictionary<string, string> Settings => new(base.Settings) { ["Import:Roots:0"] = _music.FullName };

        public void Write(string name, byte[] content)
        {
            var path = Path.Combine(Music, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing && Directory.Exists(Music))
            {
                _music.Delete(recursive: true);
            }
        }
    }
}
