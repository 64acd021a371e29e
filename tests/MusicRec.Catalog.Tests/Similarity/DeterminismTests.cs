using System.Globalization;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Songs;

namespace MusicRec.Catalog.Tests.Similarity;

public sealed class DeterminismTests
{
    private const int Threads = 8;
    private const int Repeats = 1000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Among the songs are some of the very same sound, so that ids decide.</summary>
    [Theory]
    [InlineData(Ranking.Cosine)]
    [InlineData(Ranking.LocalScaling)]
    public async Task Similar_AThousandTimesFromEightThreads_IsTheSameList(Ranking ranking)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.Get<RankingChoice>().ChooseAsync(ranking, Stop);
        var songs = await catalog.AddTonesAsync(20);
        await using (var context = catalog.Open())
        {
            var features = context.Vectors.First().Features;
            for (var i = 0; i < 10; i++)
            {
                await catalog.AddVectorAsync(features);
            }
        }

        await catalog.RefreshAsync();
        var expected = await ListAsync(catalog, songs[0].Id);
        Assert.Equal(15, expected.Split('\n').Length);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(
            async () =>
            {
                for (var i = thread; i < Repeats; i += Threads)
                {
                    Assert.Equal(expected, await ListAsync(catalog, songs[0].Id));
                }
            },
            Stop)));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ko-KR")]
    [InlineData("de-DE")]
    public async Task Catalog_OtherCulture_HasTheSameListsAndFindsTheSame(string culture)
    {
        var expected = await RunAsync("");
        var found = await RunAsync(culture);

        Assert.Equal(expected, found);
    }

    /// <summary>Similarities, labels and what a search finds of a catalog that is made and asked under a culture.</summary>
    private static async Task<string> RunAsync(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        await using var catalog = await TestCatalog.CreateAsync();
        string[] names = ["INDIGO_Iris.wav", "ilk_istanbul.wav", "Straße_FIN.wav", "아이유_밤편지.wav"];
        foreach (var (name, i) in names.Select((name, i) => (name, i)))
        {
            await catalog.ImportAsync(Wav.Tone(300 + (100 * i)), name, i % 2 == 0 ? "INDIE" : "발라드");
        }

        await catalog.IndexAllAsync();
        var answers = new List<string>();
        foreach (var query in (string[])["iris", "IRIS", "Indigo", "ISTANBUL", "strasse", "fin", "ㅂㅍㅈ", "iu"])
        {
            var page = await catalog.Get<SongCatalog>().ListAsync(query, null, null, 1, 10, Stop);
            answers.Add($"{query}: {string.Join(", ", page.Items.Select(song => $"{song.Artist} {song.Title} {song.Label}"))}");
        }

        var indie = await catalog.Get<SongCatalog>().ListAsync(null, "indie", null, 1, 10, Stop);
        answers.AddRange(indie.Items.Select(song => song.Title));
        var first = (await catalog.Get<SongCatalog>().ListAsync("iris", null, null, 1, 1, Stop)).Items[0];
        answers.AddRange((await catalog.Get<Recommender>().SimilarToSongAsync(first.Id, 5, Stop))!
            .Select(one => $"{one.Song.Title} {BitConverter.DoubleToInt64Bits(one.Similarity).ToString(CultureInfo.InvariantCulture)}"));
        return string.Join('\n', answers);
    }

    private static async Task<string> ListAsync(TestCatalog catalog, Guid id) => string.Join(
        '\n',
        (await catalog.Get<Recommender>().SimilarToSongAsync(id, 15, Stop))!.Select(one => $"{one.Song.Id} {BitConverter.DoubleToInt64Bits(one.Similarity)}"));
}
