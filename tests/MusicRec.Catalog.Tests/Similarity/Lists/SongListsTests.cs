using Microsoft.EntityFrameworkCore;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Lists;
using MusicRec.Catalog.Songs;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Catalog.Tests.Similarity.Lists;

public sealed class SongListsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Make_OneSeedWithoutRules_IsWhatTheRecommenderSays()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await AddAsync(catalog, 30);

        var list = await MakeAsync(catalog, [songs[3].Id], new ListRules(10));

        var expected = await catalog.Get<Recommender>().SimilarToSongAsync(songs[3].Id, 10, Stop);
        Assert.Equal(expected!.Select(hit => (hit.Song.Id, hit.Similarity)), list.Songs.Select(hit => (hit.Song.Id, hit.Similarity)));
        Assert.Null(list.Shortage);
    }

    [Fact]
    public async Task Make_SeveralSeeds_ReturnsNoneOfThemAndTheSameEveryTime()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await AddAsync(catalog, 30);
        Guid[] like = [songs[3].Id, songs[7].Id, songs[11].Id];
        var question = new ListQuestion(like, [songs[20].Id], null, new ListRules(20));

        var list = await catalog.Get<SongLists>().MakeAsync(question, Stop);

        Assert.Equal(20, list.Songs.Count);
        Assert.Empty(list.Songs.Select(hit => hit.Song.Id).Intersect([.. like, songs[20].Id]));
        Assert.Equal(Ids(list), Ids(await catalog.Get<SongLists>().MakeAsync(question, Stop)));
        await using var again = await catalog.StartAgainAsync();
        Assert.Equal(Ids(list), Ids(await again.Get<SongLists>().MakeAsync(question, Stop)));
        Assert.NotEqual(Ids(list), Ids(await catalog.Get<SongLists>().MakeAsync(question with { Unlike = [] }, Stop)));
    }

    [Fact]
    public async Task Make_AfterEditsAndDeletions_GoesByWhatTheCatalogSaysNow()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await AddAsync(catalog, 12);
        var rules = new ListRules(5, MostPerArtist: 1, Genre: "Trot");
        var before = await MakeAsync(catalog, [songs[0].Id], rules);
        Assert.Equal((0, 11, 0), (before.Songs.Count, before.Shortage!.Others, before.Shortage.Matching));

        foreach (var song in songs.Skip(1).Take(4))
        {
            await catalog.Get<SongCatalog>().EditAsync(song.Id, song.Title, song == songs[4] ? "다른 가수" : "한 가수", "Trot", Stop);
        }

        var edited = await MakeAsync(catalog, [songs[0].Id], rules);
        Assert.Equal((2, 4, 2), (edited.Songs.Count, edited.Shortage!.Matching, edited.Shortage.SameArtist));
        Assert.Contains(edited.Songs, hit => hit.Song.Id == songs[4].Id);

        // Deleted, and still in the index: the artist's next song takes the place.
        var first = edited.Songs.Single(hit => hit.Song.Id != songs[4].Id).Song.Id;
        await catalog.Get<SongCatalog>().DeleteAsync(first, Stop);
        var deleted = await MakeAsync(catalog, [songs[0].Id], rules);
        Assert.Equal(2, deleted.Songs.Count);
        Assert.DoesNotContain(deleted.Songs, hit => hit.Song.Id == first);

        // A new index version has other rows: facts go along, and new songs bring theirs.
        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        var late = (await catalog.ImportAsync(Wav.Tone(222), "셋째 가수_새 곡.wav", "Trot")).Song!;
        await catalog.IndexAllAsync();
        var newer = await MakeAsync(catalog, [songs[0].Id], rules);
        Assert.Equal(3, newer.Songs.Count);
        Assert.Contains(newer.Songs, hit => hit.Song.Id == late.Id);
    }

    [Fact]
    public async Task Make_FailedSong_IsLeftOut()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await AddAsync(catalog, 4);
        await using (var context = catalog.Open())
        {
            (await context.Songs.SingleAsync(song => song.Id == songs[1].Id, Stop)).Fail("Internal", "test");
            await context.SaveChangesAsync(Stop);
        }

        Assert.Equal(songs.Select(song => song.Id).Except([songs[0].Id, songs[1].Id]).Order(), Ids(await MakeAsync(catalog, [songs[0].Id], new ListRules(5))).Order());
    }

    [Fact]
    public async Task Make_Upload_FoldsCopiesOfItAndLeavesItsOwnBytesOut()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(5, firstHertz: 300);
        var copy = Wav.Tone(300);
        copy[^2] ^= 1;
        var twin = (await catalog.ImportAsync(copy, "다른 이름_다른 제목.wav")).Song!;
        await catalog.IndexAllAsync();
        var upload = await catalog.Get<UploadService>().CreateAsync(new MemoryStream(Wav.Tone(300)), "내 곡.wav", Stop);

        var all = await catalog.Get<SongLists>().MakeAsync(new ListQuestion([], [], upload, new ListRules(10)), Stop);
        var folded = await catalog.Get<SongLists>().MakeAsync(new ListQuestion([], [], upload, new ListRules(10, OneOfEachSong: true)), Stop);

        Assert.Equal(twin.Id, all.Songs[0].Song.Id);
        Assert.DoesNotContain(all.Songs, hit => hit.Song.Id == songs[0].Id);
        Assert.Equal(Ids(all).Skip(1), Ids(folded));
        Assert.Equal((ListGap.Rules, 5, 1), (folded.Shortage!.Gap, folded.Shortage.Others, folded.Shortage.Versions));
    }

    [Fact]
    public async Task Make_NothingToGoBy_SaysWhy()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        Assert.Equal(ListGap.NoIndex, (await MakeAsync(catalog, [Guid.NewGuid()], new ListRules(5))).Shortage!.Gap);

        await AddAsync(catalog, 3);
        Assert.Equal(ListGap.NoSeed, (await MakeAsync(catalog, [], new ListRules(5))).Shortage!.Gap);
        Assert.Equal(ListGap.NoSeed, (await MakeAsync(catalog, [Guid.NewGuid()], new ListRules(5))).Shortage!.Gap);
    }

    [Fact]
    public async Task Make_DecadeOfTagsAndTempo_Filter()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await AddAsync(catalog, 3);
        var old = (await catalog.ImportAsync(Tags.Tagged.WavWithInfo(("ICRD", "1994-05-01"u8.ToArray())), "옛 가수_옛 곡.wav")).Song!;
        await catalog.IndexAllAsync();
        Assert.Equal(1994, (await catalog.ReadAsync(old.Id)).Year);

        Assert.Equal([old.Id], Ids(await MakeAsync(catalog, [songs[0].Id], new ListRules(5, Decade: 1990))));
        Assert.Empty(Ids(await MakeAsync(catalog, [songs[0].Id], new ListRules(5, Decade: 2000))));
        var tempo = (await catalog.ReadAsync(old.Id)).Tempo!.Value;
        Assert.Contains(old.Id, Ids(await MakeAsync(catalog, [songs[0].Id], new ListRules(5, TempoFrom: tempo - 1, TempoTo: tempo + 1))));
        Assert.DoesNotContain(old.Id, Ids(await MakeAsync(catalog, [songs[0].Id], new ListRules(5, TempoFrom: tempo + 1))));
    }

    [Fact]
    public async Task FindPath_GoesFromOneSongToTheOther()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await AddAsync(catalog, 30);

        var path = await catalog.Get<SongLists>().FindPathAsync(songs[2].Id, songs[25].Id, new ListRules(9), Stop);

        Assert.Equal((9, songs[2].Id, songs[25].Id), (path!.Songs.Count, path.Songs[0].Song.Id, path.Songs[^1].Song.Id));
        Assert.Equal(9, Ids(path).Distinct().Count());
        Assert.Null(path.Shortage);
        Assert.Equal(Ids(path), Ids((await catalog.Get<SongLists>().FindPathAsync(songs[2].Id, songs[25].Id, new ListRules(9), Stop))!));
        Assert.Null(await catalog.Get<SongLists>().FindPathAsync(songs[2].Id, songs[2].Id, new ListRules(9), Stop));
        Assert.Null(await catalog.Get<SongLists>().FindPathAsync(songs[2].Id, Guid.NewGuid(), new ListRules(9), Stop));
        var all = await catalog.Get<SongLists>().FindPathAsync(songs[2].Id, songs[25].Id, new ListRules(40), Stop);
        Assert.Equal((30, 28, 28), (all!.Songs.Count, all.Shortage!.Others, all.Shortage.Matching));
    }

    private static async Task<List<Song>> AddAsync(TestCatalog catalog, int count)
    {
        var songs = new List<Song>();
        var random = new Random(11);
        for (var i = 0; i < count; i++)
        {
            songs.Add(await catalog.AddVectorAsync(new FeatureVector([.. Enumerable.Range(0, FeatureVector.Length).Select(_ => random.NextDouble())])));
        }

        await catalog.RefreshAsync();
        return songs;
    }

    private static Task<SongList> MakeAsync(TestCatalog catalog, IReadOnlyList<Guid> like, ListRules rules) =>
        catalog.Get<SongLists>().MakeAsync(new ListQuestion(like, [], null, rules), Stop);

    private static List<Guid> Ids(SongList list) => [.. list.Songs.Select(hit => hit.Song.Id)];
}
