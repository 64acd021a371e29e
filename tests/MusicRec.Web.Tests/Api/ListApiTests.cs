using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MusicRec.Web.Tests.Lists;

namespace MusicRec.Web.Tests.Api;

public sealed class ListApiTests(ApiTests.Catalog catalog) : IClassFixture<ApiTests.Catalog>
{
    [Fact]
    public async Task Lists_ByRules_HaveTheContractsShapeAndTheSameAnswerEveryTime()
    {
        using var client = catalog.App.Visitor();
        var ids = await MixTests.IdsAsync(client);
        var address = $"/api/v1/lists?like={ids[0]}&like={ids[1]}&unlike={ids[2]}&count=10&perArtist=3";

        var list = await client.GetFromJsonAsync<JsonElement>(address);

        Assert.Equal(["songs", "shortage"], Names(list));
        Assert.Equal(3, list.GetProperty("songs").GetArrayLength());
        Assert.Equal(["id", "title", "artist", "genre", "similarity", "audioUrl", "album", "coverUrl", "contributions"], Names(list.GetProperty("songs")[0]));
        Assert.All(list.GetProperty("songs").EnumerateArray(), song => Assert.Equal(
            song.GetProperty("similarity").GetDouble(), song.GetProperty("contributions").EnumerateObject().Sum(part => part.Value.GetDouble()), 1e-6));
        Assert.Equal(["reason", "others", "matching", "sameArtist", "versions"], Names(list.GetProperty("shortage")));
        Assert.Equal((4, 1), (list.GetProperty("shortage").GetProperty("matching").GetInt32(), list.GetProperty("shortage").GetProperty("sameArtist").GetInt32()));
        Assert.Equal(list.GetRawText(), (await client.GetFromJsonAsync<JsonElement>(address)).GetRawText());
    }

    [Fact]
    public async Task Paths_BetweenSongs_HaveBothEnds()
    {
        using var client = catalog.App.Visitor();
        var ids = await MixTests.IdsAsync(client);

        var path = await client.GetFromJsonAsync<JsonElement>($"/api/v1/paths?from={ids[0]}&to={ids[6]}&count=5");

        var songs = path.GetProperty("songs").EnumerateArray().Select(song => song.GetProperty("id").GetString()).ToList();
        Assert.Equal((5, ids[0], ids[6]), (songs.Count, songs[0], songs[^1]));
        Assert.Equal(JsonValueKind.Null, path.GetProperty("shortage").ValueKind);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/v1/paths?from={ids[0]}&to={ids[0]}")).StatusCode);
    }

    [Theory]
    [InlineData("lists?count=0", "count")]
    [InlineData("lists?count=51", "count")]
    [InlineData("lists?perArtist=-1", "perArtist")]
    [InlineData("lists?tempoFrom=fast", "tempoFrom")]
    [InlineData("lists?like=x", "like")]
    [InlineData("paths?from=7f2c0c5e-5d54-4f7e-9b5a-0d8f6f6f0001", "to")]
    public async Task Parameters_OutOfRange_AreNamed(string address, string name)
    {
        using var client = catalog.App.Visitor();

        var answer = await client.GetAsync($"/api/v1/{address}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(name, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Lists_OfAnUnknownAnalysis_NotFound()
    {
        using var client = catalog.App.Visitor();

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/v1/lists?analysis={Guid.NewGuid()}")).StatusCode);
        Assert.Equal("NoSeed", (await client.GetFromJsonAsync<JsonElement>("/api/v1/lists")).GetProperty("shortage").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Playlists_CreateReplaceShareDelete()
    {
        using var client = catalog.App.Visitor();
        var ids = await MixTests.IdsAsync(client);

        var created = await client.PostAsJsonAsync("/api/v1/playlists", new { name = "산책", songs = new[] { ids[0], ids[1], Guid.NewGuid().ToString() } });

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var address = created.Headers.Location!.PathAndQuery;
        var playlist = await created.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(["id", "name", "shareId", "expiresAt", "songs"], Names(playlist));
        Assert.Equal(2, playlist.GetProperty("songs").GetArrayLength());

        var replaced = await (await client.PutAsJsonAsync(address, new { name = "바꾼 이름", songs = new[] { ids[4], ids[0] } })).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal([ids[4], ids[0]], replaced.GetProperty("songs").EnumerateArray().Select(song => song.GetProperty("id").GetString()!));
        var shareId = (await (await client.PutAsync($"{address}/share", null)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("shareId").GetString();
        var shared = await client.GetFromJsonAsync<JsonElement>($"/api/v1/shared-playlists/{shareId}");
        Assert.Equal((JsonValueKind.Null, "바꾼 이름"), (shared.GetProperty("id").ValueKind, shared.GetProperty("name").GetString()));
        var file = await client.GetAsync($"{address}/file?format=M3u8");
        Assert.Equal("audio/x-mpegurl", file.Content.Headers.ContentType!.MediaType);
        Assert.Equal("바꾼 이름.m3u8", file.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.Equal(await file.Content.ReadAsStringAsync(), await client.GetStringAsync($"/api/v1/shared-playlists/{shareId}/file?format=M3u8"));

        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"{address}/share")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/v1/shared-playlists/{shareId}")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(address)).StatusCode);
        foreach (var gone in (HttpResponseMessage[])[await client.GetAsync(address), await client.DeleteAsync(address), await client.PutAsync($"{address}/share", null), await client.GetAsync($"{address}/file?format=Csv")])
        {
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        }
    }

    [Theory]
    [InlineData("""{"name":"","songs":[]}""")]
    [InlineData("""{"name":" \n ","songs":[]}""")]
    [InlineData("""{"songs":[]}""")]
    [InlineData("""{"name":"a"}""")]
    [InlineData("""{"name":"a","songs":["x"]}""")]
    [InlineData("nonsense")]
    public async Task Playlists_Nonsense_IsRefusedWithWords(string body)
    {
        using var client = catalog.App.Visitor();

        var answer = await client.PostAsync("/api/v1/playlists", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("InvalidParameter", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Playlists_TooManySongs_AreRefused()
    {
        using var client = catalog.App.Visitor();

        var answer = await client.PostAsJsonAsync("/api/v1/playlists", new { name = "많이", songs = Enumerable.Range(0, 501).Select(_ => Guid.NewGuid()) });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
