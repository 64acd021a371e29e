using System.IO.Compression;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog.Import;
using MusicRec.Catalog.Map;
using MusicRec.Catalog.Songs;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Map;

public sealed class MapTests(MapTests.SixTones app) : IClassFixture<MapTests.SixTones>
{
    [Fact]
    public async Task Points_EveryEncoding_SamePointsInTheFormatThatIsWrittenDown()
    {
        var map = (await app.MapAsync())!;
        using var client = app.Visitor();

        foreach (var encoding in (string?[])[null, "gzip", "br"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/map/points");
            request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding ?? "identity");
            using var answer = await client.SendAsync(request);
            Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
            Assert.Contains("Accept-Encoding", answer.Headers.Vary);
            var bytes = await ReadAsync(answer, encoding);

            var head = BitConverter.ToInt32(bytes);
            using var json = JsonDocument.Parse(bytes.AsMemory(4, head));
            var count = json.RootElement.GetProperty("count").GetInt32();
            Assert.Equal((map.Tag, map.Count), (json.RootElement.GetProperty("tag").GetString(), count));
            Assert.Equal(["genre:Folk", "genre:Trot"], json.RootElement.GetProperty("groups").EnumerateArray().Select(group => group.GetString()));
            Assert.Equal(4 + head + (5 * count), bytes.Length);
            var places = bytes.AsSpan(4 + head);
            Assert.Equal(map.X, MemoryMarshal.Cast<byte, short>(places[..(2 * count)]));
            Assert.Equal(map.Y, MemoryMarshal.Cast<byte, short>(places[(2 * count)..(4 * count)]));
            Assert.Equal(map.GroupOfPoint, places[(4 * count)..]);
        }
    }

    [Fact]
    public async Task Points_AskedAgainWithTheTag_AreNotSentAgain()
    {
        using var client = app.Visitor();
        var first = await client.GetAsync("/map/points");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/map/points");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        var second = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Song_OfAPoint_HasNameSoundAndNeighbours()
    {
        var map = (await app.MapAsync())!;
        using var client = app.Visitor();

        using var answer = JsonDocument.Parse(await client.GetStringAsync($"/map/{map.Tag}/songs/2?culture=ko"));

        var song = answer.RootElement.GetProperty("song");
        Assert.Equal($"/songs/{map.SongAt(2)}", song.GetProperty("url").GetString());
        Assert.Equal("가수", song.GetProperty("artist").GetString());
        Assert.Contains(song.GetProperty("genre").GetString(), new[] { "포크", "트로트" });
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(answer.RootElement.GetProperty("audio").GetString())).StatusCode);
        Assert.Equal(5, answer.RootElement.GetProperty("similar").GetArrayLength());
    }

    [Theory]
    [InlineData("another-map", "songs/1")]
    [InlineData("another-map", "search?query=곡")]
    [InlineData(null, "songs/6")]
    [InlineData(null, "songs/-1")]
    [InlineData(null, "songs/2147483648")]
    public async Task Song_AnotherMapOrNoSuchPoint_NotFound(string? tag, string path)
    {
        using var client = app.Visitor();

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/map/{tag ?? (await app.MapAsync())!.Tag}/{path}")).StatusCode);
    }

    /// <summary>The other points stay where they are: nobody has to fetch the map again.</summary>
    [Fact]
    public async Task Song_DeletedSinceTheMapWasMade_IsGone()
    {
        await using var own = new SixTones();
        await own.InitializeAsync();
        var map = (await own.MapAsync())!;
        await own.Services.GetRequiredService<SongCatalog>().DeleteAsync(map.SongAt(3)!.Value, CancellationToken.None);
        using var client = own.Visitor();

        Assert.Equal(HttpStatusCode.Gone, (await client.GetAsync($"/map/{map.Tag}/songs/3")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/map/{map.Tag}/songs/2")).StatusCode);
    }

    [Fact]
    public async Task Search_InitialConsonants_FindsThePoint()
    {
        var map = (await app.MapAsync())!;
        using var client = app.Visitor();

        using var answer = JsonDocument.Parse(await client.GetStringAsync($"/map/{map.Tag}/search?query=ㄱ+3"));

        Assert.Equal(1, answer.RootElement.GetProperty("total").GetInt32());
        var hit = Assert.Single(answer.RootElement.GetProperty("songs").EnumerateArray());
        Assert.Equal("곡 3", hit.GetProperty("title").GetString());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(hit.GetProperty("url").GetString())).StatusCode);
    }

    [Fact]
    public async Task List_AllRegions_HaveEverySongWithItsNearest()
    {
        using var client = app.Visitor();
        var songs = new List<string?>();
        for (var region = 0; region < 9; region++)
        {
            var page = await client.PageAsync($"/map/list?region={region}&culture=ko");
            songs.AddRange(page.QuerySelectorAll("tbody th a").Select(link => link.GetAttribute("href")));
            Assert.All(page.QuerySelectorAll("tbody tr"), row => Assert.NotNull(row.QuerySelector("td:last-child a")));
        }

        Assert.Equal(6, songs.Distinct().Count());
        Assert.Equal(6, songs.Count);
    }

    [Theory]
    [InlineData("/map/list?region=-5&page=-1")]
    [InlineData("/map/list?region=2147483647&page=2147483647")]
    [InlineData("/map?song=00000000-0000-0000-0000-000000000000")]
    public async Task Page_ParametersOutOfRange_ShowsWhatThereIs(string path)
    {
        using var client = app.Visitor();

        Assert.NotNull((await client.PageAsync(path)).QuerySelector("h1"));
    }

    [Fact]
    public async Task Page_Legend_TellsGroupsByShapeAndName()
    {
        using var client = app.Visitor();

        var page = await client.PageAsync("/map?culture=ko");

        var groups = page.QuerySelectorAll("[data-group]");
        Assert.Equal(["포크 3", "트로트 3"], groups.Select(group => string.Join(' ', group.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        Assert.Equal(2, groups.Select(group => group.QuerySelector("path")!.GetAttribute("d")).Distinct().Count());
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage answer, string? encoding)
    {
        using var plain = new MemoryStream();
        var stream = await answer.Content.ReadAsStreamAsync();
        await using Stream reader = encoding switch { "br" => new BrotliStream(stream, CompressionMode.Decompress), "gzip" => new GZipStream(stream, CompressionMode.Decompress), _ => stream };
        await reader.CopyToAsync(plain);
        return plain.ToArray();
    }

    /// <summary>The program with six indexed songs of two genres.</summary>
    public sealed class SixTones : WebApp, IAsyncLifetime
    {
        public async ValueTask InitializeAsync()
        {
            for (var i = 0; i < 6; i++)
            {
                await Services.GetRequiredService<SongImporter>().ImportAsync(
                    new MemoryStream(TestWav.Tone(200 * Math.Pow(1.5, i))), $"가수_곡 {i}.wav", i % 2 == 0 ? "Folk" : "Trot", CancellationToken.None);
            }

            await IndexedSongs.WaitAsync(this, 6);
        }

        public Task<SongMap?> MapAsync() => Services.GetRequiredService<SongMaps>().CurrentAsync(CancellationToken.None);
    }
}
