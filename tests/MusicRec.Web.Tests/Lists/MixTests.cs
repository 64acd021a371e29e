using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using CsCheck;
using MusicRec.Web.Features.Mix;
using MusicRec.Web.Tests.Api;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Lists;

public sealed class MixTests(ApiTests.Catalog catalog) : IClassFixture<ApiTests.Catalog>
{
    private const string AllRules = "artist=0&versions=true";

    [Fact]
    public async Task Address_OpenedTwice_IsTheSameListWithoutItsSeeds()
    {
        using var client = catalog.App.Visitor();
        var ids = await IdsAsync(client);
        var address = $"/mix?like={ids[0]}&like={ids[3]}&unlike={ids[5]}&{AllRules}";

        var songs = SongsOf(await client.PageAsync(address));

        Assert.Equal(ids.Count - 3, songs.Count);
        Assert.Empty(songs.Intersect([ids[0], ids[3], ids[5]]));
        Assert.Equal(songs, SongsOf(await client.PageAsync(address)));
    }

    [Fact]
    public async Task Rules_OneArtist_LeavesTwoSongsAndSaysWhy()
    {
        using var client = catalog.App.Visitor();
        var ids = await IdsAsync(client);

        var page = await client.PageAsync($"/mix?like={ids[0]}&versions=true&culture=en");

        Assert.Equal(2, SongsOf(page).Count);
        Assert.Contains("4 were left out because their artist", page.QuerySelector("[data-shortage]")!.TextContent, StringComparison.Ordinal);
        var none = await client.PageAsync($"/mix?like={ids[0]}&genre=Trot&culture=en");
        Assert.Empty(SongsOf(none));
        Assert.Contains("None of the 6", none.QuerySelector("[data-shortage]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("NoSeed", (await client.PageAsync($"/mix?like={Guid.NewGuid()}")).QuerySelector("[data-shortage]")!.GetAttribute("data-shortage"));
    }

    [Fact]
    public async Task Menu_MoreAndLess_ChangeTheAddress()
    {
        using var client = catalog.App.Visitor();
        var ids = await IdsAsync(client);
        var page = await client.PageAsync($"/mix?like={ids[0]}&count=5&{AllRules}");
        var first = SongsOf(page)[0];
        var links = page.QuerySelectorAll($"[data-song='{first}'] .song-menu a").Select(link => link.GetAttribute("href")!).ToList();

        Assert.Equal($"/mix?like={ids[0]}&like={first}&count=5&{AllRules}", links[0]);
        Assert.Equal($"/mix?like={ids[0]}&unlike={first}&count=5&{AllRules}", links[1]);
        Assert.DoesNotContain(first, SongsOf(await client.PageAsync(links[1])));
        Assert.All(links, link => Assert.StartsWith("/", link, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Path_BetweenTwoSongs_HasBothEnds()
    {
        using var client = catalog.App.Visitor();
        var ids = await IdsAsync(client);

        var songs = SongsOf(await client.PageAsync($"/mix/path?from={ids[0]}&to={ids[4]}&count=5&{AllRules}"));

        Assert.Equal((5, ids[0], ids[4]), (songs.Count, songs[0], songs[^1]));
        Assert.NotNull((await client.PageAsync($"/mix/path?from={ids[0]}&to={ids[0]}")).QuerySelector(".notice"));
        Assert.NotNull((await client.PageAsync($"/mix/path?from={ids[0]}&to={Guid.NewGuid()}")).QuerySelector(".notice"));
    }

    [Theory]
    [InlineData("M3u8", "audio/x-mpegurl", "#EXTM3U\n")]
    [InlineData("M3u8Files", "audio/x-mpegurl", "#EXTM3U\n")]
    [InlineData("Csv", "text/csv", "\uFEFFnumber,title")]
    [InlineData("Json", "application/json", "{")]
    public async Task File_OfAList_HasItsSongs(string format, string mediaType, string start)
    {
        using var client = catalog.App.Visitor();
        var ids = await IdsAsync(client);

        var answer = await client.GetAsync($"/mix/file?like={ids[0]}&{AllRules}&format={format}");

        Assert.Equal((HttpStatusCode.OK, mediaType), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        var text = System.Text.Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
        Assert.StartsWith(start, text, StringComparison.Ordinal);
        Assert.Equal(format == "M3u8Files" ? 0 : 6, text.Split($"{client.BaseAddress}songs/").Length - 1);
        Assert.DoesNotContain(catalog.App.Storage.Root, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/mix?count=-5&artist=99&tempoFrom=-1&tempoTo=99999&decade=-1&like=nonsense&genre=%3Cscript%3E")]
    [InlineData("/mix?count=abc&upload=1")]
    [InlineData("/mix/path?from=x&to=y&count=0")]
    [InlineData("/mix?find=%00%27")]
    public async Task Nonsense_InTheAddress_IsAPageAllTheSame(string address)
    {
        using var client = catalog.App.Visitor();

        Assert.NotNull((await client.PageAsync(address)).QuerySelector("h1"));
    }

    /// <summary>What an address says comes back when its own address is read again.</summary>
    [Fact]
    public void State_AnyQuery_IsTheSameByItsAddress() =>
        Gen.Select(Gen.Guid.Array[0, 25], Gen.Guid.Array[0, 25], Gen.Int[-5, 100], Gen.Int[-5, 20], Gen.Bool, Gen.Int[-10, 500], Gen.Int[1890, 2110]).Sample(
            (like, unlike, count, artist, versions, tempo, decade) =>
            {
                var state = MixState.Of(new MixQuery
                {
                    Like = like,
                    Unlike = unlike,
                    Count = count,
                    Artist = artist,
                    Versions = versions,
                    TempoFrom = tempo,
                    TempoTo = tempo,
                    Decade = decade,
                    Genre = " trot ",
                });
                var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(state.Address().Split('?').ElementAtOrDefault(1));
                string? One(string name) => query.TryGetValue(name, out var values) ? values[0] : null;
                int? Number(string name) => One(name) is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;
                Guid[] Ids(string name) => query.TryGetValue(name, out var values) ? [.. values.Select(value => Guid.Parse(value!))] : [];

                var again = MixState.Of(new MixQuery
                {
                    Like = Ids("like"),
                    Unlike = Ids("unlike"),
                    Count = Number("count"),
                    Artist = Number("artist"),
                    Versions = One("versions") == "true",
                    TempoFrom = Number("tempoFrom"),
                    TempoTo = Number("tempoTo"),
                    Decade = Number("decade"),
                    Genre = One("genre"),
                });

                Assert.Equal((state.Address(), state.Rules), (again.Address(), again.Rules));
                Assert.True(state.Like.Count + state.Unlike.Count <= 20);
                Assert.Empty(state.Like.Intersect(state.Unlike));
            });

    internal static async Task<List<string>> IdsAsync(HttpClient client) =>
        [.. JsonDocument.Parse(await client.GetStringAsync("/api/v1/songs")).RootElement.GetProperty("items").EnumerateArray().Select(song => song.GetProperty("id").GetString()!)];

    internal static List<string> SongsOf(IDocument page) => [.. page.QuerySelectorAll("[data-queue] [data-song]").Select(song => song.GetAttribute("data-song")!)];
}
