using Microsoft.Playwright;
using MusicRec.Catalog.Demo;

namespace MusicRec.Browser.Tests;

[Collection("Browser")]
public sealed class MapTests(Browsing browsing)
{
    private const string Marks = "[data-map-marks]";

    [Theory]
    [InlineData("ko", false, false)]
    [InlineData("en", true, true)]
    public async Task Map_SearchFilterKeysAndSound(string culture, bool phone, bool dark)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone, dark: dark);
        var page = visitor.Page;
        var song = DemoSongs.Catalog.First(song => song.Genre == "Trot");
        await page.GotoAsync("/songs");
        await page.ClickAsync(".site-nav a[href='/map']");
        await page.Locator("[data-ready]").WaitForAsync();
        Assert.Equal(await page.Locator(".map-legend [data-group]").CountAsync() > 0, await page.Locator(".map").GetAttributeAsync("data-visible") != "0");
        await visitor.AssertPleasantAsync();

        // The catalog's own search, by initial consonants or words; a hit is shown on the map and beside it.
        await page.FillAsync("#query", song.Title);
        await page.Locator("[data-map-results] button", new() { HasText = song.Title }).First.ClickAsync();
        await Assertions.Expect(page.Locator("[data-map-title]")).ToHaveTextAsync(song.Title);
        await Assertions.Expect(page.Locator("[data-map-genre]")).ToHaveTextAsync(culture == "ko" ? "트로트" : "Trot");
        await Assertions.Expect(page.Locator("[data-map-similar] button")).ToHaveCountAsync(5);
        await page.WaitForFunctionAsync("() => document.querySelector('[data-map-audio]').currentTime > 0");
        Assert.Contains("?song=", page.Url, StringComparison.Ordinal);

        // Keys go from song to song and stop the sound.
        await page.FocusAsync(Marks);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.querySelector('[data-map-audio]').paused");
        foreach (var key in (string[])["0", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"])
        {
            await page.Keyboard.PressAsync(key);
        }

        await Assertions.Expect(page.Locator("[data-map-title]")).Not.ToHaveTextAsync(song.Title);
        await visitor.AssertPleasantAsync();

        // The legend filters, and lets go again.
        await page.ClickAsync("[data-group='genre:Trot']");
        await Assertions.Expect(page.Locator("[data-group='genre:Trot']")).ToHaveAttributeAsync("aria-pressed", "true");
        await page.ClickAsync("[data-map-all]");
        await Assertions.Expect(page.Locator("[data-group='genre:Trot']")).ToHaveAttributeAsync("aria-pressed", "false");
        await page.ClickAsync("[data-map-title]");
        await page.WaitForURLAsync("**/songs/*");
    }

    [Fact]
    public async Task Map_Pointing_TellsNameAndPlaysIfItMay()
    {
        await using var visitor = await browsing.VisitAsync();
        var page = visitor.Page;
        await page.GotoAsync("/map");
        await page.Locator("[data-ready]").WaitForAsync();
        await page.FocusAsync(Marks);
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator("[data-map-details]")).ToBeVisibleAsync();
        var title = await page.Locator("[data-map-title]").TextContentAsync();
        await page.ClickAsync("[data-map-listen]");
        await page.Keyboard.PressAsync("Escape");
        await page.FocusAsync(Marks);
        await page.Keyboard.PressAsync("Escape");

        // Over the whole map in steps, until a song is under the pointer.
        var box = (await page.Locator(Marks).BoundingBoxAsync())!;
        for (var (y, found) = (20, false); y < box.Height && !found; y += 12)
        {
            for (var x = 20; x < box.Width && !found; x += 12)
            {
                await page.Mouse.MoveAsync(box.X + x, box.Y + y);
                found = await page.EvaluateAsync<bool>("document.querySelector('[data-map-marks]').classList.contains('map-over')");
            }
        }

        await Assertions.Expect(page.Locator("[data-map-tip] strong")).ToBeVisibleAsync();
        Assert.NotNull(title);
        await page.WaitForFunctionAsync("() => document.querySelector('[data-map-audio]').currentTime > 0");
        await page.Mouse.MoveAsync(5, 5);
        await page.WaitForFunctionAsync("() => document.querySelector('[data-map-audio]').paused");
    }

    [Theory]
    [InlineData("ko", true)]
    [InlineData("en", false)]
    public async Task Map_WithoutScript_IsATable(string culture, bool phone)
    {
        await using (var visitor = await browsing.VisitAsync(culture, phone, script: false))
        {
            await visitor.Page.GotoAsync("/map");
            await visitor.Page.Locator("noscript a, .notice a").First.ClickAsync();
            await visitor.Page.WaitForURLAsync("**/map/list");
            await visitor.Page.Locator(".map-regions a").Last.ClickAsync();
            await Assertions.Expect(visitor.Page.Locator("tbody th a").First).ToBeVisibleAsync();
        }

        await using var reader = await browsing.VisitAsync(culture, phone);
        await reader.Page.GotoAsync("/map/list?region=4");
        await reader.AssertPleasantAsync();
    }
}
