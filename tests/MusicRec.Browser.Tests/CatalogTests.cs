using Microsoft.Playwright;
using MusicRec.Catalog.Demo;

namespace MusicRec.Browser.Tests;

[Collection("Browser")]
public sealed class CatalogTests(Browsing browsing)
{
    [Theory]
    [InlineData("ko", false)]
    [InlineData("en", true)]
    public async Task Browse_SearchOpenAndFollowANeighbour(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone);
        var page = visitor.Page;
        var song = DemoSongs.Catalog.First(song => song.Genre == "Trot");
        await page.GotoAsync("/songs");

        await page.FillAsync("#query", song.Title);
        await page.Locator("form[role=search] button").ClickAsync();
        await page.ClickAsync($".song-title:text-is(\"{song.Title}\")");

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(song.Title);
        await Assertions.Expect(page.Locator("dl.facts")).ToContainTextAsync(culture == "ko" ? "트로트" : "Trot");
        await Assertions.Expect(page.Locator("ol.songs .song")).ToHaveCountAsync(5);
        await Assertions.Expect(page.Locator("ol.songs")).Not.ToContainTextAsync(song.Title);
        await page.Locator("ol.songs .song-title").First.ClickAsync();
        await Assertions.Expect(page.Locator("h1")).Not.ToHaveTextAsync(song.Title);
    }

    [Fact]
    public async Task Browse_GenreWithoutSongs_SaysSoAndLeadsBack()
    {
        await using var visitor = await browsing.VisitAsync();
        await visitor.Page.GotoAsync("/songs?query=%EC%97%86%EB%8A%94%20%EB%85%B8%EB%9E%98");

        await visitor.Page.Locator(".empty a").ClickAsync();

        await Assertions.Expect(visitor.Page.Locator(".songs .song").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Language_Switch_StaysOnThePageAndIsRemembered()
    {
        await using var visitor = await browsing.VisitAsync("ko");
        var page = visitor.Page;
        await page.GotoAsync("/songs?genre=Trot");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "ko");

        await page.ClickAsync("button[name=culture]");

        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        Assert.EndsWith("/songs?genre=Trot", page.Url, StringComparison.Ordinal);
        await page.GotoAsync("/about");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
    }

    [Fact]
    public async Task Keyboard_FirstTab_SkipsToTheContent()
    {
        await using var visitor = await browsing.VisitAsync();
        await visitor.Page.GotoAsync("/songs");

        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.PressAsync("Enter");

        Assert.Equal("content", await visitor.Page.EvaluateAsync<string>("document.activeElement.id"));
    }

    public static TheoryData<string, bool, bool> Looks => new()
    {
        { "ko", true, true }, { "en", false, false },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task OpenPages_AreAccessibleAndFitTheScreen(string culture, bool phone, bool dark)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone, dark: dark);
        foreach (var path in (string[])["/", "/songs", "/songs?query=nothing-like-it", "/about", "/api", "/account/login", "/no/such/page"])
        {
            await visitor.Page.GotoAsync(path);
            await visitor.AssertPleasantAsync();
        }

        await visitor.Page.GotoAsync("/songs");
        await visitor.Page.Locator(".song-title").First.ClickAsync();
        await visitor.Page.Locator("details").First.EvaluateAsync("details => { details.open = true; }");
        await visitor.AssertPleasantAsync();
    }
}
