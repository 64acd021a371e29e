using Microsoft.Playwright;
using MusicRec.Catalog.Demo;

namespace MusicRec.Browser.Tests;

[Collection(Browsing.Visitors)]
public sealed class MapTests(VisitorBrowsing browsing)
{
    private const string Marks = "[data-map-marks]";

    /// <summary>Looks under a pointer that goes over the whole map.</summary>
    private const string SomewhereOverASong = """
        () => {
          const marks = document.querySelector('[data-map-marks]');
          const box = marks.getBoundingClientRect();
          const point = (clientX, clientY) => marks.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY, pointerType: 'mouse' }));
          for (let y = box.top + 20; y < box.bottom - 80; y += 8) {
            for (let x = box.left + 20; x < box.right - 20; x += 8) {
              point(x, y);
              if (marks.classList.contains('map-over')) {
                point(box.left, box.top);
                return [x, y];
              }
            }
          }
        }
        """;

    [Theory]
    [ClassData<KoreanDesk>]
    public async Task Map_SearchFilterKeysAndSound(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone, dark: phone);
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

    [Theory]
    [ClassData<Once>]
    public async Task Map_Pointing_TellsNameAndPlaysIfItMay(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone);
        var page = visitor.Page;
        await page.GotoAsync("/map");
        await page.Locator("[data-ready]").WaitForAsync();
        await page.ClickAsync("[data-map-listen]");

        var place = await page.EvaluateAsync<float[]>(SomewhereOverASong);
        await page.Mouse.MoveAsync(place[0], place[1]);

        await Assertions.Expect(page.Locator("[data-map-tip] strong")).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('[data-map-audio]').currentTime > 0");
        await page.Mouse.MoveAsync(5, 5);
        await page.WaitForFunctionAsync("() => document.querySelector('[data-map-audio]').paused");

        // A finger that taps chooses the song and hears it.
        var finger = await page.Context.NewCDPSessionAsync(page);
        await finger.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchStart", ["touchPoints"] = new[] { new { x = place[0], y = place[1] } } });
        await finger.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() });
        await Assertions.Expect(page.Locator("[data-map-title]")).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("() => !document.querySelector('[data-map-audio]').paused");
        Assert.Contains("?song=", page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [ClassData<KoreanPhone>]
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
