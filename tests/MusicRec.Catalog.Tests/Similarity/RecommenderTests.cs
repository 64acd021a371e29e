using System.Text.Json;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Catalog.Tests.Similarity;

public sealed class RecommenderTests
{
    /// <summary>The original project's similarity, on numbers worked out outside this program.</summary>
    [Fact]
    public async Task SimilarToSong_FeatureTable_EqualsCosineOfStandardScaledRows()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        using var table = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Fixtures", "similarity.json")));
        var rows = table.RootElement.GetProperty("rows").EnumerateArray().ToList();
        var songs = new List<Song>();
        foreach (var row in rows)
        {
            songs.Add(await catalog.AddVectorAsync(new FeatureVector([.. row.GetProperty("features").EnumerateArray().Select(value => value.GetDouble()), .. new double[26]])));
        }

        await catalog.Get<RankingChoice>().ChooseAsync(Ranking.Cosine, CancellationToken.None);
        await catalog.RefreshAsync();

        for (var i = 0; i < rows.Count; i++)
        {
            var nearest = await SimilarAsync(catalog, songs[i]);
            var expected = rows[i].GetProperty("nearest").EnumerateArray().ToList();
            Assert.Equal(expected.Select(hit => songs[hit.GetProperty("row").GetInt32()].Id), nearest.Select(hit => hit.Song.Id));
            Assert.All(expected.Zip(nearest), pair => Assert.Equal(pair.First.GetProperty("similarity").GetDouble(), pair.Second.Similarity, 1e-10));
        }
    }

    [Fact]
    public async Task SimilarToSong_EqualScores_ComeInTheOrderOfTheirIds()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var asked = await catalog.AddVectorAsync(Vector(1));
        await catalog.AddVectorAsync(Vector(3));
        var twins = new List<Song>();
        for (var i = 0; i < 6; i++)
        {
            twins.Add(await catalog.AddVectorAsync(Vector(2)));
        }

        await catalog.RefreshAsync();

        var similar = await SimilarAsync(catalog, asked);
        var found = similar.Select(hit => hit.Song.Id).Intersect(twins.Select(twin => twin.Id)).ToList();
        Assert.InRange(found.Count, 4, 5);
        Assert.Equal(twins.Select(twin => twin.Id).Order().Take(found.Count), found);
        Assert.DoesNotContain(similar, hit => hit.Song.Id == asked.Id);
    }

    [Fact]
    public async Task SimilarToSong_OnlySong_Empty()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(1);

        Assert.Empty(await SimilarAsync(catalog, songs[0]));
    }

    [Fact]
    public async Task SimilarToSong_SilenceAmongSongs_IsANumberAndKnowsItsTwin()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var silence = (await catalog.ImportAsync(Wav.Silence(0.5), "조용.wav")).Song!;
        var longer = (await catalog.ImportAsync(Wav.Silence(0.75), "더 조용.wav")).Song!;
        await catalog.AddTonesAsync(3);

        var similar = await SimilarAsync(catalog, silence);

        Assert.Equal(longer.Id, similar[0].Song.Id);
        Assert.All(similar, hit => Assert.InRange(hit.Similarity, -1, 1));
    }

    [Fact]
    public async Task SimilarToUpload_OneSongCatalog_HasThatSongWithSimilarityZero()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(1);
        var upload = await UploadAsync(catalog, Wav.Tone(700));

        var similar = await catalog.Get<Recommender>().SimilarToUploadAsync(upload, 5, CancellationToken.None);

        Assert.Equal((songs[0].Id, 0.0), (similar.Single().Song.Id, similar.Single().Similarity));
    }

    [Fact]
    public async Task SimilarToUpload_SameBytesInTheCatalog_IsNotItsOwnNeighbour()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(4, firstHertz: 300);
        var upload = await UploadAsync(catalog, Wav.Tone(300));

        var similar = await catalog.Get<Recommender>().SimilarToUploadAsync(upload, 5, CancellationToken.None);

        Assert.Equal(3, similar.Count);
        Assert.DoesNotContain(similar, hit => hit.Song.Id == songs[0].Id);
    }

    [Fact]
    public async Task SimilarToUpload_EmptyCatalog_Empty()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var upload = await UploadAsync(catalog, Wav.Tone(300));

        Assert.Empty(await catalog.Get<Recommender>().SimilarToUploadAsync(upload, 5, CancellationToken.None));
    }

    [Fact]
    public async Task SimilarToSong_UnknownSong_Null()
    {
        await using var catalog = await TestCatalog.CreateAsync();

        Assert.Null(await catalog.Get<Recommender>().SimilarToSongAsync(Guid.NewGuid(), 5, CancellationToken.None));
    }

    [Fact]
    public async Task SimilarToSong_IndexedAfterTheLiveVersion_IsComparedAllTheSame()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(3, firstHertz: 300);
        var late = (await catalog.ImportAsync(Wav.Tone(301), "late.wav")).Song!;
        await catalog.WorkOffAsync();

        var similar = await SimilarAsync(catalog, late);

        Assert.Equal(songs[0].Id, similar[0].Song.Id);
    }

    [Fact]
    public async Task SimilarToSong_AskedFromManyThreads_SameAnswer()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(12);
        var expected = (await SimilarAsync(catalog, songs[5])).Select(hit => (hit.Song.Id, hit.Similarity)).ToList();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                Assert.Equal(expected, (await SimilarAsync(catalog, songs[5])).Select(hit => (hit.Song.Id, hit.Similarity)));
            }
        })));
    }

    private static FeatureVector Vector(int seed) =>
        new([.. Enumerable.Range(0, FeatureVector.Length).Select(i => Math.Sin((seed * 31) + (i * seed)))]);

    private static Task<Upload> UploadAsync(TestCatalog catalog, byte[] wav) =>
        catalog.Get<UploadService>().CreateAsync(new MemoryStream(wav), "올린 곡.wav", CancellationToken.None);

    private static async Task<IReadOnlyList<SimilarSong>> SimilarAsync(TestCatalog catalog, Song song) =>
        (await catalog.Get<Recommender>().SimilarToSongAsync(song.Id, 5, CancellationToken.None))!;
}
