using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Uploads;

public sealed class AudioTests(WebApp app) : IClassFixture<WebApp>
{
    private static readonly byte[] Song = TestWav.Tone(523);

    [Fact]
    public async Task Audio_Whole_IsTheFileAndMayBeSeeked()
    {
        using var client = app.Visitor();

        var answer = await client.GetAsync(await AddressAsync(client));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Song, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("audio/wav", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("bytes", Assert.Single(answer.Headers.AcceptRanges));
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(answer.Headers.CacheControl!.Private);
        Assert.Matches("^\"[0-9a-f]{64}\"$", answer.Headers.ETag!.Tag);
    }

    [Theory]
    [InlineData(0, 99)]
    [InlineData(1000, 1999)]
    [InlineData(44000, null)]
    public async Task Audio_Range_IsThatPart(int from, int? to)
    {
        using var client = app.Visitor();
        using var request = new HttpRequestMessage(HttpMethod.Get, await AddressAsync(client));
        request.Headers.Range = new RangeHeaderValue(from, to);

        var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(Song[from..(to + 1 ?? Song.Length)], await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(Song.Length, answer.Content.Headers.ContentRange!.Length);
    }

    [Fact]
    public async Task Audio_RangeBehindTheEnd_IsNotSatisfiable()
    {
        using var client = app.Visitor();
        using var request = new HttpRequestMessage(HttpMethod.Get, await AddressAsync(client));
        request.Headers.Range = new RangeHeaderValue(Song.Length, null);

        var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
        Assert.Equal(Song.Length, answer.Content.Headers.ContentRange!.Length);
    }

    [Fact]
    public async Task Audio_KnownETag_IsNotSentAgain()
    {
        using var client = app.Visitor();
        var address = await AddressAsync(client);
        var tag = (await client.GetAsync(address)).Headers.ETag!;
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.IfNoneMatch.Add(tag);

        Assert.Equal(HttpStatusCode.NotModified, (await client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Audio_Head_TellsTheLength()
    {
        using var client = app.Visitor();
        using var request = new HttpRequestMessage(HttpMethod.Head, await AddressAsync(client));

        var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Song.Length, answer.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("/uploads/7f2c0c5e-5d54-4f7e-9b5a-0d8f6f6f0001/audio")]
    [InlineData("/songs/7f2c0c5e-5d54-4f7e-9b5a-0d8f6f6f0001/audio")]
    [InlineData("/songs/..%2f..%2fcatalog.db/audio")]
    [InlineData("/songs/%252e%252e/audio")]
    public async Task Audio_Unknown_IsNotFound(string path)
    {
        using var client = app.Visitor();

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(path)).StatusCode);
    }

    private static async Task<string> AddressAsync(HttpClient client)
    {
        var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "a.wav", Song).Content());
        var id = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString();
        return $"/uploads/{id}/audio";
    }
}
