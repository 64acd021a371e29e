using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace MusicRec.Browser.Tests;

[Collection("Browser")]
public sealed partial class AdminTests(Browsing browsing)
{
    [Theory]
    [InlineData("ko", false)]
    [InlineData("en", true)]
    public async Task Reindex_All_RunsInTheBackgroundAndCompletes(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone);
        var page = visitor.Page;
        await visitor.SignInAsync();
        var songs = (await browsing.Site.CountAsync()).Total;
        await page.GotoAsync("/admin/indexing");

        await page.ClickAsync("form:has(input[value=All]) button");
        await Assertions.Expect(page.Locator("[data-run=finished]")).ToBeVisibleAsync();

        await Assertions.Expect(page.Locator("[data-field=finished]")).ToHaveTextAsync($"{songs}");
        await Assertions.Expect(page.Locator("[data-field=total]")).ToHaveTextAsync($"{songs}");
        await visitor.AssertPleasantAsync();
    }

    /// <summary>The overview follows by itself: no page is loaded again.</summary>
    [Theory]
    [InlineData("ko", true, true)]
    [InlineData("en", false, false)]
    public async Task Dashboard_PauseResumeAndFollow(string culture, bool phone, bool dark)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone, dark: dark);
        var page = visitor.Page;
        await visitor.SignInAsync();
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

    [Fact]
    public async Task Songs_AddEditDelete()
    {
        await using var visitor = await browsing.VisitAsync("en");
        var page = visitor.Page;
        await visitor.SignInAsync();
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
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync("Rock");

        foreach (var query in (string[])["Renamed+by+hand", "333"])
        {
            await page.GotoAsync($"/admin/songs?query={query}");
            await page.Locator("a[href$=delete]").First.ClickAsync();
            await page.ClickAsync("form[action$=delete] button[type=submit]");
            await page.WaitForURLAsync(SongsAddress());
        }

        Assert.Equal(before.Total, (await browsing.Site.CountAsync()).Total);
    }

    [Theory]
    [InlineData("ko", true, true)]
    [InlineData("en", false, false)]
    public async Task AdminPages_AreAccessibleAndFitTheScreen(string culture, bool phone, bool dark)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone, dark: dark);
        await visitor.SignInAsync();
        await visitor.AssertPleasantAsync();
        foreach (var path in (string[])["/admin/songs", "/admin/songs/add", "/admin/indexing"])
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

    [Fact]
    public async Task SignIn_WrongPassword_IsSaid_AndAdminStaysClosed()
    {
        await using var visitor = await browsing.VisitAsync();
        var page = visitor.Page;
        await page.GotoAsync("/admin");
        Assert.Contains("/account/login", page.Url, StringComparison.Ordinal);

        await page.FillAsync("[name=Email]", "nobody@example.org");
        await page.FillAsync("[name=Password]", "wrong, wrong and wrong");
        await page.ClickAsync("main button[type=submit]");

        await Assertions.Expect(page.Locator("[role=alert]")).ToBeVisibleAsync();
    }

    [GeneratedRegex("/admin/songs(\\?.*)?$")]
    private static partial Regex SongsAddress();
}
