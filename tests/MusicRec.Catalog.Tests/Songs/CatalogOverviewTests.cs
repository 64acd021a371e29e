using MusicRec.Catalog.Files;
using MusicRec.Catalog.Songs;

namespace MusicRec.Catalog.Tests.Songs;

public sealed class CatalogOverviewTests
{
    [Fact]
    public async Task CountGenres_LabelsAndNone_InTheUsualOrder()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        foreach (var (label, hertz) in new[] { ("Zydeco", 200), ("Trot", 250), ("Ballad", 300), ("Trot", 350), (null, 400) })
        {
            await catalog.ImportAsync(Wav.Tone(hertz), $"{hertz}.wav", label);
        }

        var counts = await catalog.Get<CatalogOverview>().CountGenresAsync(CancellationToken.None);

        Assert.Equal([new("Ballad", 1), new("Trot", 2), new("Zydeco", 1), new GenreCount(null, 1)], counts);
    }

    [Fact]
    public async Task CountFailures_Missing_ByReason()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        Assert.Empty(await catalog.Get<CatalogOverview>().CountFailuresAsync(CancellationToken.None));
        for (var i = 0; i < 2; i++)
        {
            var song = (await catalog.ImportAsync(Wav.Tone(300 + i), $"{i}.wav")).Song!;
            File.Delete(Path.Combine(catalog.Storage.Root, AudioStore.NameOf(song.Id)));
        }

        await catalog.WorkOffAsync();

        Assert.Equal([new FailureCount("FileMissing", 2)], await catalog.Get<CatalogOverview>().CountFailuresAsync(CancellationToken.None));
    }

    [Fact]
    public async Task StorageUse_Files_AreCountedWhereTheyLieAndAtMostOnceAMinute()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var use = catalog.Get<StorageUse>();
        await File.WriteAllBytesAsync(Path.Combine(catalog.Storage.Backups, "one.zip"), new byte[1000]);
        Assert.Equal(1000, await BackupsAsync());
        await File.WriteAllBytesAsync(Path.Combine(catalog.Storage.Backups, "two.zip"), new byte[500]);
        Assert.Equal(1000, await BackupsAsync());

        catalog.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1500, await BackupsAsync());
        var report = await use.ReadAsync(CancellationToken.None);
        Assert.InRange(report.FreeBytes, 1, report.TotalBytes);

        async Task<long> BackupsAsync() => (await use.ReadAsync(CancellationToken.None)).Parts.Single(part => part.Part == StoragePart.Backups).Bytes;
    }
}
