using AngleSharp.Dom;
using MusicRec.Web.Tests.Api;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Sound;

/// <summary>The page of a song without a browser: what is said, and that all of it is there without JavaScript.</summary>
public sealed class SoundPageTests(ApiTests.Catalog catalog) : IClassFixture<ApiTests.Catalog>
{
    [Fact]
    public async Task Upload_SevenSeconds_IsShownInWordsNumbersAndPictures()
    {
        using var client = catalog.App.Visitor();

        var page = await client.PageAsync(await PicturesTests.UploadAsync(client, 440, samples: 7 * 22050));

        Assert.Equal(4, page.QuerySelectorAll(".glance .card").Length);
        Assert.Equal(2, page.QuerySelectorAll(".moments thead th").Length - 1);
        Assert.All(page.QuerySelectorAll(".moments tbody tr"), row => Assert.Equal(2, row.QuerySelectorAll("td").Length));
        Assert.Contains("라", page.QuerySelector("img[src$='chroma.png']")!.GetAttribute("alt"), StringComparison.Ordinal);
        Assert.Matches("파형.*초", page.QuerySelector(".wave svg")!.GetAttribute("aria-label")!);
        Assert.Contains("440", page.QuerySelector(".spectrum")!.GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.All(page.QuerySelectorAll("img[src$='png']"), picture => Assert.NotEmpty(picture.GetAttribute("alt")!));
        Assert.Empty(page.QuerySelectorAll("[style]"));
    }

    /// <summary>The numbers that a person sees add up, but for their rounding.</summary>
    [Fact]
    public async Task Song_EveryRecommendedSong_IsExplained()
    {
        using var client = catalog.App.Visitor();
        var address = (await client.PageAsync("/songs")).QuerySelector(".song-title")!.GetAttribute("href")!;

        var page = await client.PageAsync(address);

        var reasons = page.QuerySelectorAll(".songs .why");
        Assert.Equal(5, reasons.Length);
        foreach (var why in reasons)
        {
            Assert.NotEmpty(why.QuerySelector("p")!.TextContent);
            var parts = why.QuerySelectorAll("tbody .number").Select(Number).ToList();
            Assert.Equal(6, parts.Count);
            Assert.Equal(Number(why.QuerySelector("tfoot .number")!), parts.Sum(), 0.003);
        }
    }

    [Fact]
    public async Task Page_Whole_StaysSmall()
    {
        using var client = catalog.App.Visitor();

        var page = await client.GetByteArrayAsync(await PicturesTests.UploadAsync(client, 330, samples: 31 * 22050));

        Assert.InRange(page.Length, 1, 100_000);
    }

    private static double Number(IElement cell) =>
        double.Parse(cell.TextContent.Replace('−', '-'), System.Globalization.CultureInfo.InvariantCulture);
}
