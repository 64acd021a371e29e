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

    /// <summary>A result of the program before has no embedding: it is compared as long as the features alone count.</summary>
    [Theory]
    [InlineData(Ranking.Cosine, 4)]
    [InlineData(Ranking.Sound, 0)]
    public async Task SimilarToUpload_OfTheProgramBefore_IsComparedByWhatItHas(Ranking ranking, int expected)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(4);
        await catalog.Get<RankingChoice>().ChooseAsync(ranking, CancellationToken.None);
        await catalog.RefreshAsync();
        var features = new FeatureVector((await UploadAsync(catalog, 250)).Features.Values);
        var upload = new Upload("a.wav", "0", new UploadAnalysis(features, 1, 100, 0), null, catalog.Time.GetUtcNow());

        Assert.Equal(expected, (await catalog.Get<Recommender>().SimilarToUploadAsync(upload, 5, CancellationToken.None)).Count);
        Assert.Equal(expected, (await catalog.Get<SongLists>().MakeAsync(new ListQuestion([], [], upload, new ListRules(5)), CancellationToken.None)).Songs.Count);
    }

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
