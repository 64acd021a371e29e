using Microsoft.Playwright;

namespace MusicRec.Browser.Tests;

[Collection(Browsing.Administrators)]
public sealed class ModelTests(AdministratorBrowsing browsing)
{
    private const int SongsPerGenre = 10;

    [Fact]
    public async Task Label_Train_Compare_Activate_RollBack()
    {
        var before = await browsing.Site.CountAsync();
        var bundled = browsing.Site.ModelVersion;
        await using (var visitor = await browsing.AdministerAsync("ko", false))
        {
            await visitor.Page.GotoAsync("/admin/model");
            await Assertions.Expect(visitor.Page.Locator("[data-too-few]")).ToBeVisibleAsync();
            await visitor.AssertPleasantAsync();

            await LabelAsync(visitor.Page, "Ballad", 200);
            await LabelAsync(visitor.Page, "Trot", 2000);
            await browsing.Site.SettleAsync(before.Total + (2 * SongsPerGenre));
            var trained = await TrainAsync(visitor);
            await ActivateAsync(visitor.Page, bundled, trained);
            await browsing.Site.SettleAsync(before.Total + (2 * SongsPerGenre));
        }

        foreach (var (culture, phone, dark) in ((string, bool, bool)[])[("ko", true, true), ("en", false, false)])
        {
            await LookAsync(culture, phone, dark);
        }

        await RollBackAsync(bundled);
        await browsing.Site.DeleteAsync("새 노래");
        await browsing.Site.SettleAsync(before.Total);
    }

    private async Task LabelAsync(IPage page, string label, double hertz)
    {
        await page.GotoAsync("/admin/songs/add");
        await page.SelectOptionAsync("#label", label);
        await page.SetInputFilesAsync("#files", browsing.Site.MakeSongs(SongsPerGenre, hertz));
        await page.ClickAsync("form:has(#files) button[type=submit]");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(SongsPerGenre);
    }

    private async Task<string> TrainAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await page.GotoAsync("/admin/model");
        await page.ClickAsync("form[action$=train] button");
        await Assertions.Expect(page.Locator("[data-state=Completed]")).ToBeVisibleAsync();

        await Assertions.Expect(page.Locator("[data-training] .chart")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("[data-verdict]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-model]")).ToHaveCountAsync(2);
        await visitor.AssertPleasantAsync();
        return await page.Locator("[data-training] td code").First.TextContentAsync() ?? "";
    }

    private async Task ActivateAsync(IPage page, string bundled, string trained)
    {
        Assert.Equal(bundled, browsing.Site.ModelVersion);
        await page.ClickAsync("[data-training] form[action$=activate] button");
        await Assertions.Expect(page.Locator($"[data-model='{trained}'] form")).ToHaveCountAsync(0);
        Assert.Equal(trained, browsing.Site.ModelVersion);

        await page.GotoAsync("/about");
        await Assertions.Expect(page.Locator("#model code")).ToHaveTextAsync(trained);
    }

    private async Task LookAsync(string culture, bool phone, bool dark)
    {
        await using var visitor = await browsing.AdministerAsync(culture, phone, dark);
        await visitor.Page.GotoAsync("/admin/model");
        await visitor.Page.ClickAsync("details > summary");
        await visitor.AssertPleasantAsync();
        await visitor.Page.ClickAsync("[data-model] a");
        await visitor.AssertPleasantAsync();
    }

    private async Task RollBackAsync(string bundled)
    {
        await using var visitor = await browsing.VisitAsync("en", script: false);
        await visitor.SignInAsync();
        await visitor.Page.GotoAsync("/admin/model");
        var button = visitor.Page.Locator($"[data-model='{bundled}'] form button");
        await Assertions.Expect(button).ToContainTextAsync("Roll back");
        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveCountAsync(0);
        Assert.Equal(bundled, browsing.Site.ModelVersion);
    }

}
