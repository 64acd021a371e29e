using Microsoft.Playwright;

namespace MusicRec.Browser.Tests;

[Collection(Browsing.Administrators)]
public sealed class ImportTests(AdministratorBrowsing browsing)
{
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    [Theory]
    [ClassData<KoreanDesk>]
    public async Task Import_ServerFolder_ShowsProgressResultAndCovers(string culture, bool phone)
    {
        var title = $"표지가 있는 아주 긴 제목의 노래 {culture}";
        var hertz = phone ? 610 : 710;
        var name = $"가져올 음악 {culture} {hertz}";
        await MakeFolderAsync(Path.Combine(browsing.Site.Music, name), title, hertz);
        await using var visitor = await browsing.AdministerAsync(culture, phone);
        var page = visitor.Page;
        var before = await browsing.Site.CountAsync();

        await page.GotoAsync("/admin/import");
        await visitor.AssertPleasantAsync();
        await page.ClickAsync($".folders a:has-text('{name}')");
        await page.CheckAsync("[name=folderLabels]");
        await page.ClickAsync("form[action='/admin/import/start'] button");
        await Assertions.Expect(page.Locator("[data-run=finished]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-field=added]")).ToHaveTextAsync("3");
        await Assertions.Expect(page.Locator("[data-field=refused]")).ToHaveTextAsync("1");
        await visitor.AssertPleasantAsync();

        await page.GotoAsync($"/songs?query={Uri.EscapeDataString("표지가있는ㅇㅈ")}");
        var cover = page.Locator($"img[alt*='{title}']");
        await Assertions.Expect(cover).ToBeVisibleAsync();
        Assert.Equal(1, await cover.EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)"));
        await visitor.AssertPleasantAsync();
        await page.ClickAsync($"a.song-title:has-text('{title}')");
        await Assertions.Expect(page.Locator("img.cover-large")).ToBeVisibleAsync();
        await visitor.AssertPleasantAsync();

        Assert.Equal(before.Total + 3, (await browsing.Site.CountAsync()).Total);
        await browsing.Site.DeleteAsync($"{hertz}");
        await browsing.Site.DeleteAsync(title);
    }

    [Theory]
    [ClassData<KoreanPhone>]
    public async Task Add_WholeFolder_SendsItsSongsOneByOne(string culture, bool phone)
    {
        var folder = Directory.CreateTempSubdirectory("musicrec-folder-");
        var title = $"폴더에서 온 노래 {culture}";
        var hertz = phone ? 810 : 910;
        await MakeFolderAsync(folder.FullName, title, hertz);
        await using var visitor = await browsing.AdministerAsync(culture, phone);
        var page = visitor.Page;
        var before = await browsing.Site.CountAsync();

        await page.GotoAsync("/admin/songs/add");
        await page.ClickAsync("button:has-text('" + (culture == "ko" ? "추가" : "Add") + "')");
        Assert.Empty(await page.QuerySelectorAllAsync("tbody tr"));
        await page.SetInputFilesAsync("#folder", folder.FullName);
        await page.CheckAsync("[data-folder-labels]");
        await visitor.AssertPleasantAsync();
        await page.ClickAsync("form:has(#files) button[type=submit]");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(4);
        await Assertions.Expect(page.Locator("[data-sending]")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("[data-summary]")).ToContainTextAsync("3");
        await visitor.AssertPleasantAsync();

        await page.GotoAsync($"/admin/songs?query={hertz}&genre=Trot");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        Assert.Equal(before.Total + 3, (await browsing.Site.CountAsync()).Total);
        await browsing.Site.DeleteAsync($"{hertz}");
        await browsing.Site.DeleteAsync(title);
        folder.Delete(recursive: true);
    }

    /// <summary>Three songs, two of them in a folder named as a genre and one with a cover, a program called song, and a text.</summary>
    private async Task MakeFolderAsync(string folder, string title, double hertz)
    {
        Directory.CreateDirectory(Path.Combine(folder, "트로트"));
        foreach (var song in browsing.Site.MakeSongs(2, hertz))
        {
            File.Copy(song, Path.Combine(folder, "트로트", Path.GetFileName(song)));
        }

        var wav = await File.ReadAllBytesAsync(browsing.Site.MakeSongs(1, hertz + 20)[0]);
        await File.WriteAllBytesAsync(Path.Combine(folder, "표지.wav"), WithCover(wav, title));
        File.Copy(browsing.Site.NotASong, Path.Combine(folder, "setup.exe.wav"));
        await File.WriteAllTextAsync(Path.Combine(folder, "notes.txt"), "no song");
    }

    private static byte[] WithCover(byte[] wav, string title)
    {
        byte[] text = [3, .. System.Text.Encoding.UTF8.GetBytes(title)];
        byte[] picture = [0, .. "image/png"u8, 0, 3, 0, .. Png];
        byte[] frames = [.. "TIT2"u8, 0, 0, 0, (byte)text.Length, 0, 0, .. text, .. "APIC"u8, 0, 0, 0, (byte)picture.Length, 0, 0, .. picture];
        byte[] tag = [.. "ID3"u8, 3, 0, 0, 0, 0, (byte)(frames.Length >> 7), (byte)(frames.Length & 127), .. frames];
        byte[] tagged = [.. wav, .. "id3 "u8, .. BitConverter.GetBytes(tag.Length), .. tag, .. new byte[tag.Length & 1]];
        BitConverter.GetBytes(tagged.Length - 8).CopyTo(tagged, 4);
        return tagged;
    }
}
