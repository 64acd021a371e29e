using AngleSharp.Dom;
using MusicRec.Web.Tests.Api;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Lists;

/// <summary>The list on the page of a song, of the catalog or uploaded, is shaped in place by the page's address.</summary>
public sealed class PageListTests(ApiTests.Catalog catalog) : IClassFixture<ApiTests.Catalog>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Page_WithoutRules_HasTheFiveNearestAndAFormThatIsClosed(bool isUpload)
    {
        using var client = catalog.App.Visitor();
        var address = await PageAddressAsync(client, isUpload);

        var page = await client.PageAsync(address);

        Assert.Equal(5, MixTests.SongsOf(page).Count);
        Assert.False(page.QuerySelector("details.rules")!.HasAttribute("open"));
        Assert.Null(page.QuerySelector("[data-shortage]"));
        Assert.StartsWith($"{address}#", page.QuerySelector(".rules form")!.GetAttribute("action"), StringComparison.Ordinal);

        // Sent as it stands, the form changes nothing.
        Assert.Equal(MixTests.SongsOf(page), MixTests.SongsOf(await client.PageAsync($"{address}?{FormOf(page)}")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Page_WithRules_IsShapedKeepsThemAndSaysWhatIsMissing(bool isUpload)
    {
        using var client = catalog.App.Visitor();
        var address = await PageAddressAsync(client, isUpload);

        var page = await client.PageAsync($"{address}?count=10&artist=1&versions=true&culture=en");

        Assert.Single(MixTests.SongsOf(page));
        Assert.Equal("Rules", page.QuerySelector("[data-shortage]")!.GetAttribute("data-shortage"));
        Assert.True(page.QuerySelector("details.rules")!.HasAttribute("open"));
        Assert.Equal(("10", "1"), (Chosen(page, "count"), Chosen(page, "artist")));
        Assert.Equal(address, page.QuerySelector(".rules form a")!.GetAttribute("href"));
        Assert.NotNull(page.QuerySelector("meta[name=robots]"));

        var none = await client.PageAsync($"{address}?genre=Trot&culture=en");
        Assert.Empty(MixTests.SongsOf(none));
        Assert.Contains("None of the", none.QuerySelector("[data-shortage]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Menu_MoreAndLess_StayOnThePageAndAreExplained(bool isUpload)
    {
        using var client = catalog.App.Visitor();
        var address = await PageAddressAsync(client, isUpload);
        var plain = await client.PageAsync(address);
        var (first, last) = (MixTests.SongsOf(plain)[0], MixTests.SongsOf(plain)[^1]);
        var links = plain.QuerySelectorAll($"[data-song='{first}'] .song-menu a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.Equal($"{address}?like={first}&count=5&versions=true#similar", links[0]);
        Assert.Equal($"{address}?unlike={first}&count=5&versions=true#similar", links[1]);

        var page = await client.PageAsync($"{address}?like={last}&unlike={first}&count=3&artist=0&versions=true&culture=en");

        Assert.Equal(3, MixTests.SongsOf(page).Count);
        Assert.Empty(MixTests.SongsOf(page).Intersect([first, last, address.Split('/')[^1]]));
        Assert.Equal(2, page.QuerySelectorAll(".seed").Length);
        Assert.Equal($"{address}?unlike={first}&count=3&versions=true#similar", page.QuerySelector(".seed:not(.seed-unlike) .seed-remove")!.GetAttribute("href"));
        Assert.Equal(3, page.QuerySelectorAll(".why-table").Length);
        Assert.Contains("Sought sound", page.QuerySelector(".why-table")!.TextContent, StringComparison.Ordinal);

        // On the page of lists it is the same list.
        var own = page.QuerySelectorAll("a.button").Select(link => link.GetAttribute("href")!).Single(href => href.StartsWith("/mix?", StringComparison.Ordinal) && !href.Contains("play=", StringComparison.Ordinal));
        Assert.Equal(MixTests.SongsOf(page), MixTests.SongsOf(await client.PageAsync(own)));
    }

    [Theory]
    [InlineData("count=-5&artist=99&tempoFrom=-1&tempoTo=99999&decade=-1&like=nonsense&genre=%3Cscript%3E")]
    [InlineData("count=abc&upload=1&from=x")]
    public async Task Nonsense_InTheAddress_IsAPageAllTheSame(string query)
    {
        using var client = catalog.App.Visitor();

        Assert.NotNull((await client.PageAsync($"{await PageAddressAsync(client, isUpload: false)}?{query}")).QuerySelector("h1"));
    }

    [Fact]
    public async Task Lists_OfSeveralSongsAndPaths_SayWhy()
    {
        using var client = catalog.App.Visitor();
        var ids = await MixTests.IdsAsync(client);

        var list = await client.PageAsync($"/mix?like={ids[0]}&like={ids[1]}&artist=0&versions=true&count=4");
        var path = await client.PageAsync($"/mix/path?from={ids[0]}&to={ids[4]}&count=4&artist=0&versions=true&culture=en");

        Assert.Equal(4, list.QuerySelectorAll(".song .why-table").Length);
        Assert.Equal(3, path.QuerySelectorAll(".song .why-table").Length);
        Assert.All([list, path], page => Assert.NotNull(page.QuerySelector("link[href*='sound.css']")));
        Assert.Contains("Song before", path.QuerySelector(".why-table")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<string> PageAddressAsync(HttpClient client, bool isUpload)
    {
        if (!isUpload)
        {
            return $"/songs/{(await MixTests.IdsAsync(client))[2]}";
        }

        var token = await client.TokenAsync("/");
        var answer = await client.PostAsync("/", new Multipart().Field(Browser.TokenField, token).File("file", "내 곡.wav", TestWav.Tone(470)).Content());
        return answer.Headers.Location!.OriginalString;
    }

    private static string? Chosen(IDocument page, string name) => page.QuerySelector($".rules [name={name}] option[selected]")!.GetAttribute("value");

    /// <summary>What a browser sends when the form is not touched.</summary>
    private static string FormOf(IDocument page)
    {
        var fields = page.QuerySelectorAll(".rules select").Select(field => $"{field.GetAttribute("name")}={field.QuerySelector("option[selected]")?.GetAttribute("value")}")
            .Concat(page.QuerySelectorAll(".rules input[type=number]").Select(field => $"{field.GetAttribute("name")}={field.GetAttribute("value")}"))
            .Concat(page.QuerySelectorAll(".rules input[type=checkbox][checked]").Select(field => $"{field.GetAttribute("name")}=true"));
        return string.Join('&', fields);
    }
}
