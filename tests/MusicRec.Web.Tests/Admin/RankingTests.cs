using System.Net;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog.Similarity;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Admin;

public sealed class RankingTests : IAsyncLifetime
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
    public async Task Page_NothingIndexed_SaysSo()
    {
        var page = await _client.PageAsync("/admin/ranking");

        Assert.Null(page.QuerySelector("table"));
        Assert.NotNull(page.QuerySelector(".empty"));
        Assert.Equal("소리와 특징", page.QuerySelector("[data-field=ranking]")!.TextContent);
    }

    [Fact]
    public async Task Page_SongsIndexed_ComparesAllRankings()
    {
        await AddSongsAsync();

        var page = await _client.PageAsync("/admin/ranking?culture=en");

        var rows = page.QuerySelectorAll("tbody tr");
        Assert.Equal(7, rows.Length);
        Assert.All(rows, row => Assert.Equal(3, row.QuerySelectorAll("td").Length));
        Assert.StartsWith("Same genre", rows[0].QuerySelector("th")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("100.0 % (100.0–100.0)", rows[0].QuerySelector("td")!.TextContent);
        Assert.Contains("3", page.QuerySelector("p.muted")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switch_LocalScaling_IsLiveForPagesWithTheSameVersion()
    {
        await AddSongsAsync();
        var index = _app.Services.GetRequiredService<LiveIndex>();
        var version = index.Current!.Version;

        var answer = await _client.SubmitAsync("/admin/ranking", new() { ["ranking"] = "LocalScaling" });

        Assert.Equal("/admin/ranking", answer.Headers.Location!.OriginalString);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (index.Current!.Ranking != Ranking.LocalScaling)
        {
            await Task.Delay(50, patience.Token);
        }

        Assert.Equal(version, index.Current.Version);
        var page = await _client.PageAsync("/admin/ranking");
        Assert.Equal("지역 척도", page.QuerySelector("[data-field=ranking]")!.TextContent);
        Assert.Equal(["Sound", "Cosine"], page.QuerySelectorAll("button[name=ranking]").Select(button => button.GetAttribute("value")));
        var song = (await _client.PageAsync("/songs")).QuerySelector("a.song-title")!.GetAttribute("href")!;
        Assert.Contains("얼마나 많은지", (await _client.PageAsync(song)).QuerySelector("ol.songs + p.hint")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("지역 척도", (await _client.PageAsync("/about")).QuerySelector("ol")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>The original order can be chosen, and pages and answers of the API go by it.</summary>
    [Fact]
    public async Task Switch_Cosine_PagesExplainTheOriginalOrder()
    {
        await AddSongsAsync();
        Assert.Contains("64", (await _client.PageAsync("/about")).QuerySelector("ol")!.TextContent, StringComparison.Ordinal);
        var song = (await _client.PageAsync("/songs")).QuerySelector("a.song-title")!.GetAttribute("href")!;
        Assert.Equal(6, (await _client.PageAsync(song)).QuerySelector(".why-table")!.QuerySelectorAll("tbody .number").Length);

        await _client.SubmitAsync("/admin/ranking", new() { ["ranking"] = "Cosine" });

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (_app.Services.GetRequiredService<LiveIndex>().Current!.Ranking != Ranking.Cosine)
        {
            await Task.Delay(50, patience.Token);
        }

        Assert.Equal(5, (await _client.PageAsync(song)).QuerySelector(".why-table")!.QuerySelectorAll("tbody .number").Length);
        Assert.DoesNotContain("64", (await _client.PageAsync("/about")).QuerySelector("ol")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Astrology")]
    [InlineData("7")]
    [InlineData("")]
    public async Task Switch_UnknownRanking_IsRefused(string ranking)
    {
        var answer = await _client.SubmitAsync("/admin/ranking", new() { ["ranking"] = ranking });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(Ranking.Sound, await _app.Services.GetRequiredService<RankingChoice>().ReadAsync(CancellationToken.None));
    }

    private async Task AddSongsAsync()
    {
        var answer = await _client.PostAsync("/admin/songs/add", new Multipart()
            .Field(Browser.TokenField, await _client.TokenAsync("/admin/songs/add"))
            .Field("label", "Trot")
            .File("files", "가_하나.wav", TestWav.Tone(300))
            .File("files", "가_둘.wav", TestWav.Tone(400))
            .File("files", "나_셋.wav", TestWav.Tone(900)).Content());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await IndexedSongs.WaitAsync(_app, 3);
    }
}
