using CsCheck;
using Microsoft.EntityFrameworkCore;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Backups;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Lists;
using MusicRec.Catalog.Uploads;
using MusicRec.Genres;

namespace MusicRec.Catalog.Tests.Similarity;

public sealed class SoundRankingTests
{
    private static readonly Gen<FeatureVector> Song = Gen.Select(
        Gen.Double[-10, 10].Array[FeatureVector.Length], Gen.Float[-1, 1].Array[FeatureVector.SoundLength], (values, sound) => new FeatureVector(values).WithSound(sound));

    [Fact]
    public void Nearest_AnySongs_IsASortByTheWeightedSumOfBothCosines() => Song.Array[1, 40].Sample(songs =>
    {
        var (index, ids) = Build(songs);
        var (features, sounds) = (Scale(songs, song => song.Means.ToArray()), Scale(songs, song => [.. song.Sound.ToArray().Select(value => (double)value)]));
        var asked = songs.Length / 2;

        var expected = Enumerable.Range(0, songs.Length).Where(row => row != asked)
            .Select(row => (Id: ids[row], Score: ((1 - SoundRanking.Weight) * Cosine(features[asked], features[row])) + (SoundRanking.Weight * Cosine(sounds[asked], sounds[row]))))
            .OrderByDescending(hit => Math.Round(hit.Score, 9)).ThenBy(hit => hit.Id)
            .Take(5).ToList();
        var found = index.Nearest(ids[asked], 5)!;

        Assert.Equal(Ranking.Sound, index.Ranking);
        Assert.Equal(expected.Select(hit => hit.Score), found.Select(hit => hit.Similarity), (left, right) => Math.Abs(left - right) < 1e-9);
    });

    [Fact]
    public void RankedBy_Cosine_IsTheOriginalOrderToTheLastBit() => Song.Array[2, 30].Sample(songs =>
    {
        var (index, ids) = Build(songs);
        var means = new UnitVectors(
            FeatureScaler.Fit(songs.Length, row => songs[row].Means), songs.Length, (row, values) => songs[row].Means.CopyTo(values));

        var found = index.RankedBy(Ranking.Cosine, CancellationToken.None).Nearest(ids[0], 10)!;

        var expected = NeighbourSearch.Create(means).Nearest(means[0], 10, row => row == 0);
        Assert.Equal(expected.Select(hit => (ids[hit.Row], hit.Cosine)), found.Select(hit => (hit.Id, hit.Similarity)));
    });

    /// <summary>Songs of an earlier program: its index answers by the features until the last song has been heard, then both versions are never mixed.</summary>
    [Fact]
    public async Task Upgrade_OldVectors_AnswerUntilEverySongHasBeenHeard()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(4);
        await OldCatalog.MakeAsync(catalog);
        var before = await UploadAsync(catalog, 250);
        await using var again = await catalog.StartAgainAsync();
        var old = again.Get<LiveIndex>().Current!;
        Assert.Equal((FeatureVersion.WithDeviations, Ranking.Cosine, 4), (old.FeatureVersion, old.Ranking, old.Count));
        Assert.Equal(3, (await again.Get<Recommender>().SimilarToSongAsync(songs[0].Id, 5, CancellationToken.None))!.Count);

        await again.Get<IndexRuns>().ResumeAsync(CancellationToken.None);
        await again.WorkOffAsync(atMost: 3);
        await again.RefreshAsync();
        Assert.Equal((FeatureVersion.WithDeviations, Ranking.Cosine), (again.Get<LiveIndex>().Current!.FeatureVersion, again.Get<LiveIndex>().Current!.Ranking));
        Assert.Equal(3, (await again.Get<Recommender>().SimilarToSongAsync(songs[0].Id, 5, CancellationToken.None))!.Count);

        // A visitor's song has been heard, the songs of the index have not.
        Assert.Equal(4, (await again.Get<Recommender>().SimilarToUploadAsync(await UploadAsync(again, 270), 5, CancellationToken.None)).Count);

