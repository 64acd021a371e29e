using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Sound;

public sealed class PicturesTests(WebApp app) : IClassFixture<WebApp>
{
    [Theory]
    [InlineData("mel.png", 128)]
    [InlineData("chroma.png", 12)]
    public async Task Picture_OfAnUpload_IsAPngOfTheSoundAndNotForRobots(string picture, int rows)
    {
        using var client = app.Visitor();

        var answer = await client.GetAsync($"{await UploadAsync(client, 450)}/{picture}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("image/png", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("noindex, nofollow", answer.Headers.GetValues("X-Robots-Tag").Single());
        Assert.True(answer.Headers.CacheControl!.Private);
        var (width, height, _, _) = Png.Read(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal((44, rows), (width, height));
    }

    [Fact]
    public async Task Picture_KnownETag_IsNotSentAgain()
    {
        using var client = app.Visitor();
        var address = $"{await UploadAsync(client, 460)}/mel.png";
        var tag = (await client.GetAsync(address)).Headers.ETag!;
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(tag.Tag));

        Assert.Equal(HttpStatusCode.NotModified, (await client.SendAsync(request)).StatusCode);
    }

    /// <summary>Who cannot hear a sound cannot see it either.</summary>
    [Theory]
    [InlineData("uploads")]
    [InlineData("songs")]
    public async Task Picture_OfNothing_IsNotFound(string kind)
    {
        using var client = app.Visitor();

        foreach (var picture in (string[])["mel.png", "chroma.png", "audio"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/{kind}/{Guid.NewGuid()}/{picture}")).StatusCode);
        }
    }

    [Fact]
    public async Task Pages_SoundThatCanNoLongerBeRead_AnswerWithoutPictures()
    {
        using var client = app.Visitor();
        var address = await UploadAsync(client, 470);
        foreach (var file in Directory.GetFiles(app.Storage.Uploads).Concat(Directory.GetFiles(app.Storage.Portraits)))
        {
            File.Delete(file);
        }

        var page = await client.PageAsync(address);

        Assert.Contains(page.QuerySelectorAll(".notice"), notice => notice.TextContent.Contains("소리 파일을 읽을 수 없어", StringComparison.Ordinal));
        Assert.Null(page.QuerySelector(".wave"));
        Assert.Equal(3, page.QuerySelectorAll(".glance .card").Length);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"{address}/mel.png")).StatusCode);
    }

    internal static async Task<string> UploadAsync(HttpClient client, double hertz, int samples = 22050)
    {
        var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "a.wav", TestWav.Tone(hertz, samples)).Content());
        return $"/uploads/{JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()}";
    }
}
