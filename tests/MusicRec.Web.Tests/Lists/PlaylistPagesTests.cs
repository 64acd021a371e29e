using System.Net;
using MusicRec.Web.Features.Playlists;
using MusicRec.Web.Tests.Api;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Lists;

public sealed class PlaylistPagesTests(ApiTests.Catalog catalog) : IClassFixture<ApiTests.Catalog>
{
    [Fact]
    public async Task Playlist_CreateAddMoveRemoveRenameDelete()
    {
        using var client = catalog.App.Visitor();
        var ids = await MixTests.IdsAsync(client);
        var address = await CreateAsync(client, "산책 <b>노래</b>", ids[0], ids[1]);
        var page = await client.PageAsync(address);
        Assert.Equal("산책 <b>노래</b>", page.QuerySelector("h1")!.TextContent);
        Assert.Equal([ids[0], ids[1]], MixTests.SongsOf(page));

        await SubmitAsync(client, address, "songs", ("song", ids[2]));
        var moved = await SubmitAsync(client, address, "move", ("song", ids[2]), ("place", "0"), ("up", "true"));
        Assert.Equal($"{address}?moved={ids[2]}&up=true", moved);
        page = await client.PageAsync(moved);
        Assert.Equal([ids[2], ids[0], ids[1]], MixTests.SongsOf(page));
        Assert.Equal(ids[2], page.QuerySelector("button[autofocus]")!.ParentElement!.QuerySelector("[name=song]")!.GetAttribute("value"));

        await SubmitAsync(client, address, "remove", ("song", ids[0]));
        await SubmitAsync(client, address, "name", ("name", "다른 이름"));
        page = await client.PageAsync(address);
        Assert.Equal([ids[2], ids[1]], MixTests.SongsOf(page));
        Assert.Equal("다른 이름", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("다른 이름", (await client.PageAsync("/playlists")).QuerySelector("main .songs")!.TextContent, StringComparison.Ordinal);

        Assert.Equal("/playlists", await SubmitAsync(client, address, "delete"));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(address)).StatusCode);
        Assert.Null((await client.PageAsync("/playlists")).QuerySelector("main .songs li"));
    }

    [Fact]
    public async Task Playlists_OfOneBrowser_AreNotThoseOfAnother()
    {
        using var client = catalog.App.Visitor();
        using var other = catalog.App.Visitor("192.0.2.77");
        var address = await CreateAsync(client, "내 것");

        Assert.Contains("내 것", (await client.PageAsync("/playlists")).Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("내 것", (await other.PageAsync("/playlists")).Body!.TextContent, StringComparison.Ordinal);

        // Whoever has the address has the playlist, and remembers it.
        await other.PageAsync(address);
        Assert.Contains("내 것", (await other.PageAsync("/playlists")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Cookie_NotOurs_IsNoPlaylist(string cookie)
    {
        using var client = catalog.App.Visitor();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/playlists");
        request.Headers.Add("Cookie", $"musicrec.playlists={cookie}");

        var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Cookie_IsClosedToScriptsAndOtherSites()
    {
        using var client = catalog.App.Visitor();

        var answer = await client.SubmitAsync("/playlists", new() { ["name"] = "목록" });

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("musicrec.playlists", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(answer.Headers.Location!.OriginalString.Split('/')[^1], cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Share_IsReadOnlyAndRevocable()
    {
        using var client = catalog.App.Visitor();
        using var reader = catalog.App.Visitor("192.0.2.78");
        var ids = await MixTests.IdsAsync(client);
        var address = await CreateAsync(client, "나눌 목록", ids[3]);
        await SubmitAsync(client, address, "share");
        var shared = new Uri((await client.PageAsync(address)).QuerySelector("[data-share-address]")!.GetAttribute("href")!).PathAndQuery;

        var page = await reader.PageAsync(shared);

        Assert.Equal([ids[3]], MixTests.SongsOf(page));
        Assert.DoesNotContain(address.Split('/')[^1], page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync($"{shared}/file?format=M3u8")).StatusCode);
        var id = shared.Split('/')[^1];
        foreach (var what in (string[])["songs", "remove", "move", "name", "share", "unshare"])
        {
            var refused = await reader.SubmitAsync("/playlists", new() { ["song"] = ids[0], ["name"] = "x" }, $"/playlists/{id}/{what}");
            Assert.True(refused.StatusCode == HttpStatusCode.NotFound, what);
        }

        await SubmitAsync(client, address, "unshare");
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync(shared)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"{shared}/file?format=M3u8")).StatusCode);
    }

    [Fact]
    public async Task Create_MoreThanABrowserRemembers_IsRefusedWithWords()
    {
        using var client = catalog.App.Visitor("192.0.2.79");
        var token = await client.TokenAsync("/playlists");
        HttpResponseMessage answer = new(HttpStatusCode.Found);
        for (var i = 0; i <= OwnPlaylists.Most; i++)
        {
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            answer = await client.PostAsync("/playlists", new FormUrlEncodedContent([new("name", $"{i}"), new(Browser.TokenField, token)]));
        }

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("지우고", (await answer.ReadPageAsync()).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddPage_OffersOwnPlaylistsAndANewOne()
    {
        using var client = catalog.App.Visitor();
        var ids = await MixTests.IdsAsync(client);
        var address = await CreateAsync(client, "넣을 목록");

        var page = await client.PageAsync($"/playlists/add?song={ids[2]}");

        Assert.Contains(page.QuerySelectorAll("form").Select(form => form.GetAttribute("action")), action => action == $"{address}/songs");
        Assert.Equal(ids[2], page.QuerySelector("form[action='/playlists'] [name=song]")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/playlists/add?song={Guid.NewGuid()}")).StatusCode);
    }

    private static async Task<string> CreateAsync(HttpClient client, string name, params string[] songs)
    {
        var token = await client.TokenAsync("/playlists");
        var answer = await client.PostAsync("/playlists", new FormUrlEncodedContent(
            [new("name", name), new(Browser.TokenField, token), .. songs.Select(song => KeyValuePair.Create("song", song))]));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    private static async Task<string> SubmitAsync(HttpClient client, string address, string what, params (string Name, string Value)[] fields)
    {
        var answer = await client.SubmitAsync(address, fields.ToDictionary(field => field.Name, field => field.Value), $"{address}/{what}");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }
}
