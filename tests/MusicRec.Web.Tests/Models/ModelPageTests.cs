using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog;
using MusicRec.Catalog.Models;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Models;

public sealed class ModelPageTests : IAsyncLifetime
{
    private readonly WebApp _app = new();
    private HttpClient _client = null!;

    private string LivePath => Path.Combine(_app.Storage.Models, "live.onnx");

    private LiveModel Live => _app.Services.GetRequiredService<LiveModel>();

    public async ValueTask InitializeAsync() => _client = await _app.AdministratorAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Page_FewSongs_SaysWhatIsMissingAndShowsTheBundledModelsReport()
    {
        var page = await _client.PageAsync("/admin/model?culture=en");

        Assert.NotNull(page.QuerySelector("[data-too-few]"));
        Assert.Null(page.QuerySelector("form[action$=train]"));
        Assert.Equal(8, page.QuerySelectorAll(".matrix tbody tr").Length);
        var report = page.QuerySelector("details")!.TextContent;
        var accuracy = 100 * double.Parse(Live.Classifier!.Model.Provenance["accuracy"], CultureInfo.InvariantCulture);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{accuracy:F1} %"), report, StringComparison.Ordinal);
        Assert.Contains("Calibration error", report, StringComparison.Ordinal);
        var version = Assert.Single(page.QuerySelectorAll("[data-model]")).GetAttribute("data-model");
        Assert.NotNull((await _client.PageAsync($"/admin/model/{version}")).QuerySelector(".matrix"));
    }

    [Fact]
    public async Task Train_FewSongs_BreaksNothing()
    {
        var answer = await _client.SubmitAsync("/admin/model", [], "/admin/model/train");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await _client.GetAsync("/admin/model/training")).StatusCode);
        await _client.SubmitAsync("/admin/model", [], "/admin/model/cancel");
    }

    [Fact]
    public async Task Training_UnderWay_ShowsProgressAndCurveAndCanBeCancelled()
    {
        await using var scope = _app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CatalogContext>().Database.ExecuteSqlAsync(
            $$"""
            INSERT INTO TrainingRuns (Id, State, StartedAt, AliveUntil, Curve) VALUES ({{Guid.NewGuid()}}, 'Running', 0, {{TimeProvider.System.GetUtcNow().AddSeconds(50).ToUnixTimeMilliseconds()}},
            '[{"Epoch":1,"Epochs":100,"Loss":2,"Accuracy":0.2},{"Epoch":2,"Epochs":100,"Loss":1,"Accuracy":0.4}]')
            """);

        var answer = await _client.GetAsync("/admin/model?refresh=true&culture=en");

        Assert.Equal("3", Assert.Single(answer.Headers.GetValues("Refresh")));
        var page = await answer.ReadPageAsync();
        Assert.Equal(("2", "100"), (page.QuerySelector("progress")!.GetAttribute("value"), page.QuerySelector("progress")!.GetAttribute("max")));
        Assert.Equal(["3.2,96 6.4,72", "3.2,0 6.4,60"], page.QuerySelectorAll(".chart > svg polyline").Select(line => line.GetAttribute("points")));
        Assert.Null(page.QuerySelector("form[action$=train]"));
        Assert.Equal("Running", (await _client.PageAsync("/admin/model/training")).QuerySelector("[data-live]")!.GetAttribute("data-state"));

        await _client.SubmitAsync("/admin/model", [], "/admin/model/cancel");

        Assert.Equal("Cancelled", (await _client.PageAsync("/admin/model/training")).QuerySelector("[data-live]")!.GetAttribute("data-state"));
    }

    [Theory]
    [InlineData("../../catalog")]
    [InlineData("0123456789ab")]
    public async Task Activate_UnknownModel_IsNotFound(string version)
    {
        var answer = await _client.SubmitAsync("/admin/model", new() { ["version"] = version }, "/admin/model/activate");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Activate_DamagedModel_IsRefusedWithTheReason()
    {
        var before = Live.Classifier!.Model.Version;
        await File.WriteAllBytesAsync(Path.Combine(_app.Storage.Models, "0123456789ab.onnx"), [1, 2, 3]);

        var answer = await _client.SubmitAsync("/admin/model", new() { ["version"] = "0123456789ab" }, "/admin/model/activate");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("not an ONNX model", (await answer.ReadPageAsync()).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((before, null), (Live.Classifier!.Model.Version, Live.Problem));
    }

    [Fact]
    public async Task Live_DamagedFile_OldOneAnswersAndAdministratorAndHealthSaySo()
    {
        var before = Live.Classifier!.Model.Version;
        await File.WriteAllBytesAsync(LivePath, [1, 2, 3]);
        await NoticedAsync();

        var health = await HealthAsync();
        Assert.Equal("Degraded", health.GetProperty("checks").GetProperty("model").GetString());
        Assert.Contains("not an ONNX model", health.GetProperty("reasons").GetProperty("model").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_app.Storage.Root, health.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("not an ONNX model", (await _client.PageAsync("/admin/model")).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("not an ONNX model", (await _client.PageAsync("/admin")).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        var answer = await _client.PostAsync("/api/v1/analyses", new Multipart().File("file", "a.wav", TestWav.Tone()).Content());
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(before, Live.Classifier!.Model.Version);
    }

    [Fact]
    public async Task Live_MissingFile_IsToldByHealth()
    {
        await File.WriteAllTextAsync(Path.ChangeExtension(LivePath, ".json"), "{}");
        await NoticedAsync();

        var health = await HealthAsync();

        Assert.Equal("live.onnx is missing.", health.GetProperty("reasons").GetProperty("model").GetString());
    }

    private async Task<JsonElement> HealthAsync() =>
        JsonDocument.Parse(await (await _client.GetAsync("/health/ready")).Content.ReadAsStringAsync()).RootElement;

    private async Task NoticedAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (Live.Problem is null)
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
