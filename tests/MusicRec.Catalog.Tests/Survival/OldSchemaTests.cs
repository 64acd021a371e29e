using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Backups;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Songs;

namespace MusicRec.Catalog.Tests.Survival;

public sealed class OldSchemaTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>As a start on the file itself does, see <c>SqliteDatabaseTests</c>.</summary>
    [Theory]
    [MemberData(nameof(OldSchemas.All), MemberType = typeof(OldSchemas))]
    public async Task Restore_BackupOfAnOldSchema_HasItsSongsAndRecommendations(string migration)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var expected = await ExpectedAsync(migration);

        Assert.Equal(OldSchemas.Songs, await catalog.Get<Restorer>().RestoreAsync(await BackupAsync(catalog, migration), null, Stop));

        await catalog.RefreshAsync();
        await AssertAsync(catalog, expected);
        await using var again = await catalog.StartAgainAsync();
        await AssertAsync(again, expected);
    }

    /// <summary>Writes the kept files of new schemas: <c>MUSICREC_SCHEMAS</c> names the folder, run with <c>--explicit only</c> and SQLite.</summary>
    [Fact(Explicit = true)]
    public async Task Files_OfSchemasWithoutOne_AreWritten()
    {
        var folder = Environment.GetEnvironmentVariable("MUSICREC_SCHEMAS");
        Assert.NotNull(folder);
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(OldSchemas.Songs);
        await OldSchemas.WriteMissingFiles(catalog, folder);
    }

    internal static async Task AssertAsync(TestCatalog catalog, Dictionary<Guid, string> expected)
    {
        await using var context = catalog.Open();
        var songs = await context.Songs.AsNoTracking().ToListAsync(Stop);

        // As they were, or waiting to be heard by the features of this program while the old index answers.
        Assert.Equal(expected, songs.ToDictionary(song => song.Id, song => $"{song.Artist} {song.Title} {song.Sha256} {(song.Status == SongStatus.Queued ? song.StatusBefore : song.Status)}"));
        Assert.Equal(OldSchemas.Songs, catalog.Get<LiveIndex>().Current!.Count);
        foreach (var song in songs)
        {
            Assert.Equal(OldSchemas.Songs - 1, (await catalog.Get<Recommender>().SimilarToSongAsync(song.Id, 10, Stop))!.Count);
        }

        // The tones rise in pitch one after the other: the nearest of the first is one of the next.
        var ordered = songs.OrderBy(song => song.Id).ToList();
        var nearest = (await catalog.Get<Recommender>().SimilarToSongAsync(ordered[0].Id, 1, Stop))!.Single();
        Assert.InRange(ordered.FindIndex(song => song.Id == nearest.Song.Id), 1, 2);
        Assert.Equal(OldSchemas.Songs, (await catalog.Get<SongCatalog>().ListAsync("ㄱㅅ", null, null, 1, 20, Stop)).Total);
    }

    internal static async Task<Dictionary<Guid, string>> ExpectedAsync(string migration)
    {
        var songs = new Dictionary<Guid, string>();
        await using var context = RestoredDatabase.Open(OldSchemas.PathOf(migration));
        await context.Database.OpenConnectionAsync(Stop);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = "SELECT \"Id\", \"Artist\", \"Title\", \"Sha256\", \"Status\" FROM \"Songs\"";
        await using var reader = await command.ExecuteReaderAsync(Stop);
        while (await reader.ReadAsync(Stop))
        {
            songs.Add(reader.GetGuid(0), $"{reader[1]} {reader[2]} {reader[3]} {reader[4]}");
        }

        return songs;
    }

    private static async Task<string> BackupAsync(TestCatalog catalog, string migration)
    {
        var path = Path.Combine(catalog.Storage.Root, "old.zip");
        await using var archive = await ZipFile.OpenAsync(path, ZipArchiveMode.Create, Stop);
        var database = await BackupArchive.AddAsync(
            archive, BackupSource.Of(BackupManifest.Database, new FileInfo(OldSchemas.PathOf(migration))), new Progress<long>(), Stop);
        var manifest = new BackupManifest(BackupManifest.CurrentFormat, catalog.Time.GetUtcNow(), OldSchemas.Songs, false, [database!]);
        using var json = new MemoryStream();
        manifest.Write(json);
        await using var entry = await archive.CreateEntry(BackupManifest.Name).OpenAsync(Stop);
        await entry.WriteAsync(json.ToArray(), Stop);
        return path;
    }
}