        await again.IndexAllAsync();
        var heard = again.Get<LiveIndex>().Current!;
        Assert.Equal((FeatureVersion.Current, Ranking.Sound, 4), (heard.FeatureVersion, heard.Ranking, heard.Count));
        var similar = (await again.Get<Recommender>().SimilarToSongAsync(songs[0].Id, 5, CancellationToken.None))!;
        Assert.All(similar, hit => Assert.Contains(hit.Why!.Families, family => family.Family == FeatureFamily.Sound));
        Assert.Equal(4, (await again.Get<Recommender>().SimilarToUploadAsync(before, 5, CancellationToken.None)).Count);
        await using var context = again.Open();
        Assert.All(context.Vectors, vector => Assert.Equal(FeatureVersion.Current, vector.FeatureVersion));
    }

    /// <summary>The program before was stopped in the middle of a run: the run that goes on has all songs, and no index of half of them is published.</summary>
    [Fact]
    public async Task Resume_RunOfTheProgramBefore_HearsAllSongs()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(4);
        await catalog.Get<IndexRuns>().StartAsync(ReindexScope.All, CancellationToken.None);
        await catalog.WorkOffAsync(atMost: 2);
        await OldCatalog.MakeAsync(catalog);
        await using var again = await catalog.StartAgainAsync();

        await again.Get<IndexRuns>().ResumeAsync(CancellationToken.None);
        await again.IndexAllAsync();

        Assert.Equal((FeatureVersion.Current, 4), (again.Get<LiveIndex>().Current!.FeatureVersion, again.Get<LiveIndex>().Current!.Count));
        Assert.Equal((IndexRunState.Completed, 4), ((await again.Get<IndexRuns>().LatestAsync(CancellationToken.None))!.State, (await again.Get<IndexRuns>().LatestAsync(CancellationToken.None))!.Done));
    }

    /// <summary>A person stopped the upgrade and tries one song again: the index of all songs goes on answering.</summary>
    [Fact]
    public async Task Retry_AfterACancelledUpgrade_DoesNotReplaceTheIndexOfAllSongs()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(4);
        var broken = (await catalog.ImportAsync(Wav.Tone(900), "broken.wav")).Song!;
        await catalog.IndexAllAsync();
        await OldCatalog.MakeAsync(catalog);
        await using (var context = catalog.Open())
        {
            await context.Songs.Where(song => song.Id == broken.Id).ExecuteUpdateAsync(row => row.SetProperty(song => song.Status, SongStatus.Failed));
        }

        await using var again = await catalog.StartAgainAsync();
        await again.Get<IndexRuns>().ResumeAsync(CancellationToken.None);
        await again.Get<IndexRuns>().CancelAsync(CancellationToken.None);
        again.Time.Advance(TimeSpan.FromSeconds(1));
        await again.Get<IndexRuns>().RetryAsync(broken.Id, CancellationToken.None);
        await again.IndexAllAsync();

        Assert.Equal((FeatureVersion.WithDeviations, 5), (again.Get<LiveIndex>().Current!.FeatureVersion, again.Get<LiveIndex>().Current!.Count));
        Assert.Equal(IndexRunState.Completed, (await again.Get<IndexRuns>().LatestAsync(CancellationToken.None))!.State);

        // It has the new numbers alone, the index the old ones.
        Assert.Equal(4, (await again.Get<Recommender>().SimilarToSongAsync(broken.Id, 5, CancellationToken.None))!.Count);
    }

    /// <summary>Without a start in between: else nothing new would be published until the next.</summary>
    [Fact]
    public async Task Restore_BackupOfTheProgramBefore_IsHeardAtOnce()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(3);
        await OldCatalog.MakeAsync(catalog);
        var backup = await catalog.Get<Catalog.Backups.Backups>().CreateAsync(withAudio: true, null, CancellationToken.None);
        await using var other = await TestCatalog.CreateAsync();

        await other.Get<Restorer>().RestoreAsync(backup, null, CancellationToken.None);
        Assert.Equal((FeatureVersion.WithDeviations, 3), (other.Get<LiveIndex>().Current!.FeatureVersion, other.Get<LiveIndex>().Current!.Count));

        await other.IndexAllAsync();
        Assert.Equal((FeatureVersion.Current, 3), (other.Get<LiveIndex>().Current!.FeatureVersion, other.Get<LiveIndex>().Current!.Count));
    }

    /// <summary>
    /// Songs that another ear heard: their index ranks them by what it heard until this program's ear has heard the last of them. What the two heard is never
    /// compared: a visitor's song and new songs are compared by their features until then.
    /// </summary>
    [Fact]
    public async Task Upgrade_OfAnotherEar_AnswersByItUntilEverySongHasBeenHeard()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(5);
        await OldCatalog.MakeWithAnotherEarAsync(catalog);
        await using var again = await catalog.StartAgainAsync();
        var recommender = again.Get<Recommender>();
        var old = again.Get<LiveIndex>().InMemory!;
        Assert.Equal((OldCatalog.OtherEar, Ranking.Sound, 5), (old.FeatureVersion, old.Ranking, old.Count));
        var before = (await recommender.SimilarToSongAsync(songs[0].Id, 5, CancellationToken.None))!;
        Assert.All(before, hit => Assert.NotEqual(0, hit.Why![FeatureFamily.Sound].Contribution));

        await again.Get<IndexRuns>().ResumeAsync(CancellationToken.None);
        await again.WorkOffAsync(atMost: 4);
        await again.RefreshAsync();
        Assert.Equal(OldCatalog.OtherEar, again.Get<LiveIndex>().Current!.FeatureVersion);
        var meanwhile = (await recommender.SimilarToSongAsync(songs[0].Id, 5, CancellationToken.None))!;
        Assert.Equal(before.Select(hit => (hit.Song.Id, hit.Similarity)), meanwhile.Select(hit => (hit.Song.Id, hit.Similarity)));

        var upload = await UploadAsync(again, 270);
        var byFeatures = old.RankedBy(Ranking.Cosine, CancellationToken.None);
        var expected = await byFeatures.NearestAsync(null!, byFeatures.NumbersOf(upload.Features, upload.FeatureVersion), 5, CancellationToken.None);
        var similar = await recommender.SimilarToUploadAsync(upload, 5, CancellationToken.None);
        Assert.Equal(expected.Select(hit => hit.Id), similar.Select(hit => hit.Song.Id));
        Assert.Equal(expected.Select(hit => hit.Similarity), similar.Select(hit => hit.Similarity), (left, right) => Math.Abs(left - right) < 1e-9);
        Assert.All(similar, hit => Assert.DoesNotContain(hit.Why!.Families, family => family.Family == FeatureFamily.Sound));
        Assert.All(similar, hit => Assert.Equal(hit.Similarity, hit.Why!.Families.Sum(family => family.Contribution), 1e-9));
        var list = (await again.Get<SongLists>().MakeAsync(new ListQuestion([], [], upload, new ListRules(5)), CancellationToken.None)).Songs;
        Assert.Equal(expected.Select(hit => hit.Id), list.Select(hit => hit.Song.Id));
        Assert.Equal(expected.Select(hit => hit.Similarity), list.Select(hit => hit.Similarity), (left, right) => Math.Abs(left - right) < 1e-9);

        await again.IndexAllAsync();
        Assert.Equal((FeatureVersion.Current, Ranking.Sound, 5), (again.Get<LiveIndex>().Current!.FeatureVersion, again.Get<LiveIndex>().Current!.Ranking, again.Get<LiveIndex>().Current!.Count));
        Assert.All(await recommender.SimilarToUploadAsync(upload, 5, CancellationToken.None), hit => Assert.NotEqual(0, hit.Why![FeatureFamily.Sound].Contribution));
        await using var context = again.Open();
        Assert.All(context.Vectors, vector => Assert.Equal(FeatureVersion.Current, vector.FeatureVersion));
    }

    /// <summary>A result of another program has no embedding, or that of another ear: it is compared by its features.</summary>
    [Theory]
    [InlineData(Ranking.Cosine, FeatureVersion.WithDeviations)]
    [InlineData(Ranking.Cosine, OldCatalog.OtherEar)]
    [InlineData(Ranking.Sound, FeatureVersion.WithDeviations)]
    [InlineData(Ranking.Sound, OldCatalog.OtherEar)]
    public async Task SimilarToUpload_OfAnotherProgram_IsComparedByItsFeatures(Ranking ranking, int featureVersion)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var songs = await catalog.AddTonesAsync(4);
        await catalog.Get<RankingChoice>().ChooseAsync(ranking, CancellationToken.None);
        await catalog.RefreshAsync();
        var upload = await UploadAsync(catalog, 250);
        await using (var context = catalog.Open())
        {
            var features = featureVersion == FeatureVersion.WithDeviations ? new FeatureVector(upload.Features.Values) : OldCatalog.HeardByAnotherEar(upload.Features);
            await context.Uploads.ExecuteUpdateAsync(row => row.SetProperty(one => one.FeatureVersion, featureVersion).SetProperty(one => one.Features, features));
            upload = await context.Uploads.SingleAsync();
        }

        var live = catalog.Get<LiveIndex>().InMemory!;
        var byFeatures = live.RankedBy(Ranking.Cosine, CancellationToken.None);
        var expected = await byFeatures.NearestAsync(null!, byFeatures.NumbersOf(upload.Features, featureVersion), 5, CancellationToken.None);

        var similar = await catalog.Get<Recommender>().SimilarToUploadAsync(upload, 5, CancellationToken.None);
        var list = await catalog.Get<SongLists>().MakeAsync(new ListQuestion([], [], upload, new ListRules(5)), CancellationToken.None);

        Assert.Equal(ranking, live.Ranking);
        Assert.Equal(4, similar.Count);
        Assert.Equal(expected.Select(hit => hit.Id), similar.Select(hit => hit.Song.Id));
        Assert.Equal(expected.Select(hit => hit.Id), list.Songs.Select(hit => hit.Song.Id));

        // Beside a song that has been heard it counts as much as this.
        var blend = await catalog.Get<SongLists>().MakeAsync(new ListQuestion([songs[0].Id], [], upload, new ListRules(5)), CancellationToken.None);
        var unit = SeedBlend.Of([live.Vectors[live.Rows.Find(songs[0].Id)], live.Vectors.ToQuestion(live.NumbersOf(upload.Features, featureVersion))], []);
        Assert.Equal(3, blend.Songs.Count);
        Assert.All(blend.Songs, hit => Assert.Equal(UnitVectors.Cosine(unit, live.Vectors[live.Rows.Find(hit.Song.Id)]), hit.Similarity, 1e-9));
    }

    /// <summary>Numbers without an embedding, asked of an index with one: the two-pass search finds what a plain sort by the features does.</summary>
    [Fact]
    public Task Nearest_WithoutEmbedding_IsASortByTheFeatures() => Song.Array[2, 100].SampleAsync(async songs =>
    {
        var (index, _) = Build(songs);
        var asked = songs[0].Means.ToArray();

        var found = await index.NearestAsync(null!, asked, 5, CancellationToken.None);

        var expected = await index.RankedBy(Ranking.Cosine, CancellationToken.None).NearestAsync(null!, asked, 5, CancellationToken.None);
        Assert.Equal(expected.Select(hit => hit.Similarity), found.Select(hit => hit.Similarity), (left, right) => Math.Abs(left - right) < 1e-9);
    });

    private static Task<Upload> UploadAsync(TestCatalog catalog, double hertz) =>
        catalog.Get<UploadService>().CreateAsync(new MemoryStream(Wav.Tone(hertz)), "a.wav", CancellationToken.None);

    private static (MemoryIndex Index, Guid[] Ids) Build(FeatureVector[] songs)
    {
        Guid[] ids = [.. songs.Select((_, i) => new Guid(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]))];
        var rows = new SongRowsBuilder(FeatureVersion.Current);
        foreach (var (i, song) in songs.Index())
        {
            rows.Add(ids[i], SongVector.ComparedOf(ids[i], new SongVector(ids[i], song).Bytes));
        }

        var numbers = Array.ConvertAll(songs, song =>
        {
            var compared = new double[SongVector.ComparedCount(FeatureVersion.Current)];
            song.CopyCompared(compared);
            return compared;
        });
        var version = new IndexVersion(1, FeatureVersion.Current, FeatureScaler.Fit(songs.Length, row => numbers[row]), songs.Length, DateTimeOffset.UnixEpoch);
        return (new MemoryIndex(version, rows.Build(1), Ranking.Sound), ids);
    }

    private static double[][] Scale(FeatureVector[] songs, Func<FeatureVector, double[]> part)
    {
        var rows = Array.ConvertAll(songs, song => part(song));
        var scaler = FeatureScaler.Fit(rows.Length, row => rows[row]);
        return Array.ConvertAll(rows, row =>
        {
            var scaled = new double[row.Length];
            scaler.Scale(row, scaled);
            return scaled;
        });
    }

    private static double Cosine(double[] left, double[] right)
    {
        var lengths = Math.Sqrt(left.Sum(value => value * value)) * Math.Sqrt(right.Sum(value => value * value));
        return lengths == 0 ? 0 : left.Zip(right, (one, other) => one * other).Sum() / lengths;
    }
}
