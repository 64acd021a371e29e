using System.Diagnostics;
using System.Globalization;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Lists;
using MusicRec.Catalog.Songs;

namespace MusicRec.Catalog.Tests.Similarity.Lists;

/// <summary>Lists among many songs (<c>MUSICREC_TEST_SONGS</c>), with rules that hardly any song or no song at all fits.</summary>
public sealed class LargeListsTests
{
    private static readonly int Songs = int.Parse(Environment.GetEnvironmentVariable("MUSICREC_TEST_SONGS") ?? "3000", CultureInfo.InvariantCulture);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Pick_ManySongs_EveryListIsQuick()
    {
        var random = new Random(9);
        double[][] rows = [.. Enumerable.Range(0, Songs).Select(_ => Enumerable.Range(0, 26).Select(_ => random.NextDouble() + random.NextDouble() - 1).ToArray())];
        SongFacts[] facts = [.. rows.Select(_ => new SongFacts(
            (ulong)random.Next(1, 1 + (Songs / 20)), (ulong)random.Next(1, 1 + (Songs / 2)), random.Next(1000) == 0 ? "Rare" : "Trot", random.Next(60, 180), 30 + (200 * random.NextSingle()), 1990))];
        var search = MadeLists.Search(rows);
        ListPickerTests.PickLike(search, facts, new ListRules(5), 0);
        (string Name, ListRules Rules)[] cases =
        [
            ("no rules", new ListRules(50)),
            ("one song an artist, one of each song", new ListRules(50, 1, OneOfEachSong: true)),
            ("one song in a thousand", new ListRules(50, 2, OneOfEachSong: true, Genre: "Rare")),
            ("no song at all", new ListRules(50, Genre: "None")),
        ];

        foreach (var (name, rules) in cases)
        {
            var watch = Stopwatch.StartNew();
            var (picks, _) = ListPickerTests.PickLike(search, facts, rules, 0);
            Tell($"{Songs} songs, {name}: {picks.Count} songs, {watch.Elapsed.TotalMilliseconds:F1} ms");
            Assert.InRange(watch.ElapsedMilliseconds, 0, 3000);
            Assert.Equal(MadeLists.PlainPick(search.Vectors, null, facts, rules, search.Vectors[0], rules.Count, new HashSet<int> { 0 }, [0]), picks);
        }

        var path = Stopwatch.StartNew();
        Assert.Equal(50, PathPicker.Pick(search, new ListPicker(search, facts, new ListRules(50, 2, OneOfEachSong: true)), 0, Songs - 1, 50).Count);
        Tell($"{Songs} songs, a path of 50: {path.Elapsed.TotalMilliseconds:F1} ms");
    }

    [Fact]
    public async Task Read_ManySongs_ReadsThemOnceAndThenWhatChanged()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await using var context = catalog.Open();
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        var songs = new List<Song>();
        for (var i = 0; i < Songs; i++)
        {
            catalog.Time.Advance(TimeSpan.FromMilliseconds(1));
            songs.Add(new Song(new SongName($"가수 {i % 97}", $"아름다운 노래 {i}"), "a.wav", $"{i:x64}", 30, i % 3 == 0 ? "Trot" : null, catalog.Time.GetUtcNow()));
        }

        context.AddRange(songs);
        await context.SaveChangesAsync(Stop);
        catalog.Time.Advance(TimeSpan.FromMinutes(1));
        var builder = new SongRowsBuilder(2);
        songs.ForEach(song => builder.Add(song.Id, new byte[SongVector.ComparedBytes(2)]));
        var rows = builder.Build(1);
        var table = catalog.Get<FactTable>();

        var first = await ReadAsync("all");
        Assert.Same(first, await ReadAsync("nothing new"));
        await catalog.Get<SongCatalog>().EditAsync(songs[7].Id, "새 제목", "새 가수", "Rock", Stop);
        var edited = await ReadAsync("one song edited");

        Assert.Equal("Rock", edited[rows.Find(songs[7].Id)].Genre);
        Assert.NotEqual("Rock", first[rows.Find(songs[7].Id)].Genre);
        Assert.Equal(first.Where((_, row) => row != rows.Find(songs[7].Id)), edited.Where((_, row) => row != rows.Find(songs[7].Id)));

        async Task<SongFacts[]> ReadAsync(string what)
        {
            var watch = Stopwatch.StartNew();
            var facts = await table.ReadAsync(context, rows, Stop);
            Tell($"{Songs} songs, {what}: {watch.Elapsed.TotalMilliseconds:F1} ms");
            return facts;
        }
    }

    private static void Tell(string text) => TestContext.Current.TestOutputHelper!.WriteLine(text);
}
