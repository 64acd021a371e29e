using Microsoft.EntityFrameworkCore;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Songs;

namespace MusicRec.Catalog.Tests.Similarity;

public sealed class LiveIndexTests
{
    /// <summary>Whatever came, changed and went: an index that followed is the one a fresh start loads.</summary>
    [Fact]
    public async Task LoadLatest_AfterAnyChanges_EqualsAFreshStart()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var random = new Random(3);
        var songs = new List<Song>();
        for (var round = 0; round < 12; round++)
        {
            for (var i = 0; i < 1 + (round % 4); i++)
            {
                songs.Add(await catalog.AddVectorAsync(Vector(random)));
            }

            if (round % 3 == 1)
            {
                await ChangeAsync(catalog, songs[random.Next(songs.Count)], Vector(random));
            }

            if (round % 2 == 1)
            {
                var gone = songs[random.Next(songs.Count)];
                songs.Remove(gone);
                await catalog.Get<SongCatalog>().DeleteAsync(gone.Id, CancellationToken.None);
            }

            catalog.Time.Advance(TimeSpan.FromMinutes(1));
            await catalog.RefreshAsync();

            await using var fresh = await catalog.StartAgainAsync();
            var (followed, loaded) = ((MemoryIndex)catalog.Get<LiveIndex>().Current!, (MemoryIndex)fresh.Get<LiveIndex>().Current!);
            Assert.Equal((round + 1, songs.Count), (followed.Version, followed.Count));
            Assert.Equal(songs.Select(song => song.Id).Order(), followed.Rows.Ids.ToArray());
            Assert.Equal(followed.Rows.Ids.ToArray(), loaded.Rows.Ids.ToArray());
            Assert.All(songs, song => Assert.Equal(loaded.Nearest(song.Id, 5), followed.Nearest(song.Id, 5)));
        }
    }

    [Fact]
    public async Task LoadLatest_LocalScalingChosen_AfterAStartTheCosineAnswersUntilItIsPrepared()
    {
        await using var catalog = await TwentySongsAsync();
        await catalog.Get<RankingChoice>().ChooseAsync(Ranking.LocalScaling, CancellationToken.None);
        var live = new LiveIndex(catalog.Get<IDbContextFactory<CatalogContext>>());

        await live.LoadLatestAsync(CancellationToken.None);
        Assert.Equal(Ranking.Cosine, live.Current!.Ranking);

        live.PrepareRanking(CancellationToken.None);
        Assert.Equal(Ranking.LocalScaling, live.Current.Ranking);
    }

    [Fact]
    public async Task LoadLatest_NewVersionWithLocalScaling_OldOneAnswersUntilItIsPrepared()
    {
        await using var catalog = await TwentySongsAsync();
        await catalog.Get<RankingChoice>().ChooseAsync(Ranking.LocalScaling, CancellationToken.None);
        await catalog.RefreshAsync();
        var live = new LiveIndex(catalog.Get<IDbContextFactory<CatalogContext>>());
        await live.LoadLatestAsync(CancellationToken.None);
        live.PrepareRanking(CancellationToken.None);
        await catalog.AddVectorAsync(Vector(new Random(9)));
        await catalog.RefreshAsync();

        await live.LoadLatestAsync(CancellationToken.None);
        Assert.Equal((1, Ranking.LocalScaling), (live.Current!.Version, live.Current.Ranking));

        live.PrepareRanking(CancellationToken.None);
        Assert.Equal((2, Ranking.LocalScaling), (live.Current.Version, live.Current.Ranking));
    }

    [Fact]
    public async Task PrepareRanking_ProgramStops_LeavesTheIndexThatAnswers()
    {
        await using var catalog = await TwentySongsAsync();
        await catalog.Get<RankingChoice>().ChooseAsync(Ranking.LocalScaling, CancellationToken.None);
        var live = catalog.Get<LiveIndex>();
        await live.LoadLatestAsync(CancellationToken.None);

        Assert.ThrowsAny<OperationCanceledException>(() => live.PrepareRanking(new CancellationToken(canceled: true)));

        Assert.Equal(Ranking.Sound, live.Current!.Ranking);
    }

    [Theory]
    [InlineData("cut off")]
    [InlineData("no numbers")]
    [InlineData("one bit of the means")]
    public async Task LoadLatest_DamagedVector_IsLeftOutAndTheSongAnalysedAgain(string damage)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(4);
        await using (var context = catalog.Open())
        {
            var bytes = await context.Vectors.Where(row => row.SongId == songs[1].Id).Select(vector => vector.Bytes).SingleAsync();
            switch (damage)
            {
                case "cut off":
                    bytes = bytes[..8];
                    break;
                case "no numbers":
                    bytes = [.. Enumerable.Repeat((byte)0xFF, FeatureVector.Length * sizeof(double))];
                    break;
                default:
                    bytes[77] ^= 4;
                    break;
            }

            await context.Vectors.Where(row => row.SongId == songs[1].Id).ExecuteUpdateAsync(row => row.SetProperty(vector => vector.Bytes, bytes));
        }

        await using var fresh = await catalog.StartAgainAsync();

        var index = (MemoryIndex)fresh.Get<LiveIndex>().Current!;
        Assert.Equal((3, false), (index.Count, index.Rows.Find(songs[1].Id) >= 0));
        await fresh.IndexAllAsync();
        fresh.Time.Advance(TimeSpan.FromMinutes(1));
        await fresh.RefreshAsync();
        index = (MemoryIndex)fresh.Get<LiveIndex>().Current!;
        Assert.Equal((4, true), (index.Count, index.Rows.Find(songs[1].Id) >= 0));
        Assert.Equal(SongStatus.Indexed, (await fresh.ReadAsync(songs[1].Id)).Status);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(null)]
    public async Task LoadLatest_DamagedScaler_NothingAnswersUntilItIsPublishedAnew(int? length)
    {
        await using var catalog = await TwentySongsAsync();
        await using (var context = catalog.Open())
        {
            var bytes = await context.IndexVersions.Select(version => version.ScalerBytes).SingleAsync();
            bytes[100] ^= 1;
            var damaged = length is { } bytesLeft ? new byte[bytesLeft] : bytes;
            await context.IndexVersions.ExecuteUpdateAsync(row => row.SetProperty(version => version.ScalerBytes, damaged));
        }

        await using var fresh = await catalog.StartAgainAsync();
        Assert.Null(fresh.Get<LiveIndex>().Current);

        fresh.Time.Advance(TimeSpan.FromMinutes(1));
        await fresh.RefreshAsync();
        Assert.Equal((2, 20), (fresh.Get<LiveIndex>().Current!.Version, fresh.Get<LiveIndex>().Current!.Count));
    }

    private static async Task<TestCatalog> TwentySongsAsync()
    {
        var catalog = await TestCatalog.CreateAsync();
        var random = new Random(1);
        for (var i = 0; i < 20; i++)
        {
            await catalog.AddVectorAsync(Vector(random));
        }

        await catalog.RefreshAsync();
        return catalog;
    }

    /// <summary>As a new analysis does that finds other numbers.</summary>
    private static async Task ChangeAsync(TestCatalog catalog, Song song, FeatureVector features)
    {
        await using var context = catalog.Open();
        (await context.Vectors.SingleAsync(row => row.SongId == song.Id)).Replace(Sounds.Of(features));
        await context.SaveChangesAsync();
    }

    private static FeatureVector Vector(Random random) => new([.. Enumerable.Range(0, FeatureVector.Length).Select(_ => random.NextDouble())]);
}
