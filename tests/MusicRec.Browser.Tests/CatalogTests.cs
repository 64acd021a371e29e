using Microsoft.Playwright;
using MusicRec.Catalog.Demo;

namespace MusicRec.Browser.Tests;

[Collection(Browsing.Visitors)]
public sealed class CatalogTests(VisitorBrowsing browsing)
{
    [Theory]
    [ClassData<KoreanDesk>]
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

    [Theory]
    [ClassData<Once>]
    public async Task Browse_GenreWithoutSongs_SaysSoAndLeadsBack(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone);
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

    [Theory]
    [ClassData<Once>]
    public async Task Keyboard_FirstTab_SkipsToTheContent(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone);
        await visitor.Page.GotoAsync("/songs");

        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.PressAsync("Enter");

        Assert.Equal("content", await visitor.Page.EvaluateAsync<string>("document.activeElement.id"));
    }

    [Theory]
    [ClassData<KoreanPhone>]
    public async Task OpenPages_AreAccessible_FitTheScreen_AndDoNotShiftWhileTheyLoad(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone, dark: phone);
        var page = visitor.Page;
        await page.AddInitScriptAsync(
            "window.shift = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) { if (!one.hadRecentInput) { window.shift += one.value; } } }).observe({ type: 'layout-shift', buffered: true });");
        await page.GotoAsync("/songs");
        var song = (await page.Locator(".song-title").First.GetAttributeAsync("href"))!;
        foreach (var path in (string[])["/map", "/map/list", $"/mix?like={song.Split('/')[^1]}", "/playlists"])
        {
            await AssertStandsAsync(path);
        }

        // Those that no flow looks at.
        foreach (var path in (string[])["/", "/songs", "/songs?query=nothing-like-it", "/about", "/api", "/account/login", "/no/such/page", song])
        {
            await AssertStandsAsync(path);
            await visitor.AssertPleasantAsync();
        }

        await page.Locator("details").First.EvaluateAsync("details => { details.open = true; }");
        await visitor.AssertPleasantAsync();

        async Task AssertStandsAsync(string path)
        {
            await page.GotoAsync(path);
            var shift = await page.EvaluateAsync<double>("new Promise(done => setTimeout(() => done(window.shift), 200))");
            Assert.True(shift < 0.02, $"{path} shifts by {shift}");
        }
    }
}
