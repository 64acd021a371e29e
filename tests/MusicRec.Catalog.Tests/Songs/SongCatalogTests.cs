using System.Text;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Songs;

namespace MusicRec.Catalog.Tests.Songs;

public sealed class SongCatalogTests
{
    [Theory]
    [InlineData(null, 3)]
    [InlineData("", 3)]
    [InlineData("밤편지", 1)]
    [InlineData("LOVE", 2)]
    [InlineData("love sick", 1)]
    [InlineData("sick love", 1)]
    [InlineData("100%", 1)]
    [InlineData("_", 3)]
    [InlineData("' OR 1=1 --", 0)]
    public async Task List_Query_FindsEveryWordInAnyCase(string? query, int expected)
    {
        await using var catalog = await CreateAsync();

        var page = await catalog.Get<SongCatalog>().ListAsync(query, null, null, 1, 10, CancellationToken.None);

        Assert.Equal((expected, expected), (page.Total, page.Items.Count));
    }

    [Fact]
    public async Task List_EndlessOrBrokenQuery_IsCutDown()
    {
        await using var catalog = await CreateAsync();
        var songs = catalog.Get<SongCatalog>();

        var endless = await songs.ListAsync(string.Join(' ', Enumerable.Range(0, 4000)), null, null, 1, 10, CancellationToken.None);
        var broken = await songs.ListAsync("밤편지\ufffe\ud800", null, null, 1, 10, CancellationToken.None);

        Assert.Equal((0, 1), (endless.Total, broken.Total));
    }

    [Fact]
    public async Task List_DecomposedQuery_FindsComposedTitle()
    {
        await using var catalog = await CreateAsync();

        var page = await catalog.Get<SongCatalog>().ListAsync("밤편지".Normalize(NormalizationForm.FormD), null, null, 1, 10, CancellationToken.None);

        Assert.Single(page.Items);
    }

    [Fact]
    public async Task List_GenreAndStatus_Filter()
    {
        await using var catalog = await CreateAsync();
        var songs = catalog.Get<SongCatalog>();

        Assert.Single((await songs.ListAsync(null, "발라드", null, 1, 10, CancellationToken.None)).Items);
        Assert.Empty((await songs.ListAsync(null, "Trot", null, 1, 10, CancellationToken.None)).Items);
        Assert.Equal(3, (await songs.ListAsync(null, null, SongStatus.Queued, 1, 10, CancellationToken.None)).Total);
        Assert.Equal(0, (await songs.ListAsync(null, null, SongStatus.Indexed, 1, 10, CancellationToken.None)).Total);
    }

    [Fact]
    public async Task List_Pages_HoldEverySongOnceInOrder()
    {
        await using var catalog = await CreateAsync();
        var songs = catalog.Get<SongCatalog>();

        var first = await songs.ListAsync(null, null, null, 1, 2, CancellationToken.None);
        var second = await songs.ListAsync(null, null, null, 2, 2, CancellationToken.None);
        var beyond = await songs.ListAsync(null, null, null, int.MaxValue, 100, CancellationToken.None);

        Assert.Equal(["Love", "밤편지", "Love Sick 100%"], first.Items.Concat(second.Items).Select(song => song.Title));
        Assert.Equal(3, first.Total);
        Assert.Equal((3, 0), (beyond.Total, beyond.Items.Count));
    }

    [Fact]
    public async Task Edit_Song_IsCleanedStoredAndFound()
    {
        await using var catalog = await CreateAsync();
        var songs = catalog.Get<SongCatalog>();
        var song = (await songs.ListAsync("밤편지", null, null, 1, 1, CancellationToken.None)).Items[0];

        Assert.True(await songs.EditAsync(song.Id, " 새 제목\0 ", "새 가수", "hip-hop", CancellationToken.None));

        var edited = await songs.FindAsync(song.Id, CancellationToken.None);
        Assert.Equal(("새 제목", "새 가수", "Hiphop"), (edited!.Title, edited.Artist, edited.Genre));
        Assert.Single((await songs.ListAsync("새 제목", null, null, 1, 10, CancellationToken.None)).Items);
        await Assert.ThrowsAsync<ArgumentException>(() => songs.EditAsync(song.Id, " ", "", null, CancellationToken.None));
        Assert.False(await songs.EditAsync(Guid.NewGuid(), "x", "", null, CancellationToken.None));
    }

    [Fact]
    public async Task Edit_WhileTheSongIsAnalysed_BothChangesStay()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var song = (await catalog.ImportAsync(Wav.Tone(300), "1.wav")).Song!;
        var claimed = await catalog.Get<IndexQueue>().ClaimNextAsync(CancellationToken.None);

        await catalog.Get<SongCatalog>().EditAsync(song.Id, "고친 제목", "", "Folk", CancellationToken.None);
        await catalog.Get<SongIndexer>().IndexAsync(claimed!, CancellationToken.None);

        var both = await catalog.ReadAsync(song.Id);
        Assert.Equal(("고친 제목", "Folk", SongStatus.Indexed), (both.Title, both.Label, both.Status));
    }

    [Fact]
    public async Task Delete_Song_TakesItsVectorAndFileAlong()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var song = (await catalog.AddTonesAsync(1))[0];
        var songs = catalog.Get<SongCatalog>();

        Assert.True(await songs.DeleteAsync(song.Id, CancellationToken.None));

        Assert.False(await songs.DeleteAsync(song.Id, CancellationToken.None));
        Assert.Null(await songs.OpenAudioAsync(song.Id, CancellationToken.None));
        Assert.Null(await songs.FindFeaturesAsync(song.Id, CancellationToken.None));
        Assert.Empty(Directory.GetFiles(catalog.Storage.Songs));
    }

    private static async Task<TestCatalog> CreateAsync()
    {
        var catalog = await TestCatalog.CreateAsync();
        await catalog.ImportAsync(Wav.Tone(300), "아이유_밤편지.wav", "Ballad");
        await catalog.ImportAsync(Wav.Tone(400), "Anna_Love.wav");
        await catalog.ImportAsync(Wav.Tone(500), "조나_Love Sick 100%.wav");
        return catalog;
    }
}
