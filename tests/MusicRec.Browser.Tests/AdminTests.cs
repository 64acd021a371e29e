using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace MusicRec.Browser.Tests;

[Collection(Browsing.Administrators)]
public sealed partial class AdminTests(AdministratorBrowsing browsing)
{
    [Theory]
    [ClassData<KoreanDesk>]
    public async Task Reindex_All_RunsInTheBackgroundAndCompletes(string culture, bool phone)
    {
        await using var visitor = await browsing.AdministerAsync(culture, phone);
        var page = visitor.Page;
        var songs = (await browsing.Site.CountAsync()).Total;
        await page.GotoAsync("/admin/indexing");

        await page.ClickAsync("form:has(input[value=All]) button");
        await Assertions.Expect(page.Locator("[data-run=finished]")).ToBeVisibleAsync();

        await Assertions.Expect(page.Locator("[data-field=finished]")).ToHaveTextAsync($"{songs}");
        await Assertions.Expect(page.Locator("[data-field=total]")).ToHaveTextAsync($"{songs}");
        await visitor.AssertPleasantAsync();
    }

    /// <summary>The overview follows by itself, also where numbers cannot be pushed: no page is loaded again.</summary>
    [Theory]
    [ClassData<KoreanPhone>]
    public async Task Dashboard_PauseResumeAndFollow(string culture, bool phone)
    {
        await using var visitor = await browsing.AdministerAsync(culture, phone, dark: phone);
        var page = visitor.Page;
        if (!phone)
        {
            await page.AddInitScriptAsync("delete window.EventSource");
        }

        await browsing.Site.BeginPausedRunAsync();
        await page.GotoAsync("/admin");
        await Assertions.Expect(page.Locator("[data-paused]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-field='run.finished']")).ToHaveTextAsync("0");
        await page.Locator("details > summary").Last.ClickAsync();
        await visitor.AssertPleasantAsync();

        await page.ClickAsync("form[action$=resume] button");
        await page.EvaluateAsync("window.stayed = true");

        await Assertions.Expect(page.Locator("[data-field='run.state']")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("[data-field='songs.indexed']")).ToHaveTextAsync($"{(await browsing.Site.CountAsync()).Total}");
        Assert.True(await page.EvaluateAsync<bool>("window.stayed"));
        await visitor.AssertPleasantAsync();
    }

    [Theory]
    [ClassData<KoreanDesk>]
    public async Task Songs_AddEditDelete(string culture, bool phone)
    {
        await using var visitor = await browsing.AdministerAsync(culture, phone);
        var page = visitor.Page;
        var before = await browsing.Site.CountAsync();

        await page.GotoAsync("/admin/songs/add");
        await page.SelectOptionAsync("#label", "Folk");
        await page.SetInputFilesAsync("#files", [.. browsing.Site.MakeSongs(2, 333), browsing.Site.NotASong]);
        await page.SelectOptionAsync("#label-1", "Trot");
        await page.ClickAsync("form:has(#files) button[type=submit]");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(3);
        Assert.Equal(before.Total + 2, (await browsing.Site.CountAsync()).Total);
        await visitor.AssertPleasantAsync();

        await page.GotoAsync("/admin/songs?query=333&genre=Trot");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.GotoAsync("/admin/songs?query=333&genre=Folk");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.Locator("tbody td.row a").First.ClickAsync();
        await page.FillAsync("[name=Title]", "Renamed by hand");
        await page.FillAsync("[name=Label]", "rock");
        await page.ClickAsync("form:has([name=Title]) button[type=submit]");
        await page.GotoAsync("/admin/songs?query=Renamed+by+hand");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync(culture == "ko" ? "록" : "Rock");

        foreach (var query in (string[])["Renamed+by+hand", "333"])
        {
            await page.GotoAsync($"/admin/songs?query={query}");
            await page.Locator("a[href$=delete]").First.ClickAsync();
            await page.ClickAsync("form[action$=delete] button[type=submit]");
            await Assertions.Expect(page).ToHaveURLAsync(SongsAddress());
        }

        Assert.Equal(before.Total, (await browsing.Site.CountAsync()).Total);
    }

