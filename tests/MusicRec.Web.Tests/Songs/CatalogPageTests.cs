using System.Text.Json;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Songs;

public sealed class CatalogPageTests : IAsyncLifetime
{
    private readonly WebApp _app = new();
    private HttpClient _administrator = null!;

    public async ValueTask InitializeAsync() => _administrator = await _app.AdministratorAsync();

    public async ValueTask DisposeAsync()
    {
        _administrator.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Songs_Failed_AreNotShownToVisitors()
    {
        await AddAsync(form => form.File("files", "가수_좋은 노래.wav", TestWav.Tone()).File("files", "가수_나쁜 노래.wav", TestWav.NotANumber()));
        await FailedAsync();
        using var visitor = _app.Visitor();

        var page = await visitor.PageAsync("/songs");

        Assert.Equal("좋은 노래", Assert.Single(page.QuerySelectorAll(".song-title")).TextContent);
        Assert.Equal("1곡", page.QuerySelector("h1 + .muted")!.TextContent);
        var list = JsonDocument.Parse(await visitor.GetStringAsync("/api/v1/songs")).RootElement;
        Assert.Equal(2, list.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Genres_GivenByTheAdministrator_CanBeChosen()
    {
        await AddAsync(form => form.Field("label", "Jazz").File("files", "가수_재즈.wav", TestWav.Tone()));
        using var visitor = _app.Visitor();

        foreach (var page in new[] { await visitor.PageAsync("/songs?genre=Jazz"), await _administrator.PageAsync("/admin/songs?genre=Jazz") })
        {
            Assert.Equal("Jazz", page.QuerySelector("#genre option[selected]")!.GetAttribute("value"));
            Assert.Equal(10, page.QuerySelectorAll("#genre option").Length);
        }
    }

    private async Task FailedAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while ((await _administrator.PageAsync("/admin/songs?status=Failed")).QuerySelector("tbody tr") is null)
        {
            await Task.Delay(50, patience.Token);
        }
    }

    private async Task AddAsync(Func<Multipart, Multipart> fill)
    {
        var form = fill(new Multipart().Field(Browser.TokenField, await _administrator.TokenAsync("/admin/songs/add")));
        (await _administrator.PostAsync("/admin/songs/add", form.Content())).EnsureSuccessStatusCode();
    }
}
