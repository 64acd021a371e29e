using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog.Import;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Songs;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Admin;

public sealed class ProgressTests(ProgressTests.Secretive app) : IClassFixture<ProgressTests.Secretive>
{
    [Fact]
    public async Task Stream_NothingToDo_OneEventThenTheEnd()
    {
        using var client = await app.AdministratorAsync("192.0.2.70");
        await UntilIdleAsync(client);

        using var answer = await client.GetAsync("/admin/progress/stream");

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var text = await answer.Content.ReadAsStringAsync();
        var data = Assert.Single(text.Split('\n'), line => line.StartsWith("data: ", StringComparison.Ordinal));
        using var snapshot = JsonDocument.Parse(data["data: ".Length..]);
        Assert.False(snapshot.RootElement.GetProperty("isBusy").GetBoolean());
        Assert.Contains("retry: ", text, StringComparison.Ordinal);
        using var asked = JsonDocument.Parse(await client.GetStringAsync("/admin/progress"));
        Assert.Equal(snapshot.RootElement.GetProperty("shape").GetString(), asked.RootElement.GetProperty("shape").GetString());
    }

    [Fact]
    public async Task Pause_WhileSongsCome_TheyWaitUntilResumed()
    {
        using var client = await app.AdministratorAsync("192.0.2.71");
        await SubmitAsync(client, "/admin/indexing/pause");
        await app.Services.GetRequiredService<SongImporter>().ImportAsync(new MemoryStream(TestWav.Tone(321)), "a.wav", "Folk", CancellationToken.None);
        await Task.Delay(300);

        var page = await client.PageAsync("/admin?culture=en");
        Assert.NotNull(page.QuerySelector("[data-paused]"));
        Assert.Equal("1", page.QuerySelector("[data-field='songs.queued']")!.TextContent);
        await SubmitAsync(client, "/admin/indexing/resume");

        await IndexedSongs.WaitAsync(app, 1);
        Assert.Null((await client.PageAsync("/admin")).QuerySelector("[data-paused]"));
    }

    [Fact]
    public async Task Failures_ReasonAndRetry_ASongWhoseFileIsBackIsIndexed()
    {
        using var client = await app.AdministratorAsync("192.0.2.72");
        var songs = app.Services.GetRequiredService<SongCatalog>();
        var song = (await app.Services.GetRequiredService<SongImporter>().ImportAsync(
            new MemoryStream(TestWav.Tone(654)), "사라질 곡.wav", "Folk", CancellationToken.None)).Song!;
        await UntilAsync(async () => (await songs.FindAsync(song.Id, CancellationToken.None))!.Status == MusicRec.Catalog.SongStatus.Indexed);
        var file = Directory.GetFiles(app.Storage.Songs, "*", SearchOption.AllDirectories).Single(path => path.Contains(song.Id.ToString(), StringComparison.OrdinalIgnoreCase) || path.Contains($"{song.Id:N}", StringComparison.OrdinalIgnoreCase));
        File.Move(file, file + ".away");
        await app.Services.GetRequiredService<IndexRuns>().StartAsync(ReindexScope.All, CancellationToken.None);
        await UntilAsync(async () => (await songs.FindAsync(song.Id, CancellationToken.None))!.Status == MusicRec.Catalog.SongStatus.Failed);

        var page = await client.PageAsync("/admin?culture=ko");
        Assert.Contains("사라질 곡.wav", page.Body!.TextContent, StringComparison.Ordinal);
        File.Move(file + ".away", file);
        await SubmitAsync(client, "/admin/indexing/retry", new() { ["song"] = song.Id.ToString() });

        await UntilAsync(async () => (await songs.FindAsync(song.Id, CancellationToken.None))!.Status == MusicRec.Catalog.SongStatus.Indexed);
    }

    [Fact]
    public async Task Retry_NotAnId_RefusedAndNothingIsTried()
    {
        using var client = await app.AdministratorAsync("192.0.2.73");

        var answer = await client.SubmitAsync("/admin", new() { ["song"] = "everything" }, "/admin/indexing/retry");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Settings_Secrets_AreNowhereOnThePage()
    {
        using var client = await app.AdministratorAsync("192.0.2.74");

        var html = await client.GetStringAsync("/admin");

        Assert.Contains("Upload:MaxBytes", html, StringComparison.Ordinal);
        Assert.All((string[])[WebApp.Password, Secretive.Word, "collector-token"], secret => Assert.DoesNotContain(secret, html, StringComparison.Ordinal));
    }

    private static async Task SubmitAsync(HttpClient client, string action, Dictionary<string, string>? fields = null)
    {
        var answer = await client.SubmitAsync("/admin", new(fields ?? []) { ["returnUrl"] = "/admin" }, action);
        Assert.Equal("/admin", answer.Headers.Location?.OriginalString);
    }

    /// <summary>A song that another test brought may have just been indexed, and its index be under way.</summary>
    private static Task UntilIdleAsync(HttpClient client) => UntilAsync(async () =>
    {
        using var snapshot = JsonDocument.Parse(await client.GetStringAsync("/admin/progress"));
        return !snapshot.RootElement.GetProperty("isBusy").GetBoolean();
    });

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await isSo())
        {
            await Task.Delay(50, patience.Token);
        }
    }

    /// <summary>The program with secrets among its settings.</summary>
    public sealed class Secretive : WebApp
    {
        public const string Word = "a word for scrapers only";

        protected override Dictionary<string, string> Settings => new(base.Settings)
        {
            ["Telemetry:Prometheus"] = Word,
        };
    }
}
