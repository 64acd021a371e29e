using MusicRec.Catalog.Backups;
using MusicRec.Catalog.Tests;
using MusicRec.Catalog.Tests.Backups;

namespace MusicRec.Postgres.Tests;

/// <summary>A catalog moves from one kind of database to the other by backup and restore.</summary>
public sealed class MoveTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Sqlite", "PostgreSql")]
    [InlineData("PostgreSql", "Sqlite")]
    public async Task Restore_IntoTheOtherDatabase_GivesTheSameRecommendations(string from, string to)
    {
        await using var source = await CreateAsync(from);
        var songs = await source.AddTonesAsync(9);
        var expected = await BackupTests.AnswersAsync(source, songs);
        var backup = await source.Get<Backups>().CreateAsync(withAudio: true, null, Stop);

        await using var target = await CreateAsync(to);
        Assert.Equal(9, await target.Get<Restorer>().RestoreAsync(backup, null, Stop));

        await target.RefreshAsync();
        Assert.Equal(expected, await BackupTests.AnswersAsync(target, songs));
        Assert.Equal(9, Directory.GetFiles(target.Storage.Songs).Length);

        // The restored catalog works on.
        await target.AddTonesAsync(1, firstHertz: 1234);
        await target.IndexAllAsync();
        Assert.NotEqual(expected, await BackupTests.AnswersAsync(target, songs));
    }

    private static Task<TestCatalog> CreateAsync(string provider) => provider == "PostgreSql"
        ? TestCatalog.CreateAsync()
        : TestCatalog.CreateAsync(settings: new() { ["Catalog:Provider"] = "Sqlite", ["Catalog:ConnectionString"] = "" });
}
