using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Backups;
using MusicRec.Catalog.Playlists;
using MusicRec.Catalog.Similarity.Lists;
using MusicRec.Catalog.Songs;

namespace MusicRec.Catalog.Tests.Playlists;

public sealed class PlaylistsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_KeepsOrderKnownSongsAndEachOnce()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(4);

        var made = await Service(catalog).CreateAsync("  산책\t노래\n ", [songs[2].Id, songs[0].Id, Guid.NewGuid(), songs[2].Id], Stop);

        Assert.Equal("산책노래", made.Playlist.Name);
        Assert.Equal([songs[2].Id, songs[0].Id], made.Songs.Select(song => song.Id));
        var found = await Service(catalog).FindAsync(made.Playlist.Id, Stop);
        Assert.Equal(made.Songs.Select(song => song.Id), found!.Songs.Select(song => song.Id));
        await Assert.ThrowsAsync<ArgumentException>(() => Service(catalog).CreateAsync(" \n ", [], Stop));
        Assert.Null(await Service(catalog).FindAsync(Guid.NewGuid(), Stop));
    }

    /// <summary>Any changes one after the other are those of a plain list.</summary>
    [Fact]
    public async Task Changes_Random_AreThoseOfAPlainList()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = (await catalog.AddTonesAsync(8)).Select(song => song.Id).ToList();
        var id = (await Service(catalog).CreateAsync("목록", songs.Take(4).ToList(), Stop)).Playlist.Id;
        var expected = songs.Take(4).ToList();
        var random = new Random(3);
        for (var i = 0; i < 60; i++)
        {
            var (song, place) = (songs[random.Next(songs.Count)], random.Next(-1, 9));
            switch (random.Next(4))
            {
                case 0:
                    Assert.True(await Service(catalog).AddAsync(id, [song, songs[0]], Stop));
                    expected = [.. expected.Union([song, songs[0]])];
                    break;
                case 1:
                    Assert.True(await Service(catalog).RemoveAsync(id, song, Stop));
                    expected.Remove(song);
                    break;
                case 2:
                    Assert.True(await Service(catalog).MoveAsync(id, song, place, Stop));
                    if (expected.Remove(song))
                    {
                        expected.Insert(Math.Clamp(place, 0, expected.Count), song);
                    }

                    break;
                default:
                    expected = [.. songs.Where(_ => random.Next(2) == 0).Reverse()];
                    Assert.True(await Service(catalog).ReplaceAsync(id, $"목록 {i}", expected, Stop));
                    break;
            }

            Assert.Equal(expected, await SongsAsync(catalog, id));
        }
    }

    [Fact]
    public async Task DeletedSong_LeavesThePlaylistAndTheOrderOfTheOthers()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = (await catalog.AddTonesAsync(4)).Select(song => song.Id).ToList();
        var id = (await Service(catalog).CreateAsync("목록", songs, Stop)).Playlist.Id;

        await catalog.Get<SongCatalog>().DeleteAsync(songs[1], Stop);

        Assert.Equal([songs[0], songs[2], songs[3]], await SongsAsync(catalog, id));
        await Service(catalog).MoveAsync(id, songs[3], 1, Stop);
        Assert.Equal([songs[0], songs[3], songs[2]], await SongsAsync(catalog, id));
        Assert.Equal(3, Assert.Single(await Service(catalog).ListAsync([Guid.NewGuid(), id, id], Stop)).Songs);
    }

    [Fact]
    public async Task Share_IsAnotherAddress_AndIsTakenAwayForGood()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var id = (await Service(catalog).CreateAsync("목록", [], Stop)).Playlist.Id;
        Assert.Null((await Service(catalog).FindAsync(id, Stop))!.Playlist.ShareId);

        await Service(catalog).ShareAsync(id, Stop);
        var first = (await Service(catalog).FindAsync(id, Stop))!.Playlist.ShareId!.Value;
        await Service(catalog).ShareAsync(id, Stop);
        Assert.Equal(id, (await Service(catalog).FindSharedAsync(first, Stop))!.Playlist.Id);
        Assert.NotEqual(id, first);
        Assert.Null(await Service(catalog).FindSharedAsync(id, Stop));
        Assert.Null(await Service(catalog).FindAsync(first, Stop));

        await Service(catalog).UnshareAsync(id, Stop);
        Assert.Null(await Service(catalog).FindSharedAsync(first, Stop));
        await Service(catalog).ShareAsync(id, Stop);
        Assert.NotEqual(first, (await Service(catalog).FindAsync(id, Stop))!.Playlist.ShareId);
    }

    [Fact]
    public async Task Unused_ForAYear_IsDeleted_AndUseKeepsIt()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var song = (await catalog.AddTonesAsync(1))[0].Id;
        var (unused, used) = ((await Service(catalog).CreateAsync("하나", [song], Stop)).Playlist.Id, (await Service(catalog).CreateAsync("둘", [song], Stop)).Playlist.Id);

        catalog.Time.Advance(Playlist.Retention - TimeSpan.FromDays(2));
        Assert.NotNull(await Service(catalog).FindAsync(used, Stop));
        catalog.Time.Advance(TimeSpan.FromDays(3));

        Assert.Null(await Service(catalog).FindAsync(unused, Stop));
        Assert.False(await Service(catalog).AddAsync(unused, [song], Stop));
        Assert.Equal(1, await Service(catalog).PurgeAsync(Stop));
        Assert.NotNull(await Service(catalog).FindAsync(used, Stop));
        await using var context = catalog.Open();
        Assert.Equal(1, await context.PlaylistSongs.CountAsync(Stop));
    }

    [Fact]
    public async Task Songs_MoreThanTheLimit_AreRefused()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var id = (await Service(catalog).CreateAsync("목록", [], Stop)).Playlist.Id;
        Guid[] many = [.. Enumerable.Range(0, Playlist.MostSongs + 1).Select(_ => Guid.NewGuid())];

        var refused = await Assert.ThrowsAsync<PlaylistException>(() => Service(catalog).AddAsync(id, many, Stop));

        Assert.Equal(PlaylistProblem.TooManySongs, refused.Problem);
        await Assert.ThrowsAsync<PlaylistException>(() => Service(catalog).CreateAsync("목록", many, Stop));
    }

    [Fact]
    public async Task Changes_AtOnce_AllCount()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = (await catalog.AddTonesAsync(8)).Select(song => song.Id).ToList();
        var id = (await Service(catalog).CreateAsync("목록", [], Stop)).Playlist.Id;

        await Task.WhenAll(songs.Select(song => Task.Run(() => Service(catalog).AddAsync(id, [song], Stop))));

        Assert.Equal(songs.Order(), (await SongsAsync(catalog, id)).Order());
    }

    [Fact]
    public async Task Delete_TakesItsSongsAlong()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = (await catalog.AddTonesAsync(2)).Select(song => song.Id).ToList();
        var id = (await Service(catalog).CreateAsync("목록", songs, Stop)).Playlist.Id;

        Assert.True(await Service(catalog).DeleteAsync(id, Stop));

        Assert.False(await Service(catalog).DeleteAsync(id, Stop));
        await using var context = catalog.Open();
        Assert.Equal(0, await context.PlaylistSongs.CountAsync(Stop));
        Assert.Equal(2, await context.Songs.CountAsync(Stop));
    }

    [Fact]
    public async Task Backup_HasThePlaylists_AndListsGoByTheRestoredSongs()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = (await catalog.AddTonesAsync(3)).Select(song => song.Id).ToList();
        var id = (await Service(catalog).CreateAsync("지킬 목록", songs, Stop)).Playlist.Id;
        var backup = await catalog.Get<Catalog.Backups.Backups>().CreateAsync(withAudio: false, null, Stop);
        var question = new ListQuestion([songs[0]], [], null, new ListRules(5, Genre: "Trot"));
        await Service(catalog).DeleteAsync(id, Stop);
        await catalog.Get<SongCatalog>().EditAsync(songs[1], "제목", "가수", "Trot", Stop);
        Assert.Single((await catalog.Get<SongLists>().MakeAsync(question, Stop)).Songs);

        await catalog.Get<Restorer>().RestoreAsync(backup, null, Stop);

        Assert.Equal(songs, await SongsAsync(catalog, id));
        Assert.Empty((await catalog.Get<SongLists>().MakeAsync(question, Stop)).Songs);
    }

    private static Catalog.Playlists.Playlists Service(TestCatalog catalog) => catalog.Get<Catalog.Playlists.Playlists>();

    private static async Task<IEnumerable<Guid>> SongsAsync(TestCatalog catalog, Guid id) =>
        (await Service(catalog).FindAsync(id, Stop))!.Songs.Select(song => song.Id);
}
