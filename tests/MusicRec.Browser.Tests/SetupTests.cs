using Microsoft.Playwright;

namespace MusicRec.Browser.Tests;

/// <summary>The first start: whoever has the code makes the account.</summary>
[Collection(Browsing.Administrators)]
public sealed class SetupTests(AdministratorBrowsing browsing)
{
    [Fact]
    public async Task Setup_WrongThenRight_MakesTheAccountAndLeadsToTheOverview()
    {
        await using var site = new Site(songs: 0, isNew: true);
        await site.InitializeAsync();
        foreach (var (culture, phone) in ((string, bool)[])[("ko", true), ("en", false)])
        {
            await using var visitor = await browsing.VisitAsync(site, culture, phone);
            var page = visitor.Page;
            await page.GotoAsync("/account/login");
            await page.WaitForURLAsync("**/account/setup");
            await visitor.AssertPleasantAsync();

            await FillAsync(page, "AAAA-AAAA");
            await Assertions.Expect(page.Locator("[data-valmsg-for=Code]")).ToContainTextAsync(culture == "ko" ? "코드" : "code");
            await visitor.AssertPleasantAsync();
        }

        await using var administrator = await browsing.VisitAsync(site, "ko");
        await administrator.Page.GotoAsync("/account/setup");
        await FillAsync(administrator.Page, site.SetupCode);
        await administrator.Page.WaitForURLAsync("**/admin");
        await administrator.AssertPleasantAsync();
        Assert.Equal(404, (await administrator.Page.GotoAsync("/account/setup"))!.Status);
    }

    private static async Task FillAsync(IPage page, string code)
    {
        await page.FillAsync("[name=Code]", code);
        await page.FillAsync("[name=Email]", Site.Email);
        await page.FillAsync("[name=Password]", Site.Password);
        await page.ClickAsync("main button[type=submit]");
    }
}
