using Microsoft.Playwright;

namespace MusicRec.Browser.Tests;

[Collection("Browser")]
public sealed class ShellTests(Browsing browsing)
{
    [Theory]
    [InlineData("ko", false, "연결되지 않았습니다")]
    [InlineData("en", true, "You are offline")]
    public async Task Offline_AVisitedSite_SaysSoInTheVisitorsLanguageAndKeepsNothingElse(string culture, bool phone, string title)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone);
        var page = visitor.Page;
        await visitor.SignInAsync();
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(worker => worker.active.state === 'activated' || new Promise(done => worker.active.addEventListener('statechange', done)))");
        await page.WaitForFunctionAsync("() => navigator.serviceWorker.controller");
        await page.GotoAsync("/songs");
        await page.EvaluateAsync("fetch(document.querySelector('audio').src)");
        await page.GotoAsync("/admin");

        var kept = await page.EvaluateAsync<string[]>(
            "caches.keys().then(names => Promise.all(names.map(name => caches.open(name).then(cache => cache.keys())))).then(lists => lists.flat().map(one => new URL(one.url).pathname))");
        Assert.Equal(["/css/offline.css", "/img/logo.svg", "/offline", "/offline", "/offline-language"], kept.Order(StringComparer.Ordinal));
        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync("/about");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(title);
        await visitor.AssertPleasantAsync();
        await page.Context.SetOfflineAsync(false);
        await page.ClickAsync("main a");
        await Assertions.Expect(page.Locator(".site-header")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Theme_Chosen_HoldsAtOnceAndFromTheFirstPaintOfTheNextPage()
    {
        await using var visitor = await browsing.VisitAsync("ko");
        var page = visitor.Page;
        await page.GotoAsync("/about");
        var light = await GroundAsync(page);

        await page.ClickAsync(".theme [value=dark]");
        await Assertions.Expect(page.Locator(".theme [value=dark]")).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.NotEqual(light, await GroundAsync(page));
        await visitor.AssertPleasantAsync();

        // The choice is in the page's own text, before any script.
        var answer = await page.GotoAsync("/songs");
        Assert.Contains("data-theme=\"dark\"", await answer!.TextAsync(), StringComparison.Ordinal);
        await page.ClickAsync(".theme [value=system]");
        await Assertions.Expect(page.Locator(".theme [value=system]")).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Equal(light, await GroundAsync(page));
    }

    [Theory]
    [InlineData("ko", true)]
    [InlineData("en", false)]
    public async Task Pages_WhileTheyLoad_DoNotShift(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone);
        await visitor.Page.AddInitScriptAsync(
            "window.shift = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) { if (!one.hadRecentInput) { window.shift += one.value; } } }).observe({ type: 'layout-shift', buffered: true });");
        foreach (var path in (string[])["/", "/songs", "/map", "/map/list", "/about", "/api"])
        {
            await visitor.Page.GotoAsync(path);
            var shift = await visitor.Page.EvaluateAsync<double>("new Promise(done => setTimeout(() => done(window.shift), 200))");
            Assert.True(shift < 0.02, $"{path} shifts by {shift}");
        }

        await visitor.AssertPleasantAsync();
    }

    private static Task<string> GroundAsync(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}
