using Microsoft.Playwright;

namespace MusicRec.Browser.Tests;

/// <summary>The visitor's way: choose a song, see its genre, hear five that are like it.</summary>
[Collection(Browsing.Visitors)]
public sealed class UploadTests(VisitorBrowsing browsing)
{
    public static TheoryData<string, bool> Screens => new() { { "ko", false }, { "ko", true }, { "en", false }, { "en", true } };

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Upload_Song_ShowsGenreAndFiveSongsThatPlayAndSeek(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone);
        var page = visitor.Page;
        await page.GotoAsync("/");

        await page.SetInputFilesAsync("input[type=file]", browsing.Site.VisitorsSong);
        await page.ClickAsync("form[data-upload] button[type=submit]");
        await page.WaitForURLAsync("**/uploads/*");

        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(culture == "ko" ? "가장 가까운 장르" : "Closest genre");
        await Assertions.Expect(page.Locator(".bars .bar")).ToHaveCountAsync(8);
        await Assertions.Expect(page.Locator("ol.songs .song")).ToHaveCountAsync(5);
        await Assertions.Expect(page.Locator("audio")).ToHaveCountAsync(6);
        await AssertPlaysAndSeeksAsync(page.Locator("audio").First);
        await AssertPlaysAndSeeksAsync(page.Locator("ol.songs audio").Nth(4));
        Assert.True(await page.Locator("audio").First.EvaluateAsync<bool>("player => player.paused"), "Two players at once.");
        await visitor.AssertPleasantAsync();

        var again = await page.ReloadAsync();
        Assert.Equal(200, again!.Status);
    }

    [Theory]
    [ClassData<Once>]
    public async Task Upload_BarsAreSortedAndAddUp(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone);
        var page = visitor.Page;
        await UploadAsync(page);

        var texts = await page.Locator(".bar-value").AllInnerTextsAsync();
        var values = texts.Select(text => double.Parse(text.Replace("%", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(values.OrderDescending(), values);
        Assert.InRange(values.Sum(), 99, 101);
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(await page.Locator(".bar-label").First.InnerTextAsync());
    }

    [Theory]
    [ClassData<Once>]
    public async Task Upload_WithoutJavaScript_WorksTheSame(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone, script: false);
        var page = visitor.Page;

        await UploadAsync(page);

        await Assertions.Expect(page.Locator("ol.songs .song")).ToHaveCountAsync(5);
        await page.GotoAsync("/");
        await page.SetInputFilesAsync("input[type=file]", browsing.Site.NotASong);
        await page.ClickAsync("form[data-upload] button[type=submit]");
        await Assertions.Expect(page.Locator("[data-upload-error]")).ToContainTextAsync("WAV");
    }

    [Theory]
    [ClassData<KoreanPhone>]
    public async Task Upload_NotASong_IsSaidOnTheSamePage(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone);
        var page = visitor.Page;
        await page.GotoAsync("/");

        await page.SetInputFilesAsync("input[type=file]", browsing.Site.NotASong);
        await page.ClickAsync("form[data-upload] button[type=submit]");

        var message = page.Locator("[data-upload-error]");
        await Assertions.Expect(message).ToBeVisibleAsync();
        await Assertions.Expect(message).ToContainTextAsync("WAV");
        Assert.Equal(culture == "ko", (await message.InnerTextAsync()).Any(letter => letter is >= '가' and <= '힣'));
        await visitor.AssertPleasantAsync();

        await page.SetInputFilesAsync("input[type=file]", browsing.Site.VisitorsSong);
        await page.ClickAsync("form[data-upload] button[type=submit]");
        await page.WaitForURLAsync("**/uploads/*");
    }

    [Theory]
    [ClassData<Once>]
    public async Task Upload_FileDroppedOnTheForm_IsTaken(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone);
        var page = visitor.Page;
        await page.GotoAsync("/");

        var sound = Convert.ToBase64String(await File.ReadAllBytesAsync(browsing.Site.VisitorsSong, TestContext.Current.CancellationToken));
        var dropped = await page.EvaluateHandleAsync(
            """
            sound => {
              const dropped = new DataTransfer();
              dropped.items.add(new File([Uint8Array.from(atob(sound), letter => letter.charCodeAt(0))], "끌어온 곡.wav", { type: "audio/wav" }));
              return dropped;
            }
            """, sound);
        await page.DispatchEventAsync("[data-upload-zone]", "dragover", new { dataTransfer = dropped });
        await Assertions.Expect(page.Locator(".drop-over")).ToHaveCountAsync(1);
        await page.DispatchEventAsync("[data-upload-zone]", "drop", new { dataTransfer = dropped });

        await Assertions.Expect(page.Locator(".drop-over")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("[data-upload-name]")).ToContainTextAsync("끌어온 곡.wav");
        await page.ClickAsync("form[data-upload] button[type=submit]");
        await page.WaitForURLAsync("**/uploads/*");
    }

    [Theory]
    [ClassData<Once>]
    public async Task Upload_NothingChosen_IsSaid(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone);
        await visitor.Page.GotoAsync("/");

        await visitor.Page.ClickAsync("form[data-upload] button[type=submit]");

        await Assertions.Expect(visitor.Page.Locator("[data-upload-error]")).ToBeVisibleAsync();
    }

    private async Task UploadAsync(IPage page)
    {
        await page.GotoAsync("/");
        await page.SetInputFilesAsync("input[type=file]", browsing.Site.VisitorsSong);
        await page.ClickAsync("form[data-upload] button[type=submit]");
        await page.WaitForURLAsync("**/uploads/*");
    }

    /// <summary>The clock of the player really moves, here and after a jump.</summary>
    private static async Task AssertPlaysAndSeeksAsync(ILocator player)
    {
        await player.EvaluateAsync("player => player.play()");
        await WaitUntilAsync(player, "player.currentTime > 0.2");
        await player.EvaluateAsync("player => { player.currentTime = 20; }");
        await WaitUntilAsync(player, "!player.seeking && player.currentTime > 20.2");
        Assert.Equal(30, await player.EvaluateAsync<double>("player => player.duration"), 0.1);
    }

    private static async Task WaitUntilAsync(ILocator player, string condition) => await player.EvaluateAsync(
        $$"""
        player => new Promise((resolve, reject) => {
          const started = performance.now();
          const look = () => {{condition}} ? resolve()
            : performance.now() - started > 30000 ? reject(new Error("{{condition}} never came true at " + player.currentTime))
            : setTimeout(look, 50);
          look();
        })
        """);
}
