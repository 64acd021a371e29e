using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Songs;

namespace MusicRec.Catalog.Tests.Search;

/// <summary>Searching and turning pages among many songs, and songs that an older program stored.</summary>
public sealed class LargeCatalogTests
{
    private const string Syllables = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초";

    [Fact]
    public async Task List_SongsOfAnOlderProgram_AreFoundAfterTheStart()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await FillAsync(catalog, 2100);
        await catalog.ImportAsync(Wav.Tone(300), "아이유_좋은 날.wav");
        await using (var context = catalog.Open())
        {
            await context.Songs.ExecuteUpdateAsync(row => row.SetProperty(song => song.SearchText, "좋은 날 아이유").SetProperty(song => song.SearchSound, ""));
            await context.Settings.ExecuteDeleteAsync();
        }

        await using var again = await catalog.StartAgainAsync();

        await using (var context = again.Open())
        {
            Assert.False(await context.Songs.AnyAsync(song => song.SearchSound == ""));
        }

        foreach (var query in (string[])["ㅇㅇㅇㅈㅇㄴ", "좋은날", "joeunnal"])
        {
            Assert.Single((await again.Get<SongCatalog>().ListAsync(query, null, null, 1, 10, CancellationToken.None)).Items);
        }
    }

    /// <summary>The plan is what keeps it fast; the times are for whoever wants to see them.</summary>
    [Fact]
    public async Task List_ManySongs_EveryPageIsInOrderAndQuick()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var count = int.Parse(Environment.GetEnvironmentVariable("MUSICREC_TEST_SONGS") ?? "3000", System.Globalization.CultureInfo.InvariantCulture);
        await FillAsync(catalog, count);
        var songs = catalog.Get<SongCatalog>();
        await songs.ListWithoutFailedAsync(null, null, 1, 50, CancellationToken.None);

        foreach (var (query, page) in ((string?, int)[])[(null, 1), (null, count / 100), (null, count / 50), ("가나", 1), ("ㄱㄴㄷ", 1), ("ganada", 1), ("가나다라마바사", 1)])
        {
            var watch = Stopwatch.StartNew();
            var found = await songs.ListWithoutFailedAsync(query, null, page, 50, CancellationToken.None);
            TestContext.Current.TestOutputHelper!.WriteLine($"{count} songs, '{query}', page {page}: {found.Total} found, {watch.ElapsedMilliseconds} ms");
            Assert.Equal(found.Items.OrderBy(song => song.Artist, StringComparer.Ordinal).ThenBy(song => song.Title, StringComparer.Ordinal), found.Items);
            Assert.InRange(watch.ElapsedMilliseconds, 0, 3000);
        }
    }

    private static async Task FillAsync(TestCatalog catalog, int count)
    {
        var random = new Random(1);
        string Word(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => Syllables[random.Next(Syllables.Length)]));
        await using var context = catalog.Open();
        for (var i = 0; i < count; i++)
        {
            var name = new SongName(Word(3), $"{Word(2)} {Word(3)}");
            context.Add(new Song(name, $"{name.Artist}_{name.Title}.wav", $"{i:x64}", 200, null, catalog.Time.GetUtcNow(), Word(4)));
            if (i % 5000 == 4999)
            {
                await context.SaveChangesAsync();
                context.ChangeTracker.Clear();
            }
        }

        await context.SaveChangesAsync();
    }
}
