using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog;
using MusicRec.Genres;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Models;

public sealed class DoubtTests(WebApp app) : IClassFixture<WebApp>
{
    [Theory]
    [InlineData(PredictionDoubt.None, "ko", "가장 가까운 장르", null, true)]
    [InlineData(PredictionDoubt.LowConfidence, "ko", "장르를 확신할 수 없습니다", "어느 장르도 충분히 뚜렷하지 않습니다", true)]
    [InlineData(PredictionDoubt.UnlikeTraining, "ko", "장르를 확신할 수 없습니다", "모델이 배운 노래들과 소리가 크게 다릅니다", false)]
    [InlineData(PredictionDoubt.LowConfidence, "en", "The genre is not clear", "No genre stands out", true)]
    [InlineData(PredictionDoubt.UnlikeTraining, "en", "The genre is not clear", "silence, noise, a test tone", false)]
    public async Task Result_WithDoubt_SaysSoInPlainWords(PredictionDoubt doubt, string culture, string headline, string? reason, bool showsBars)
    {
        using var client = app.Visitor();
        var id = await UploadAsync(client, doubt);

        var page = await client.PageAsync($"/uploads/{id}?culture={culture}");

        Assert.Contains(headline, page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(doubt == PredictionDoubt.None, page.QuerySelector("h1")!.TextContent.Contains('%', StringComparison.Ordinal));
        Assert.Equal(reason is not null, page.QuerySelector("[data-doubt]")?.TextContent.Contains(reason!, StringComparison.Ordinal) == true);
        Assert.Equal(showsBars, page.QuerySelector(".bars") is not null);
    }

    [Theory]
    [InlineData(PredictionDoubt.None, true, null)]
    [InlineData(PredictionDoubt.LowConfidence, false, "LowConfidence")]
    [InlineData(PredictionDoubt.UnlikeTraining, false, "UnlikeTraining")]
    public async Task Api_WithDoubt_SaysSoBesideTheGenres(PredictionDoubt doubt, bool sure, string? said)
    {
        using var client = app.Visitor();
        var id = await UploadAsync(client, doubt);

        var analysis = JsonDocument.Parse(await client.GetStringAsync($"/api/v1/analyses/{id}")).RootElement;

        Assert.Equal((sure, said), (analysis.GetProperty("sure").GetBoolean(), analysis.GetProperty("doubt").GetString()));
        Assert.Equal(8, analysis.GetProperty("genres").GetArrayLength());
    }

    [Theory]
    [InlineData(PredictionDoubt.LowConfidence, true)]
    [InlineData(PredictionDoubt.UnlikeTraining, false)]
    public async Task Song_WithDoubt_HasNoGenreButAReason(PredictionDoubt doubt, bool showsBars)
    {
        using var app = new WebApp();
        using var administrator = await app.AdministratorAsync();
        var form = new Multipart().Field(Browser.TokenField, await administrator.TokenAsync("/admin/songs/add")).File("files", "a_b.wav", TestWav.Tone());
        (await administrator.PostAsync("/admin/songs/add", form.Content())).EnsureSuccessStatusCode();
        await IndexedSongs.WaitAsync(app, 1);
        await using var scope = app.Services.CreateAsyncScope();
        var songs = scope.ServiceProvider.GetRequiredService<CatalogContext>().Songs;
        await songs.ExecuteUpdateAsync(song => song.SetProperty(row => row.Doubt, doubt).SetProperty(row => row.PredictedGenre, (string?)null));
        var id = (await songs.AsNoTracking().SingleAsync()).Id;
        using var client = app.Visitor();

        var page = await client.PageAsync($"/songs/{id}");

        Assert.Contains("확신할 수 없음", page.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($"[data-doubt={doubt}]"));
        Assert.Equal(showsBars, page.QuerySelector(".bars") is not null);
    }

    private async Task<Guid> UploadAsync(HttpClient client, PredictionDoubt doubt)
    {
        var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "노래.wav", TestWav.Tone(470)).Content());
        var id = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetGuid();
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CatalogContext>().Uploads
            .Where(upload => upload.Id == id)
            .ExecuteUpdateAsync(upload => upload.SetProperty(row => row.Doubt, doubt));
        return id;
    }
}
