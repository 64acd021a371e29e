using System.Globalization;
using Microsoft.Playwright;

namespace MusicRec.Browser.Tests;

/// <summary>Lists that one can shape, keep, share and listen to.</summary>
[Collection(Browsing.Visitors)]
public sealed class ListTests(VisitorBrowsing browsing)
{
    [Theory]
    [ClassData<KoreanPhone>]
    public async Task Mix_ShapeReloadSaveReorderShareAndTakeAway(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone, dark: !phone);
        var page = visitor.Page;
        await page.GotoAsync("/mix");
        await page.FillAsync("#find", "ㅇ");
        await page.ClickAsync("form.find button");
        await page.Locator(".found a").First.ClickAsync();
        await Assertions.Expect(page.Locator(".songs .song")).ToHaveCountAsync(7);
        await Assertions.Expect(page.Locator("[data-shortage]")).ToBeVisibleAsync();

        await page.Locator(".song-menu summary").First.ClickAsync();
        await visitor.AssertPleasantAsync();
        await page.Locator(".song-menu[open] a").Nth(1).ClickAsync();
        await Assertions.Expect(page.Locator(".songs .song")).ToHaveCountAsync(6);
        await Assertions.Expect(page.Locator(".seed-unlike")).ToHaveCountAsync(1);
        await page.Locator(".rules").EvaluateAsync("details => { details.open = true; }");
        await page.SelectOptionAsync("#count", "5");
        await page.ClickAsync(".rules button");
        await Assertions.Expect(page.Locator(".songs .song")).ToHaveCountAsync(5);
        var before = await TitlesAsync(page);
        await page.ReloadAsync();
        Assert.Equal(before, await TitlesAsync(page));