    [Theory]
    [ClassData<KoreanPhone>]
    public async Task AdminPages_AreAccessibleAndFitTheScreen(string culture, bool phone)
    {
        await using var visitor = await browsing.AdministerAsync(culture, phone, dark: phone);
        foreach (var path in (string[])["/admin", "/admin/songs", "/admin/songs/add", "/admin/indexing", "/admin/ranking", "/admin/backups"])
        {
            await visitor.Page.GotoAsync(path);
            await visitor.AssertPleasantAsync();
        }

        await visitor.Page.GotoAsync("/admin/songs");
        await visitor.Page.Locator("tbody td.row a").First.ClickAsync();
        await visitor.AssertPleasantAsync();
        await visitor.Page.GoBackAsync();
        await visitor.Page.Locator("a[href$=delete]").First.ClickAsync();
        await visitor.AssertPleasantAsync();
    }

    [Theory]
    [ClassData<Once>]
    public async Task SignIn_WrongPassword_IsSaid_AndAdminStaysClosed(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone);
        var page = visitor.Page;
        await page.GotoAsync("/admin");
        Assert.Contains("/account/login", page.Url, StringComparison.Ordinal);

        await page.FillAsync("[name=Email]", "nobody@example.org");
        await page.FillAsync("[name=Password]", "wrong, wrong and wrong");
        await page.ClickAsync("main button[type=submit]");

        await Assertions.Expect(page.Locator("[role=alert]")).ToBeVisibleAsync();
    }

    [Theory]
    [ClassData<KoreanPhone>]
    public async Task WithoutJavaScript_AddSeeEditDeleteReindexAndSignOut(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone, script: false);
        var page = visitor.Page;
        await visitor.SignInAsync();
        var before = await browsing.Site.CountAsync();
        await page.ClickAsync("a[href='/admin/songs/add'] >> visible=true");
        await Assertions.Expect(page.Locator("#folder")).ToBeHiddenAsync();
        await page.SelectOptionAsync("#label", "Folk");
        await page.SetInputFilesAsync("#files", [.. browsing.Site.MakeSongs(1, 444), browsing.Site.NotASong]);
        await page.ClickAsync("form:has(#files) button[type=submit]");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        Assert.Equal(before.Total + 1, (await browsing.Site.CountAsync()).Total);

        await page.ClickAsync("tbody a");
        await page.FillAsync("[name=Title]", $"손으로 {culture}");
        await page.ClickAsync("form:has([name=Title]) button[type=submit]");
        await page.FillAsync("#query", $"손으로 {culture}");
        await page.ClickAsync("form:has(#query) button");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync(culture == "ko" ? "포크" : "Folk");
        await page.ClickAsync("tbody td >> a >> nth=0");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync($"손으로 {culture}");

        await page.GotoAsync("/admin/indexing");
        await page.ClickAsync("form:has(input[value=All]) button");
        await Assertions.Expect(page.Locator("[data-run]")).ToBeVisibleAsync();
        if (await page.Locator("[data-run=running] a[href*=refresh]").CountAsync() > 0)
        {
            await page.ClickAsync("[data-run=running] a[href*=refresh]");
        }

        // From here the page asks again by itself.
        await Assertions.Expect(page.Locator("[data-run=finished] [data-field=finished]")).ToHaveTextAsync($"{before.Total + 1}");

        await page.GotoAsync($"/admin/songs?query={Uri.EscapeDataString($"손으로 {culture}")}");
        await page.ClickAsync("a[href$=delete]");
        await page.ClickAsync("form[action$=delete] button");
        await Assertions.Expect(page).ToHaveURLAsync(SongsAddress());
        Assert.Equal(before.Total, (await browsing.Site.CountAsync()).Total);
        await page.ClickAsync("form[action$=logout] button");
        await page.GotoAsync("/admin");
        Assert.Contains("/account/login", page.Url, StringComparison.Ordinal);
    }

    [GeneratedRegex("/admin/songs(\\?.*)?$")]
    private static partial Regex SongsAddress();
}
