using MusicRec.Audio.Features;
using MusicRec.Catalog.Map;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Songs;

namespace MusicRec.Catalog.Tests.Map;

public sealed class SongMapsTests
{
    [Fact]
    public async Task Current_NoIndex_Null()
    {
        await using var catalog = await TestCatalog.CreateAsync();

        Assert.Null(await MapAsync(catalog));
    }

    [Fact]
    public async Task Current_Songs_EachHasAPointThatIsItsOwn()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await AddAsync(catalog, 30);

        var map = (await MapAsync(catalog))!;

        Assert.Equal(30, map.ShownCount);
        Assert.All(songs, song => Assert.Equal(song.Id, map.SongAt(map.Find(song.Id)!.Value)));
        Assert.Equal(short.MaxValue, map.X.ToArray().Concat(map.Y.ToArray()).Max(place => Math.Abs((int)place)));
        Assert.InRange(map.Share, 0.05, 1);
        Assert.Null(map.SongAt(30));
        Assert.Null(map.SongAt(-1));
    }

    [Fact]
    public async Task Current_SameVersionInAnotherProcess_SamePlacesAndTag()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await AddAsync(catalog, 20);
        await using var other = await catalog.StartAgainAsync();

        var (here, there) = ((await MapAsync(catalog))!, (await MapAsync(other))!);

        Assert.Equal(here.Tag, there.Tag);
        Assert.Equal(here.X.ToArray(), there.X.ToArray());
        Assert.Equal(here.Y.ToArray(), there.Y.ToArray());
    }

    [Fact]
    public async Task Current_AFewSongsMore_PointsStayOnTheirSide()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await AddAsync(catalog, 60);
        var before = (await MapAsync(catalog))!;
        await AddAsync(catalog, 3, seed: 1000);

        var after = (await MapAsync(catalog))!;

        Assert.NotEqual(before.Tag, after.Tag);
        Assert.True(Agreement(map => map.X) > 0.9, "left and right changed places");
        Assert.True(Agreement(map => map.Y) > 0.9, "up and down changed places");

        double Agreement(Func<SongMap, ReadOnlySpan<short>> axis)
        {
            var pairs = songs.Select(song => (Before: (double)axis(before)[before.Find(song.Id)!.Value], After: (double)axis(after)[after.Find(song.Id)!.Value])).ToList();
            return pairs.Sum(pair => pair.Before * pair.After) / Math.Sqrt(pairs.Sum(pair => pair.Before * pair.Before) * pairs.Sum(pair => pair.After * pair.After));
        }
    }

    [Fact]
    public async Task Current_GenresChangeAndSongsGo_FollowsAfterItsPatience()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await AddAsync(catalog, 5);
        var before = (await MapAsync(catalog))!;
        await catalog.Get<SongCatalog>().EditAsync(songs[0].Id, "제목", "", "Trot", CancellationToken.None);
        await catalog.Get<SongCatalog>().DeleteAsync(songs[1].Id, CancellationToken.None);
        Assert.Same(before, await MapAsync(catalog));

        catalog.Time.Advance(SongMaps.Patience);
        var after = (await MapAsync(catalog))!;

        Assert.Equal(before.Tag, after.Tag);
        Assert.Equal([new(MapGroupKind.Genre, "Trot", 1), new MapGroup(MapGroupKind.Unknown, "", 3)], after.Groups);
        Assert.Equal(0, after.GroupOfPoint[after.Find(songs[0].Id)!.Value]);
        Assert.Null(after.Find(songs[1].Id));
        Assert.Equal(4, after.ShownCount);
    }

    [Fact]
    public async Task Current_MoreGenresThanCanBeToldApart_RareOnesAreOneGroup()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await AddAsync(catalog, 14);
        for (var i = 0; i < songs.Count; i++)
        {
            await catalog.Get<SongCatalog>().EditAsync(songs[i].Id, "제목", "", $"Genre {Math.Min(i, 11):00}", CancellationToken.None);
        }

        var map = (await MapAsync(catalog))!;

        Assert.Equal(SongMaps.MostGenres + 1, map.Groups.Count);
        Assert.Contains(new MapGroup(MapGroupKind.Genre, "Genre 11", 3), map.Groups);
        Assert.Equal(new MapGroup(MapGroupKind.OtherGenres, "", 2), map.Groups[^1]);
    }

    [Fact]
    public async Task Neighbours_OfAPoint_AreTheRecommendedSongs()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await AddAsync(catalog, 30);
        var map = (await MapAsync(catalog))!;

        var near = map.Neighbours(map.Find(songs[7].Id)!.Value, 5);

        var recommended = await catalog.Get<Recommender>().SimilarToSongAsync(songs[7].Id, 5, CancellationToken.None);
        Assert.Equal(recommended!.Select(hit => hit.Song.Id), near.Select(one => map.SongAt(one.Point)!.Value));
        Assert.Equal(recommended!.Select(hit => hit.Similarity), near.Select(one => one.Similarity));
    }

    [Fact]
    public async Task Regions_AllTogether_HoldEveryShownPointOnce()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await AddAsync(catalog, 40);
        var map = (await MapAsync(catalog))!;

        var points = Enumerable.Range(0, map.Regions.Count).SelectMany(map.Regions.Points).ToList();

        Assert.Equal(Enumerable.Range(0, 40), points.Order());
        var (left, right) = (map.Regions.Points(3), map.Regions.Points(5));
        Assert.True(left.Max(point => (int)map.X[point]) < right.Min(point => (int)map.X[point]));
        var (top, bottom) = (map.Regions.Points(1), map.Regions.Points(7));
        Assert.True(top.Min(point => (int)map.Y[point]) > bottom.Max(point => (int)map.Y[point]));
    }

    private static Task<SongMap?> MapAsync(TestCatalog catalog) => catalog.Get<SongMaps>().CurrentAsync(CancellationToken.None);

    /// <summary>Songs that differ most in two ways, brightness and voice, and a little in all others.</summary>
    private static async Task<IReadOnlyList<Song>> AddAsync(TestCatalog catalog, int count, int seed = 0)
    {
        var songs = new List<Song>();
        for (var i = 0; i < count; i++)
        {
            var random = new Random(seed + i);
            var (bright, voice) = (random.NextDouble(), random.NextDouble());
            var values = Enumerable.Range(0, FeatureVector.Length)
                .Select(column => (column < 10 ? 3 * bright : column < 17 ? 3 * voice : 0) + random.NextDouble());
            songs.Add(await catalog.AddVectorAsync(new FeatureVector([.. values])));
        }

        await catalog.RefreshAsync();
        return songs;
    }
}
