using Microsoft.Playwright;

namespace MusicRec.Browser.Tests;

[Collection(Browsing.Administrators)]
public sealed class ShellTests(AdministratorBrowsing browsing)
{
    [Theory]
    [ClassData<KoreanDesk>]
    public async Task Offline_AVisitedSite_SaysSoInTheVisitorsLanguageAndKeepsNothingElse(string culture, bool phone)
    {
        await using var visitor = await browsing.AdministerAsync(culture, phone);
        var page = visitor.Page;
        await page.GotoAsync("/admin");
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
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(culture == "ko" ? "연결되지 않았습니다" : "You are offline");
        await visitor.AssertPleasantAsync();
        await page.Context.SetOfflineAsync(false);
        await page.ClickAsync("main a");
        await Assertions.Expect(page.Locator(".site-header")).ToBeVisibleAsync();
    }

    [Theory]
    [ClassData<Once>]
    public async Task Theme_Chosen_HoldsAtOnceAndFromTheFirstPaintOfTheNextPage(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone);
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
    [ClassData<Once>]
    public async Task Pages_ForThoseWhoWantNoMotion_DoNotMove(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone);
        await visitor.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        foreach (var path in (string[])["/", "/songs", "/mix"])
        {
            await visitor.Page.GotoAsync(path);
            var longest = await visitor.Page.EvaluateAsync<double>(
                "Math.max(...[...document.querySelectorAll('*')].flatMap(one => { const style = getComputedStyle(one); return [style.transitionDuration, style.animationDuration].flatMap(all => all.split(',').map(parseFloat)); }))");
            Assert.True(longest <= 0.001, $"{path} moves for {longest} s");
        }
    }

    private static Task<string> GroundAsync(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}
