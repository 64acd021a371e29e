using Microsoft.Playwright;

namespace MusicRec.Browser.Tests;

/// <summary>The result page: seeing the sound, jumping in it, reading why a song is recommended.</summary>
[Collection(Browsing.Administrators)]
public sealed class SoundTests(AdministratorBrowsing browsing)
{
    [Theory]
    [ClassData<KoreanPhone>]
    public async Task Result_Waveform_SeeksAndTheReasonOpens(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone, dark: !phone);
        var page = visitor.Page;
        await UploadAsync(page);
        var player = page.Locator("audio").First;

        var wave = page.Locator(".wave-picture input");
        var box = (await wave.BoundingBoxAsync())!;
        await wave.ClickAsync(new() { Position = new() { X = box.Width / 2, Y = 20 } });
        await Assertions.Expect(page.Locator(".wave-picture input")).ToHaveAttributeAsync("aria-valuetext", new System.Text.RegularExpressions.Regex("^0:1[5-9] / 0:30$"));
        await page.WaitForFunctionAsync("() => { const player = document.querySelector('audio'); return !player.paused && player.currentTime > 15.1; }");

        // The pictures go along, and a place in them is the same place of the song.
        await page.Locator("[data-timeline]").First.ClickAsync(new() { Position = new() { X = 3, Y = 20 } });
        await page.WaitForFunctionAsync("() => document.querySelector('audio').currentTime < 5");
        Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('.playhead line')].length === 2"));
        await player.EvaluateAsync("player => player.pause()");

        await wave.FocusAsync();
        await page.Keyboard.PressAsync("End");
        await page.WaitForFunctionAsync("() => document.querySelector('audio').currentTime > 29.5");

        foreach (var picture in await page.Locator(".plot-area img").AllAsync())
        {
            await picture.ScrollIntoViewIfNeededAsync();
            await Assertions.Expect(picture).ToHaveJSPropertyAsync("complete", true);
            Assert.Equal(323, await picture.EvaluateAsync<int>("image => image.naturalWidth"));
        }

        await page.Locator(".why summary").First.ClickAsync();
        await Assertions.Expect(page.Locator(".why-table").First).ToContainTextAsync(culture == "ko" ? "음색" : "Timbre");
        await Assertions.Expect(page.Locator(".why > p").First).ToContainTextAsync(culture == "ko" ? "다" : ".");
        await visitor.AssertPleasantAsync();
    }

    [Theory]
    [ClassData<Once>]
    public async Task Result_WithoutJavaScript_ShowsAllButTheSlider(string culture, bool phone)
    {
        await using var visitor = await browsing.VisitAsync(culture, phone, script: false);
        var page = visitor.Page;
        await UploadAsync(page);

        await Assertions.Expect(page.Locator(".wave-picture svg")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".wave-picture input")).ToBeHiddenAsync();
        await page.Locator(".why summary").Last.ClickAsync();
        await Assertions.Expect(page.Locator(".why-table").Last).ToBeVisibleAsync();
    }

    private async Task UploadAsync(IPage page)
    {
        await page.GotoAsync("/");
        await page.SetInputFilesAsync("input[type=file]", browsing.Site.VisitorsSong);
        await page.ClickAsync("form[data-upload] button[type=submit]");
        await page.WaitForURLAsync("**/uploads/*");
    }
}