        await page.FillAsync("#name", $"산책 {culture}");
        await page.ClickAsync("form[action='/playlists'] button");
        await page.WaitForURLAsync("**/playlists/*");
        Assert.Equal(before, await TitlesAsync(page));
        await visitor.AssertPleasantAsync();
        await page.Locator(".song").Nth(2).Locator("form[action$=move] button").First.ClickAsync();
        await Assertions.Expect(page.Locator(".song-title").Nth(1)).ToHaveTextAsync(before[2]);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".song-title").First).ToHaveTextAsync(before[2]);
        await page.Locator(".song").Nth(1).Locator("form[action$=remove] button").ClickAsync();
        Assert.Equal([before[2], before[1], before[3], before[4]], await TitlesAsync(page));

        await page.ClickAsync("form[action$='/share'] button");
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator(".take-away a").First.ClickAsync());
        Assert.EndsWith(".m3u8", download.SuggestedFilename, StringComparison.Ordinal);
        await page.GotoAsync((await page.Locator("[data-share-address]").GetAttributeAsync("href"))!);
        await Assertions.Expect(page.Locator(".songs .song")).ToHaveCountAsync(4);
        await Assertions.Expect(page.Locator("form[action$=move]")).ToHaveCountAsync(0);
        await visitor.AssertPleasantAsync();
        await page.GotoAsync("/playlists");
        await Assertions.Expect(page.Locator(".playlist")).ToContainTextAsync($"산책 {culture}");
        await visitor.AssertPleasantAsync();
    }

    [Theory]
    [ClassData<KoreanDesk>]
    public async Task Path_FromOneSongToAnother_PlaysInARowAndGoesOnFromPageToPage(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone);
        var page = visitor.Page;
        await page.GotoAsync("/songs");
        await page.Locator(".song-menu summary").First.ClickAsync();
        await page.ClickAsync(".song-menu[open] a[href*='/mix/path']");
        await page.FillAsync("#find", "ㅅ");
        await page.ClickAsync("form.find button");
        await page.Locator(".found li").Last.Locator("a").Last.ClickAsync();
        await Assertions.Expect(page.Locator(".songs .song")).ToHaveCountAsync(8);
        await page.ClickAsync("[data-play-all]");
        await PlaysAsync(page, 1);
        // At the end of the page, where the player that stays cuts no button in two.
        await page.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight)");
        await visitor.AssertPleasantAsync();
        await page.ClickAsync("[data-bar-next]");
        await PlaysAsync(page, 2);
        var title = await page.Locator("[data-bar-title]").InnerTextAsync();
        Assert.Equal(title, (await TitlesAsync(page))[1]);

        await page.ClickAsync(".site-nav a[href='/about']");
        await page.WaitForURLAsync("**/about");
        await Assertions.Expect(page.Locator("[data-bar-title]")).ToHaveTextAsync(title);
        await PlaysAsync(page, 2);
        await page.GoBackAsync();
        await PlaysAsync(page, 2);
        await page.ClickAsync("[data-bar-close]");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("[data-player-bar]")).ToBeHiddenAsync();
    }

    [Theory]
    [ClassData<Once>]
    public async Task Keyboard_PlaysAndGoesThroughAList_ButNotWhileSomebodyTypes(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone);
        var page = visitor.Page;
        await page.GotoAsync("/songs");
        await page.Locator(".song-title").First.FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator(".song-menu[open]")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/mix?like=*");

        await page.FocusAsync("[data-play-all]");
        await page.Keyboard.PressAsync("Enter");
        await PlaysAsync(page, 1);
        await page.FocusAsync("main");
        await page.Keyboard.PressAsync("ArrowRight");
        await PlaysAsync(page, 2);
        await page.Keyboard.PressAsync(" ");
        await Assertions.Expect(page.Locator("[data-player-bar]:not([data-is-playing])")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await PlaysAsync(page, 1);

        await page.FocusAsync("#name");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.TypeAsync("내 곡 ");
        Assert.Equal("내 곡 ", await page.InputValueAsync("#name"));
        await PlaysAsync(page, 1);

        // A player of the page takes over, and back again.
        await page.Locator(".songs audio").Nth(3).EvaluateAsync("player => player.play()");
        await Assertions.Expect(page.Locator("[data-player-bar]:not([data-is-playing])")).ToBeVisibleAsync();
        await page.ClickAsync("[data-bar-toggle]");
        await PlaysAsync(page, 1);
        Assert.True(await page.Locator(".songs audio").Nth(3).EvaluateAsync<bool>("player => player.paused"));
    }

    /// <summary>The keys of a keyboard, a headset and the phone's lock screen: what the browser is told they do, done here in its place.</summary>
    [Theory]
    [ClassData<Once>]
    public async Task MediaKeys_GoThroughTheList_OnThisPageAndTheNext(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone);
        var page = visitor.Page;
        await page.AddInitScriptAsync("window.keys = {}; MediaSession.prototype.setActionHandler = (action, handle) => { window.keys[action] = handle; };");
        await page.GotoAsync("/songs");
        await page.ClickAsync(".song-title >> nth=0");
        await page.ClickAsync("[data-play-all]");
        await PlaysAsync(page, 1);
        Assert.Equal(["nexttrack", "pause", "play", "previoustrack", "seekto"], (await page.EvaluateAsync<string[]>("Object.keys(keys)")).Order());

        await page.EvaluateAsync("keys.nexttrack({ action: 'nexttrack' })");
        await PlaysAsync(page, 2);
        var title = await page.Locator("[data-bar-title]").InnerTextAsync();
        Assert.Equal(title, await page.EvaluateAsync<string>("navigator.mediaSession.metadata.title"));
        await page.EvaluateAsync("keys.pause({ action: 'pause' })");
        await Assertions.Expect(page.Locator("[data-player-bar]:not([data-is-playing])")).ToBeVisibleAsync();
        Assert.Equal("paused", await page.EvaluateAsync<string>("navigator.mediaSession.playbackState"));
        await page.EvaluateAsync("keys.seekto({ action: 'seekto', seekTime: 20 })");
        await Assertions.Expect(page.Locator("[data-bar-time]")).ToHaveTextAsync("0:20");

        await page.ClickAsync(".site-nav a[href='/about']");
        await page.WaitForURLAsync("**/about");
        await Assertions.Expect(page.Locator("[data-bar-title]")).ToHaveTextAsync(title);
        await page.EvaluateAsync("keys.previoustrack({ action: 'previoustrack' })");
        await PlaysAsync(page, 1);
    }

    [Theory]
    [ClassData<KoreanPhone>]
    public async Task SongPage_IsShapedInPlace(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone, dark: !phone);
        var page = visitor.Page;
        await page.GotoAsync("/songs");
        await page.ClickAsync(".song-title >> nth=0");
        await Assertions.Expect(page.Locator(".songs .song")).ToHaveCountAsync(5);
        var address = new Uri(page.Url).AbsolutePath;

        await page.ClickAsync(".rules summary");
        await visitor.AssertPleasantAsync();
        await page.SelectOptionAsync("#count", "10");
        await page.SelectOptionAsync("#artist", "1");
        await page.ClickAsync(".rules button");
        await page.WaitForURLAsync("**count=10*");
        Assert.Equal(address, new Uri(page.Url).AbsolutePath);
        Assert.Equal("10", await page.InputValueAsync("#count"));
        await Assertions.Expect(page.Locator("[data-shortage]")).ToBeVisibleAsync();

        await page.Locator(".song-menu summary").First.ClickAsync();
        await page.Locator(".song-menu[open] a").Nth(1).ClickAsync();
        await Assertions.Expect(page.Locator(".seed-unlike")).ToHaveCountAsync(1);
        Assert.Equal(address, new Uri(page.Url).AbsolutePath);
        await page.Locator(".why summary").First.ClickAsync();
        await visitor.AssertPleasantAsync();
        await page.ClickAsync(".rules form a");
        await Assertions.Expect(page.Locator(".songs .song")).ToHaveCountAsync(5);
    }

    [Theory]
    [ClassData<Once>]
    public async Task Radio_OneButtonOnASong_PlaysSongsLikeItAndGoesOn(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone);
        var page = visitor.Page;
        await page.GotoAsync("/songs");
        await page.Locator(".song-title").First.ClickAsync();
        await page.ClickAsync("a[href*='play=true'] >> visible=true");

        await PlaysAsync(page, 1);
        Assert.DoesNotContain("play=", page.Url, StringComparison.Ordinal);

        // Near its end it asks for more, until there is no song that was not there: the one it began with is the eighth.
        await Assertions.Expect(page.Locator("[data-bar-place]")).ToHaveTextAsync("1 / 7");
        for (var next = 2; next <= 6; next++)
        {
            await page.ClickAsync("[data-bar-next]");
        }

        await Assertions.Expect(page.Locator("[data-bar-place]")).ToHaveTextAsync("6 / 8");
        await page.ReloadAsync();
        await page.ClickAsync("[data-bar-next]");
        await page.ClickAsync("[data-bar-next]");
        await Assertions.Expect(page.Locator("[data-bar-place]")).ToHaveTextAsync("8 / 8");
        await Assertions.Expect(page.Locator("[data-bar-next]")).ToBeDisabledAsync();
        await page.WaitForFunctionAsync("() => JSON.parse(sessionStorage.getItem('musicrec.queue')).more === null");
        Assert.Equal(8, await page.EvaluateAsync<int>("new Set(JSON.parse(sessionStorage.getItem('musicrec.queue')).songs.map(song => song.id)).size"));
    }

    [Theory]
    [ClassData<Once>]
    public async Task WithoutJavaScript_ListsAndPlaylistsWork(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone, script: false);
        var page = visitor.Page;
        await page.GotoAsync("/songs");
        await page.ClickAsync(".song-title >> nth=0");
        await page.ClickAsync(".rules summary");
        await page.SelectOptionAsync("#count", "20");
        await page.ClickAsync(".rules button");
        await Assertions.Expect(page.Locator("[data-shortage]")).ToBeVisibleAsync();
        await page.GotoAsync("/songs");
        await page.Locator(".song-menu summary").First.ClickAsync();
        await page.Locator(".song-menu[open] a").First.ClickAsync();
        await Assertions.Expect(page.Locator(".songs audio")).ToHaveCountAsync(7);
        await page.ClickAsync("form[action='/playlists'] button");
        await page.WaitForURLAsync("**/playlists/*");
        await Assertions.Expect(page.Locator(".songs .song")).ToHaveCountAsync(7);
        await page.ClickAsync("details:has(form[action$=delete]) summary");
        await page.ClickAsync("form[action$=delete] button");
        await page.WaitForURLAsync("**/playlists");
        await Assertions.Expect(page.Locator(".playlist")).ToHaveCountAsync(0);
    }

    private static async Task<IReadOnlyList<string>> TitlesAsync(IPage page) => await page.Locator(".songs .song-title").AllInnerTextsAsync();

    /// <summary>The song of this number sounds: its clock moves.</summary>
    private static async Task PlaysAsync(IPage page, int number)
    {
        await Assertions.Expect(page.Locator("[data-bar-place]")).ToContainTextAsync(string.Create(CultureInfo.InvariantCulture, $"{number} /"));
        await Assertions.Expect(page.Locator("[data-player-bar][data-is-playing]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-bar-time]")).Not.ToHaveTextAsync("0:00", new() { Timeout = 30_000 });
    }
}
