using System.Net;
using System.Text.Json;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Health;

/// <summary>Each thing the program stands on, broken in turn: readiness names it, the process stays alive.</summary>
public sealed class HealthTests : IDisposable
{
    private readonly WebApp _app = new();

    [Fact]
    public async Task Ready_DatabaseOverwritten_IsUnhealthy()
    {
        using var client = _app.Visitor();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        do
        {
            // A connection that is open in the background mends the file from its log when it closes: once more, then.
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            await File.WriteAllTextAsync(_app.Storage.Database, "no database any more, only text", patience.Token);
        }
        while ((await client.GetAsync("/health/ready", patience.Token)).IsSuccessStatusCode);

        await AssertAsync(client, HttpStatusCode.ServiceUnavailable, "database", "Unhealthy");
    }

    [Fact]
    public async Task Ready_StorageFolderGone_IsUnhealthy()
    {
        using var client = _app.Visitor();
        await AssertAsync(client, HttpStatusCode.OK, "storage", "Healthy");

        Directory.Delete(_app.Storage.Incoming, recursive: true);

        await AssertAsync(client, HttpStatusCode.ServiceUnavailable, "storage", "Unhealthy");
    }

    [Fact]
    public async Task Ready_ModelDamaged_IsDegradedAndTheOldOneAnswers()
    {
        using var client = _app.Visitor();
        await AssertAsync(client, HttpStatusCode.OK, "model", "Healthy");

        await File.WriteAllTextAsync(Path.Combine(_app.Storage.Models, "live.onnx"), "no model");

        await AssertAsync(client, HttpStatusCode.OK, "model", "Degraded", "damaged");
        var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "a.wav", TestWav.Tone()).Content());
        Assert.NotEmpty(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("genres").EnumerateArray());
    }

    [Fact]
    public async Task Ready_NoIndexYet_IsDegradedUntilThereIsOne()
    {
        using var client = await _app.AdministratorAsync();
        await AssertAsync(client, HttpStatusCode.OK, "index", "Degraded");

        var form = new Multipart().Field(Browser.TokenField, await client.TokenAsync("/admin/songs/add"));
        await client.PostAsync("/admin/songs/add", form.File("files", "a.wav", TestWav.Tone()).Content());

        await AssertAsync(client, HttpStatusCode.OK, "index", "Healthy");
    }

    [Fact]
    public async Task Ready_DiskNearlyFull_IsDegradedAndNoFileIsTaken()
    {
        using var full = new FullDisk();
        using var client = full.Visitor();
        await AssertAsync(client, HttpStatusCode.OK, "storage", "Degraded", "nearly full");

        var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "a.wav", TestWav.Tone()).Content());

        Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
        Assert.Equal("StorageFull", JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString());
        Assert.Empty(full.UploadedFiles());
    }

    [Fact]
    public async Task Demo_DiskNearlyFull_IsSaidOnThePages()
    {
        using var full = new FullDisk();
        using var client = full.Visitor();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!JsonDocument.Parse(await client.GetStringAsync("/demo/progress", patience.Token)).RootElement.GetProperty("waitsForRoom").GetBoolean())
        {
            await Task.Delay(50, patience.Token);
        }

        Assert.Contains("저장 공간이 거의 찼습니다", (await client.PageAsync("/songs")).QuerySelector("[data-demo-text]")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(full.Storage.Songs));
    }

    public void Dispose() => _app.Dispose();

    /// <summary>Waits until the check has the state: models and indexes are noticed within a second or two.</summary>
    private static async Task AssertAsync(HttpClient client, HttpStatusCode status, string check, string state, string reason = "")
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var answer = await client.GetAsync("/health/ready", patience.Token);
            var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(patience.Token)).RootElement;
            if (report.GetProperty("checks").GetProperty(check).GetString() == state)
            {
                Assert.Equal(status, answer.StatusCode);
                Assert.Contains(reason, report.GetProperty("reasons").ToString(), StringComparison.Ordinal);
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live", patience.Token)).StatusCode);
                return;
            }

            await Task.Delay(200, patience.Token);
        }
    }

    private sealed class FullDisk : WebApp
    {
        protected override Dictionary<string, string> Settings => new(base.Settings) { ["Storage:LeastFreeBytes"] = $"{long.MaxValue}", ["Demo:Enabled"] = "true" };
    }
}
